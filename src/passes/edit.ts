import type { Edit } from '../core/edit';
import { AppError } from '../core/problem';
import type { Dim } from '../core/shape';
import { checkModel } from '../ir/check';
import type { Attribute, Graph, Model, Node } from '../ir/model';
import { mapGraphs, subgraphsOf, usesOf } from '../ir/walk';
import { checkTypes } from './check-types';
import { keepNeeded } from './drop-dead';
import { setAxis, setDimension } from './edit-dims';

/**
 * The model with small changes made in order; throws `edit_refused` for one that cannot be made, and where the
 * checks find something in the result that they do not find in the model.
 */
export function editModel(model: Model, edits: readonly Edit[]): Model {
  const edited = edits.reduce(applyEdit, model);
  const before = new Set(findingsIn(model));
  const [found] = findingsIn(edited).filter((text) => !before.has(text));
  if (found === undefined) return edited;
  throw new AppError('edit_refused', { file: model.file, reason: found.replace(/\.$/, '') });
}

function findingsIn(model: Model): string[] {
  return [...checkModel(model), ...checkTypes(model)].map(({ text }) => text);
}

function applyEdit(model: Model, edit: Edit): Model {
  const { graph } = model;
  const refused = (reason: string) => new AppError('edit_refused', { file: model.file, reason });
  switch (edit.kind) {
    case 'rename model':
      return { ...model, graph: { ...graph, name: edit.name } };
    case 'rename port':
      if (edit.to.trim() === '') throw refused('a name may not be empty');
      if (namesInside(graph).has(edit.to)) throw refused(`it has a value named ${edit.to} already`);
      if (!namesOf(graph).has(edit.from)) throw refused(`it has no value named ${edit.from}`);
      return { ...model, graph: renameValue(graph, edit.from, edit.to) };
    case 'set dimension':
      return setDimension(model, edit.name, checked(edit.to, refused));
    case 'set axis':
      return setAxis(model, edit, checked(edit.to, refused));
    case 'set metadata': {
      const metadata = new Map(model.metadata);
      if (edit.value === null) metadata.delete(edit.key);
      else metadata.set(edit.key, edit.value);
      return { ...model, metadata };
    }
    case 'set document':
      return { ...model, doc: edit.text };
    case 'drop output':
      if (graph.outputs.length === 1) throw refused('a model without outputs computes nothing');
      return {
        ...model,
        graph: keepNeeded({ ...graph, outputs: graph.outputs.filter(({ name }) => name !== edit.name) }),
      };
    case 'set producer':
      return { ...model, producer: { name: edit.name, version: edit.version } };
    case 'set opset':
      if (!(Number.isInteger(edit.version) && edit.version > 0))
        throw refused('a version is a whole number above 0');
      return { ...model, opsets: new Map(model.opsets).set(edit.domain, edit.version) };
    case 'remove training':
      return { ...model, training: [] };
  }
}

function checked(dim: Dim, refused: (reason: string) => AppError<'edit_refused'>): Dim {
  if (typeof dim === 'number' && !(Number.isSafeInteger(dim) && dim >= 0))
    throw refused('a size is a whole number');
  return dim;
}

function namesOf(graph: Graph): Set<string> {
  return new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.map(({ name }) => name),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
}

/** The names of a graph and of all graphs in its nodes: outside and inside, a name is one value. */
function namesInside(graph: Graph): Set<string> {
  const inner = graph.nodes.flatMap(subgraphsOf).flatMap((each) => [...namesInside(each)]);
  return new Set([...namesOf(graph), ...inner]);
}

/** A value's name changed where it is made, taken, declared and given, in graphs inside as well. */
function renameValue(graph: Graph, from: string, to: string): Graph {
  const name = (old: string) => (old === from ? to : old);
  const value = <T extends { name: string }>(each: T): T => ({ ...each, name: name(each.name) });
  return {
    ...graph,
    inputs: graph.inputs.map(value),
    outputs: graph.outputs.map(value),
    values: graph.values.map(value),
    initializers: graph.initializers.map(value),
    sparse: graph.sparse.map((each) => ({ ...each, values: value(each.values) })),
    quantization: graph.quantization.map((each) => ({
      tensor: name(each.tensor),
      parameters: new Map(Array.from(each.parameters, ([key, tensor]) => [key, name(tensor)])),
    })),
    nodes: graph.nodes.map((node) => renameIn(node, from, to)),
  };
}

function renameIn(node: Node, from: string, to: string): Node {
  if (!node.outputs.includes(from) && !usesOf(node).has(from)) return node;
  const name = (old: string) => (old === from ? to : old);
  const inner = ([key, attribute]: [string, Attribute]): [string, Attribute] => [
    key,
    mapGraphs(attribute, (graph) => renameValue(graph, from, to)),
  ];
  return {
    ...node,
    inputs: node.inputs.map(name),
    outputs: node.outputs.map(name),
    attributes: new Map(Array.from(node.attributes, inner)),
  };
}
