import type {
  Distance,
  ModelDifference,
  NodeChange,
  NodeMention,
  TensorChange,
  TensorMention,
} from '../core/difference';
import type { Job } from '../core/job';
import { elementCount, formatShape } from '../core/shape';
import { readNumbers, storedBytes, tensorBlob } from '../ir/data';
import type { Model, Node, Tensor, Value } from '../ir/model';
import { operatorName } from '../ir/operators';
import { formatType, printAttribute } from '../ir/print';
import { matchNodes } from './match-nodes';

/** Elements of two tensors compared at one time. */
const PIECE = 2 ** 19;

/**
 * What is different between the main graphs of two models: nodes matched by name and by what they compute, tensors
 * by name and by who takes them, weights compared number by number.
 */
export async function diffModels(a: Model, b: Model, job: Job): Promise<ModelDifference> {
  const pairs = matchNodes(a.graph, b.graph);
  const tensors = pairTensors(a, b, pairs);
  const renamed = new Map(tensors.pairs.map(([before, after]) => [before.name, after.name]));
  for (const [before, after] of pairs) {
    before.outputs.forEach((name, at) => renamed.set(name, after.outputs[at] ?? ''));
  }
  a.graph.inputs.forEach(({ name }, at) => {
    if (!renamed.has(name)) renamed.set(name, b.graph.inputs[at]?.name ?? name);
  });
  return {
    nodes: compareNodes(a.graph.nodes, b.graph.nodes, pairs, renamed),
    tensors: await compareTensors(tensors, job),
    metadata: compareFacts(a, b),
  };
}

function compareNodes(
  before: readonly Node[],
  after: readonly Node[],
  pairs: ReadonlyMap<Node, Node>,
  renamed: ReadonlyMap<string, string>,
): ModelDifference['nodes'] {
  const found = new Set(pairs.values());
  const changed: NodeChange[] = [];
  for (const [node, other] of pairs) {
    const changes = changesOf(node, other, renamed);
    if (changes.length > 0) changed.push({ ...mention(node), changes });
  }
  return {
    same: pairs.size - changed.length,
    added: after.filter((node) => !found.has(node)).map(mention),
    removed: before.filter((node) => !pairs.has(node)).map(mention),
    changed,
  };
}

function mention(node: Node): NodeMention {
  return { name: node.name || (node.outputs[0] ?? ''), operator: operatorName(node) };
}

function changesOf(node: Node, other: Node, renamed: ReadonlyMap<string, string>): string[] {
  const changes: string[] = [];
  if (operatorName(node) !== operatorName(other))
    changes.push(`${operatorName(node)} became ${operatorName(other)}`);
  for (const name of new Set([...node.attributes.keys(), ...other.attributes.keys()])) {
    const [before, after] = [node.attributes.get(name), other.attributes.get(name)].map((value) =>
      value ? printAttribute(value) : 'nothing',
    );
    if (before !== after) changes.push(`${name} was ${before}, is ${after}`);
  }
  const inputs = Math.max(node.inputs.length, other.inputs.length);
  for (let at = 0; at < inputs; at += 1) {
    const [before = '', after = ''] = [node.inputs[at], other.inputs[at]];
    if ((renamed.get(before) ?? before) !== after) {
      changes.push(`input ${at} was ${before || 'nothing'}, is ${after || 'nothing'}`);
    }
  }
  return changes;
}

interface Pairing {
  pairs: [Tensor, Tensor][];
  added: Tensor[];
  removed: Tensor[];
}

