import { byteLength } from '../core/dtype';
import { formatCount } from '../core/format';
import { elementCount } from '../core/shape';
import { storedBytes } from './data';
import type { Graph, Model, Node, Tensor } from './model';
import type { Arity } from './op';
import { operatorName, operatorOf } from './operators';
import { allGraphs, inOrder, tensorsOf, usesOf, type Place } from './walk';

/** Something wrong with a graph, as data: the file is still read and shown. */
export interface Finding {
  code: `graph_${string}`;
  text: string;
}

/** A broken exporter repeats itself; this many of one kind are enough to see it. */
const MOST_OF_A_KIND = 5;

/**
 * What is wrong with a model as the specification sees it: names that nothing makes or that two things make,
 * cycles, operators without an imported operator set, with too few or too many inputs, outputs or attributes,
 * tensors whose bytes do not fit their dimensions.
 * @see https://onnx.ai/onnx/repo-docs/IR.html#graphs
 */
export function checkModel(model: Model): Finding[] {
  const made = new Map<Place, ReadonlySet<string>>();
  const findings = [...allGraphs(model)].flatMap((place) => [
    ...checkNames(place, made),
    ...checkOrder(place.graph),
    ...checkImports(place.graph, model),
    ...checkSignatures(place.graph, model),
  ]);
  findings.push(...[...tensorsOf(model.graph)].flatMap(checkTensor));
  if (model.graph.nodes.length === 0) {
    findings.push({ code: 'graph_empty', text: 'The graph has no nodes: it computes nothing.' });
  }
  return shortened(findings);
}

/** `around` has the names that the graphs around this one make, and is given those of this one. */
function checkNames(place: Place, around: Map<Place, ReadonlySet<string>>): Finding[] {
  const { graph, kind } = place;
  if (kind === 'function') return [];
  const findings: Finding[] = [];
  const made = new Set((graph.inputs ?? []).map(({ name }) => name));
  for (const tensor of [...(graph.initializers ?? []), ...(graph.sparse ?? []).map(({ values }) => values)]) {
    made.add(tensor.name);
  }
  for (const node of graph.nodes) {
    for (const name of node.outputs.filter(Boolean)) {
      if (made.has(name)) {
        findings.push({ code: 'graph_name_twice', text: `The value ${name} is made more than once.` });
      }
      made.add(name);
    }
  }
  around.set(place, made);
  const known = (name: string) => {
    for (let from: Place | null = place; from !== null; from = from.outer) {
      if (from.kind === 'function' || around.get(from)?.has(name)) return true;
    }
    return false;
  };
  for (const node of graph.nodes) {
    for (const name of node.inputs.filter((input) => input !== '' && !known(input))) {
      const text = `${operatorName(node)} ${node.name} takes ${name}, which nothing makes.`;
      findings.push({ code: 'graph_name_missing', text: text.replace('  ', ' ') });
    }
  }
  for (const { name } of (graph.outputs ?? []).filter((output) => !known(output.name))) {
    findings.push({ code: 'graph_output_missing', text: `The output ${name} is made by nothing.` });
  }
  return findings;
}

function checkOrder(graph: Pick<Graph, 'nodes'>): Finding[] {
  const order = inOrder(graph.nodes);
  if (order === graph.nodes) return [];
  const made = new Set<string>();
  const pending = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  for (const node of order) {
    const early = [...usesOf(node)].find((name) => pending.has(name) && !made.has(name));
    if (early !== undefined) {
      return [
        { code: 'graph_cycle', text: `${operatorName(node)} needs its own result: ${early} is on a cycle.` },
      ];
    }
    for (const name of node.outputs) made.add(name);
  }
  return [{ code: 'graph_order', text: 'Nodes stand before the nodes whose results they take.' }];
}

function checkImports(graph: Pick<Graph, 'nodes'>, model: Model): Finding[] {
  const domains = new Set(operatorNodes(graph, model).map(({ domain }) => domain));
  const missing = [...domains].filter((domain) => !model.opsets.has(domain));
  const findings: Finding[] = missing.map((domain) => ({
    code: 'graph_no_opset',
    text: `Operators of ${domain || 'ai.onnx'} are used, but no version of them is imported.`,
  }));
  for (const node of graph.nodes) {
    const known = operatorOf(node);
    const opset = model.opsets.get(node.domain);
    if (known && opset !== undefined && opset < known.since) {
      const text = `${operatorName(node)} exists since operator set ${known.since}; the model imports ${opset}.`;
      findings.push({ code: 'graph_too_new', text });
    }
  }
  return findings;
}

/** Nodes that are no calls of the model's own functions. */
function operatorNodes(graph: Pick<Graph, 'nodes'>, model: Model): readonly Node[] {
  const local = new Set(model.functions.map(({ domain, name }) => `${domain}::${name}`));
  return graph.nodes.filter(({ domain, op }) => !local.has(`${domain}::${op}`));
}

function checkSignatures(graph: Pick<Graph, 'nodes'>, model: Model): Finding[] {
  return operatorNodes(graph, model).flatMap((node) => {
    const known = operatorOf(node);
    if (known === undefined) return [];
    return [
      ...checkArity(node, node.inputs, known.inputs, 'input'),
      ...checkArity(node, node.outputs, known.outputs, 'output'),
      ...checkAttributes(node, known.requires),
    ];
  });
}

function checkArity(
  node: Node,
  names: readonly string[],
  [least, most]: Arity,
  what: 'input' | 'output',
): Finding[] {
  // Names left out at the end count for neither: whoever writes them may write too many.
  const used = names.findLastIndex(Boolean) + 1;
  if (names.length >= least && used <= most) return [];
  const found = counted(names.length < least ? names.length : used, what);
  const bounds =
    least === most ? String(most) : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  const verb = what === 'input' ? 'takes' : 'makes';
  return [{ code: 'graph_arity', text: `${nodeLabel(node)} has ${found}; it ${verb} ${bounds}.` }];
}

function checkAttributes(node: Node, requires: readonly string[]): Finding[] {
  return requires
    .filter((name) => !node.attributes.has(name))
    .map((name) => ({
      code: 'graph_attribute_missing',
      text: `${nodeLabel(node)} lacks the attribute ${name}, without which it means nothing.`,
    }));
}

/** A node as sentences name it: `Conv conv_1`, or by what it makes where it has no name. */
export function nodeLabel(node: Node): string {
  const output = node.outputs.find(Boolean);
  return `${operatorName(node)} ${node.name || (output === undefined ? 'without a name' : `that makes ${output}`)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function checkTensor(tensor: Tensor): Finding[] {
  if (tensor.dtype === 'string') return [];
  const expected = byteLength(tensor.dtype, elementCount(tensor.dims));
  const found = storedBytes(tensor);
  if (expected === found) return [];
  const size = `${formatCount(expected)} bytes; the file gives it ${formatCount(found)}`;
  const text = `Tensor ${tensor.name} of ${tensor.dims.join(' × ')} ${tensor.dtype} takes ${size}.`;
  return [{ code: 'graph_tensor_length', text }];
}

/** Findings of which no kind takes more than a few lines. */
export function shortened(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  const kept = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_OF_A_KIND;
  });
  const more = [...counts].filter(([, count]) => count > MOST_OF_A_KIND);
  return [
    ...kept,
    ...more.map(([code, count]) => ({
      code: code as Finding['code'],
      text: `And ${count - MOST_OF_A_KIND} more like this.`,
    })),
  ];
}
