import type { Dtype } from '../core/dtype';
import type { TypedArray } from '../core/tensor';
import { tensorOf } from '../ir/data';
import type { Model, Node, Tensor } from '../ir/model';
import type { MoveTools } from '../ir/moves';
import { operatorOf } from '../ir/operators';
import { allGraphs, consumersOf } from '../ir/walk';
import { inferShapes } from './infer-shapes';

/** Before this operator set the same names meant other things, broadcasting above all. */
const OLDEST = 7;

/**
 * The model as one of a newer operator set, nodes rewritten where they would mean something else there; or why
 * that cannot be, as the end of a sentence.
 */
export function moveToOpset(model: Model, opset: number, irVersion: number): Model | string {
  const from = model.opsets.get('') ?? 0;
  if (from >= opset) return model;
  if (from < OLDEST) return 'operators meant other things that long ago';
  const inner = reasonInside(model, from, opset);
  if (inner !== null) return inner;
  const { graph } = model;
  const constants: Tensor[] = [];
  const tools = createTools(model, constants);
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const moved = moveNode(node, from, opset, tools);
    if (typeof moved === 'string') return `${node.op} cannot move there: ${moved}`;
    nodes.push(moved);
  }
  return {
    ...model,
    irVersion: Math.max(model.irVersion, irVersion),
    opsets: new Map([...model.opsets, ['', opset]]),
    graph: { ...graph, nodes, initializers: [...graph.initializers, ...constants] },
  };
}

function moveNode(node: Node, from: number, to: number, tools: MoveTools): Node | string {
  if (node.domain !== '') return node;
  let moved = node;
  for (let version = from + 1; version <= to; version++) {
    const known = operatorOf(moved);
    if (known === undefined) return 'nothing is known of its versions';
    if (!known.breaks.includes(version)) continue;
    const result: Node | string | undefined = known.moves[version]?.(moved, tools);
    if (result === undefined) return `it means something else since ${version}`;
    if (typeof result === 'string') return result;
    moved = result;
  }
  return moved;
}

/** Nodes of subgraphs stay as they are; this says which of them cannot. */
function reasonInside(model: Model, from: number, to: number): string | null {
  for (const { graph, kind } of allGraphs(model)) {
    if (kind !== 'subgraph') continue;
    for (const node of graph.nodes.filter(({ domain }) => domain === '')) {
      const known = operatorOf(node);
      const breaks = known === undefined || known.breaks.some((version) => version > from && version <= to);
      if (breaks) return `${node.op} in a subgraph may mean something else there`;
    }
  }
  return null;
}

function createTools(model: Model, constants: Tensor[]): MoveTools {
  const shapes = inferShapes(model);
  const consumers = consumersOf(model.graph.nodes);
  const outputs = new Set(model.graph.outputs.map(({ name }) => name));
  return {
    constant(of, what, dtype, values, dims = [values.length]) {
      const name = `${of.outputs[0] ?? of.name}:${what}`;
      if (!constants.some((tensor) => tensor.name === name)) {
        constants.push(tensorOf(name, dtype, dims, elementsOf(dtype, values)));
      }
      return name;
    },
    rank: (value) => shapes.get(value)?.shape?.length ?? null,
    dtype: (value) => shapes.get(value)?.dtype ?? null,
    isUsed: (value) => consumers.has(value) || outputs.has(value),
  };
}

function elementsOf(dtype: Dtype, values: readonly number[]): TypedArray {
  if (dtype === 'int64') return BigInt64Array.from(values, (value) => clamped(value));
  if (dtype === 'float64') return Float64Array.from(values);
  return dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
}

/** Ends of slices are written as the largest number there is, which a JavaScript number overshoots. */
function clamped(value: number): bigint {
  return value >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(value);
}