/** Tensors of one name, then those that matched nodes take in the same place. */
function pairTensors(a: Model, b: Model, nodes: ReadonlyMap<Node, Node>): Pairing {
  const before = new Map(a.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const after = new Map(b.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const pairs = new Map<Tensor, Tensor>();
  const taken = new Set<Tensor>();
  const pair = (first: Tensor | undefined, second: Tensor | undefined) => {
    if (!first || !second || pairs.has(first) || taken.has(second)) return;
    pairs.set(first, second);
    taken.add(second);
  };
  for (const [name, tensor] of before) pair(tensor, after.get(name));
  for (const [node, other] of nodes) {
    node.inputs.forEach((name, at) => pair(before.get(name), after.get(other.inputs[at] ?? '')));
  }
  return {
    pairs: [...pairs],
    added: b.graph.initializers.filter((tensor) => !taken.has(tensor)),
    removed: a.graph.initializers.filter((tensor) => !pairs.has(tensor)),
  };
}

async function compareTensors(
  { pairs, added, removed }: Pairing,
  job: Job,
): Promise<ModelDifference['tensors']> {
  const total = pairs.reduce((sum, [tensor]) => sum + storedBytes(tensor), 0);
  const changed: TensorChange[] = [];
  let done = 0;
  for (const [tensor, other] of pairs) {
    const isAlike = tensor.dtype === other.dtype && sameDims(tensor, other);
    if (!isAlike || !(await sameBytes(tensor, other))) {
      const distance = await distanceOf(tensor, other);
      changed.push({ ...describe(tensor), other: describe(other), distance });
    }
    done += storedBytes(tensor);
    await job.progress({ step: 'compare', done, total, unit: 'bytes' });
  }
  return {
    same: pairs.length - changed.length,
    added: added.map(describe),
    removed: removed.map(describe),
    changed: changed.sort((x, y) => (y.distance?.relative ?? Infinity) - (x.distance?.relative ?? Infinity)),
  };
}

function describe({ name, dtype, dims }: Tensor): TensorMention {
  return { name, dtype, dims };
}

function sameDims(a: Tensor, b: Tensor): boolean {
  return a.dims.length === b.dims.length && a.dims.every((dim, at) => dim === b.dims[at]);
}

/** Whether two tensors hold the same bytes; texts are compared as texts. */
async function sameBytes(a: Tensor, b: Tensor): Promise<boolean> {
  if (a.data.kind === 'strings' || b.data.kind === 'strings') {
    return JSON.stringify(a.data) === JSON.stringify(b.data);
  }
  const [left, right] = [tensorBlob(a), tensorBlob(b)];
  if (left.size !== right.size) return false;
  for (let from = 0; from < left.size; from += 4 * PIECE) {
    const [x, y] = await Promise.all([read(left, from), read(right, from)]);
    if (x.some((byte, at) => byte !== y[at])) return false;
  }
  return true;
}

async function read(blob: Blob, from: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(from, from + 4 * PIECE).arrayBuffer());
}

/** How far apart the numbers of two tensors of one size are, whatever their dtypes. */
async function distanceOf(a: Tensor, b: Tensor): Promise<Distance | null> {
  if (!sameDims(a, b)) return null;
  const total = elementCount(a.dims);
  let [largest, apart, squareA, squareB, dot] = [0, 0, 0, 0, 0];
  for (let from = 0; from < total; from += PIECE) {
    const count = Math.min(PIECE, total - from);
    const [x, y] = await Promise.all([readNumbers(a, from, count), readNumbers(b, from, count)]);
    if (!x || !y) return null;
    for (let at = 0; at < count; at += 1) {
      const [u, v] = [x[at] ?? NaN, y[at] ?? NaN];
      const away = Math.abs(u - v);
      if (away > largest || Number.isNaN(away)) largest = away;
      apart += away * away;
      squareA += u * u;
      squareB += v * v;
      dot += u * v;
    }
  }
  const norms = Math.sqrt(squareA * squareB);
  return {
    largest,
    relative: squareA > 0 ? Math.sqrt(apart / squareA) : apart > 0 ? Infinity : 0,
    cosine: norms > 0 ? dot / norms : apart > 0 ? 0 : 1,
  };
}

function compareFacts(a: Model, b: Model): ModelDifference['metadata'] {
  const [before, after] = [factsOf(a), factsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }))
    .filter((row) => row.before !== row.after);
}

function factsOf(model: Model): Map<string, string> {
  const port = ({ type }: Value) =>
    type === null ? 'unknown' : `${formatType(type)}${'shape' in type ? ` ${formatShape(type.shape)}` : ''}`;
  return new Map([
    ['IR version', String(model.irVersion)],
    ['producer', [model.producer.name, model.producer.version].filter(Boolean).join(' ')],
    ['model version', String(model.version)],
    ['graph', model.graph.name],
    ['document', model.doc],
    ...Array.from(
      model.opsets,
      ([domain, version]) => [`operators of ${domain || 'ai.onnx'}`, String(version)] as const,
    ),
    ...model.graph.inputs.map((value) => [`input ${value.name}`, port(value)] as const),
    ...model.graph.outputs.map((value) => [`output ${value.name}`, port(value)] as const),
    ...model.metadata,
  ]);
}
