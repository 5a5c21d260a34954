import type { Dim, Shape } from '../core/shape';
import { intOf, intsOf, stringOf, tensorAttribute } from '../ir/attributes';
import type { Graph, Model, Node, Type } from '../ir/model';
import { unknown, type Known, type Site } from '../ir/op';
import { operatorOf } from '../ir/operators';
import { smallInts } from '../ir/small-ints';
import { inOrder } from '../ir/walk';

/** What is known of every tensor value of the main graph, by name. */
export type Shapes = ReadonlyMap<string, Known>;

/**
 * Types and shapes of all values of the main graph: what operators say of their outputs, completed by what the
 * file says. Named dimensions are carried through; `bind` replaces them, unknown ones included, by a number.
 * Nothing a file can hold makes this throw.
 */
export function inferShapes(model: Model, bind?: number): Shapes {
  const { graph } = model;
  const known = new Map<string, Known>();
  const declared = declaredTypes(graph, bind);
  for (const { name, type } of graph.inputs) known.set(name, inputOf(type, bind));
  for (const tensor of graph.initializers) {
    known.set(tensor.name, { dtype: tensor.dtype, shape: tensor.dims, ints: smallInts(tensor) });
  }
  for (const { values, dims } of graph.sparse) known.set(values.name, { dtype: values.dtype, shape: dims });
  for (const node of inOrder(graph.nodes)) {
    const outputs = inferNode(node, known, model.opsets.get(node.domain) ?? 1);
    for (const [index, name] of node.outputs.entries()) {
      if (name !== '') known.set(name, merge(outputs[index] ?? unknown, declared.get(name)));
    }
  }
  return known;
}

/** What is known of a node's outputs from what is known of its inputs. */
export function siteOf(node: Node, known: Shapes, opset: number): Site {
  return {
    node,
    opset,
    input: (index) => known.get(node.inputs[index] ?? '') ?? unknown,
    has: (index) => (node.inputs[index] ?? '') !== '',
    int: (name, otherwise) => intOf(node, name, otherwise),
    ints: (name) => intsOf(node, name),
    string: (name, otherwise) => stringOf(node, name, otherwise),
    tensor: (name) => tensorAttribute(node, name),
  };
}

function inferNode(node: Node, known: Shapes, opset: number): Known[] {
  const operator = operatorOf(node);
  if (operator === undefined) return [];
  try {
    return operator.infer(siteOf(node, known, opset)).map(limited);
  } catch (error) {
    // Shapes that contradict each other end in impossible array lengths; such a model still has facts.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** No tensor has more dimensions than this, and no shape computation more numbers. */
const MAX_LENGTH = 64;

function limited(known: Known): Known {
  const shape = known.shape !== null && known.shape.length > MAX_LENGTH ? null : known.shape;
  const ints = known.ints && known.ints.length > MAX_LENGTH ? null : (known.ints ?? null);
  return { dtype: known.dtype, shape, ints };
}

function declaredTypes(graph: Graph, bind: number | undefined): ReadonlyMap<string, Known> {
  // Only names of inputs are free; exporters also name what the graph computes, which is no longer open then.
  const free = new Set(graph.inputs.flatMap(({ type }) => knownOf(type).shape ?? []));
  return new Map(
    [...graph.values, ...graph.outputs].map(({ name, type }) => {
      const known = knownOf(type);
      if (bind === undefined || known.shape === null) return [name, known];
      return [name, { ...known, shape: known.shape.map((dim) => boundDim(dim, free, bind)) }];
    }),
  );
}

function boundDim(dim: Dim, free: ReadonlySet<Dim>, bind: number): Dim {
  if (typeof dim === 'number') return dim;
  return dim !== null && free.has(dim) ? bind : null;
}

function inputOf(type: Type | null, bind: number | undefined): Known {
  const known = knownOf(type);
  if (bind === undefined || known.shape === null) return known;
  return { ...known, shape: known.shape.map((dim) => (typeof dim === 'number' ? dim : bind)) };
}

function knownOf(type: Type | null): Known {
  if (type?.kind !== 'tensor') return unknown;
  return { dtype: type.dtype, shape: type.shape && type.shape.map(unsigned) };
}

/** Sizes below 0 stand for any size in files of some exporters. */
function unsigned(dim: Dim): Dim {
  return typeof dim === 'number' && dim < 0 ? null : dim;
}

/** What was inferred, with gaps filled by what the file says of the same value. */
function merge(inferred: Known, declared: Known | undefined): Known {
  if (declared === undefined) return inferred;
  return {
    ...inferred,
    dtype: inferred.dtype ?? declared.dtype,
    shape: mergeShape(inferred.shape, declared.shape),
  };
}

function mergeShape(inferred: Shape, declared: Shape): Shape {
  if (inferred === null || declared === null) return inferred ?? declared;
  if (inferred.length !== declared.length) return inferred;
  return inferred.map((dim, at) => dim ?? declared[at] ?? null);
}
