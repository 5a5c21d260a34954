import { encodeOnnx } from '../../src/formats/onnx';
import { buildModel, nodeOf, valueOf } from '../../src/ir/build';
import { tensorOf } from '../../src/ir/data';
import type { Graph, Model, Node } from '../../src/ir/model';
import { dice } from '../fuzz/reader';

/** A file as people break them. */
export interface MalformedCase {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Where a file is cut, as a share of it. */
const CUTS = [0.001, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];
const FLIPS = 8;

/** Malformed files of every kind, the same each time. */
export async function malformedCases(): Promise<MalformedCase[]> {
  const good = await encode(network());
  const cut = CUTS.map((share) => ({
    name: `cut-at-${(100 * share).toFixed(2)}-percent.onnx`,
    bytes: good.slice(0, Math.max(1, Math.floor(share * good.length))),
  }));
  return [...cut, ...flipped(good), ...wire(), ...(await graphs()), ...strangers()];
}

/** Bits flipped in the lengths of the model's outer fields, where nothing can be guessed any more. */
function flipped(good: Uint8Array<ArrayBuffer>): MalformedCase[] {
  const roll = dice(7);
  const lengths = lengthPlaces(good);
  return Array.from({ length: FLIPS }, (_, i) => {
    const bytes = good.slice();
    const at = lengths[i % lengths.length] ?? 1;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (2 + Math.floor(5 * roll())));
    return { name: `flipped-bit-${i}.onnx`, bytes };
  });
}

/** Where the lengths of the graph, its nodes and its tensors stand. */
function lengthPlaces(bytes: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = 0; at < bytes.length - 2 && places.length < FLIPS; at += 1) {
    // The tags of ModelProto.graph, GraphProto.node and NodeProto.attribute.
    if ([0x3a, 0x0a].includes(bytes[at] ?? 0) && (bytes[at + 1] ?? 0) > 8) places.push(at + 1);
  }
  return places;
}

/** Files that are wrong as protobuf. */
function wire(): MalformedCase[] {
  const huge = (tag: number, size: number[]) => Uint8Array.of(8, 8, tag, ...size);
  const nested = (depth: number, fields: number[]) => {
    let inner = new Uint8Array();
    for (let level = 0; level < depth; level += 1) for (const each of fields) inner = field(each, inner);
    return inner;
  };
  const tensor = (...parts: Uint8Array[]) => model(field(5, concat(...parts)));
  const name = field(8, text('w'));
  return [
    { name: 'graph-of-2-gigabytes.onnx', bytes: huge(0x3a, [0xff, 0xff, 0xff, 0xff, 0x07]) },
    {
      name: 'graph-of-2-to-the-63-bytes.onnx',
      bytes: huge(0x3a, [255, 255, 255, 255, 255, 255, 255, 255, 127]),
    },
    { name: 'length-without-end.onnx', bytes: huge(0x3a, new Array<number>(64).fill(0xff)) },
    { name: 'groups.onnx', bytes: Uint8Array.of(8, 8, 0x3b, 0x3c) },
    { name: 'field-zero.onnx', bytes: Uint8Array.of(8, 8, 0x02, 0x01, 0x00) },
    { name: 'no-graph.onnx', bytes: Uint8Array.of(8, 8, 0x12, 1, 120) },
    { name: 'graphs-nested-2000-deep.onnx', bytes: model(nested(2000, [6, 5, 1])) },
    {
      name: 'types-nested-5000-deep.onnx',
      bytes: model(field(11, concat(field(1, text('x')), field(2, nested(5000, [1, 4]))))),
    },
    {
      name: 'tensor-of-2-to-the-62-elements.onnx',
      bytes: tensor(
        varint(1, 2n ** 31n),
        varint(1, 2n ** 31n),
        varint(2, 1n),
        name,
        field(9, new Uint8Array(16)),
      ),
    },
    {
      name: 'tensor-of-negative-size.onnx',
      bytes: tensor(varint(1, -4n), varint(2, 1n), name, field(9, new Uint8Array(16))),
    },
    {
      name: 'tensor-of-unknown-type.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 99n), name, field(9, new Uint8Array(16))),
    },
    {
      name: 'tensor-with-raw-data-too-short.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 1n), name, field(9, new Uint8Array(8))),
    },
    {
      name: 'tensor-with-raw-data-too-long.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 1n), name, field(9, new Uint8Array(64))),
    },
    {
      name: 'tensor-of-too-few-floats.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 1n), name, field(4, new Uint8Array(8))),
    },
    {
      name: 'tensor-outside-the-file.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 1n), name, external('../../etc/passwd', '0', '16')),
    },
    {
      name: 'tensor-at-a-negative-offset.onnx',
      bytes: tensor(varint(1, 4n), varint(2, 1n), name, external('w.bin', '-8', '16')),
    },
    {
      name: 'text-that-is-no-utf-8.onnx',
      bytes: model(field(2, Uint8Array.of(0xff, 0xfe, 0x80)), field(1, Uint8Array.of(0x20, 0xff))),
    },
  ];
}

/** Graphs that are well written and make no sense. */
async function graphs(): Promise<MalformedCase[]> {
  const base = network();
  const edit = (change: (graph: Graph) => Partial<Graph>): Model => ({
    ...base,
    graph: { ...base.graph, ...change(base.graph) },
  });
  const first = (nodes: readonly Node[], change: Partial<Node>): Node[] =>
    nodes.map((node, at) => (at === 0 ? { ...node, ...change } : node));
  const last = base.graph.outputs[0]?.name ?? '';
  const models: [string, Model][] = [
    ['cycle', edit(({ nodes }) => ({ nodes: first(nodes, { inputs: [last, 'w'] }) }))],
    [
      'node-that-takes-itself',
      edit(({ nodes }) => ({ nodes: first(nodes, { inputs: [nodes[0]?.outputs[0] ?? '', 'w'] }) })),
    ],
    ['value-made-twice', edit(({ nodes }) => ({ nodes: [...nodes, ...nodes.slice(0, 1)] }))],
    ['value-made-by-nobody', edit(({ nodes }) => ({ nodes: first(nodes, { inputs: ['nowhere', 'w'] }) }))],
    ['output-made-by-nobody', edit(() => ({ outputs: [valueOf('nowhere', 'float32', [1])] }))],
    ['nodes-in-reverse-order', edit(({ nodes }) => ({ nodes: [...nodes].reverse() }))],
    ['operator-of-no-domain', edit(({ nodes }) => ({ nodes: first(nodes, { domain: 'nobody.knows' }) }))],
    ['too-few-inputs', edit(({ nodes }) => ({ nodes: first(nodes, { inputs: ['x'] }) }))],
    [
      'operator-newer-than-its-set',
      {
        ...edit(({ nodes }) => ({ nodes: first(nodes, { op: 'LayerNormalization' }) })),
        opsets: new Map([['', 9]]),
      },
    ],
    ['attribute-missing', edit(() => ({ nodes: [nodeOf('Concat', ['x', 'x'], [last])] }))],
    ['shapes-that-do-not-fit', edit(() => ({ values: [valueOf('matmul_0', 'int64', [7, 7, 7])] }))],
    ['subgraph-that-takes-from-nowhere', edit(() => ({ nodes: [conditional(last)] }))],
  ];
  return Promise.all(
    models.map(async ([name, model]) => ({ name: `${name}.onnx`, bytes: await encode(model) })),
  );
}

function conditional(output: string): Node {
  const branch: Graph = {
    ...network().graph,
    inputs: [],
    initializers: [],
    nodes: [nodeOf('Relu', ['nowhere'], ['inner'])],
    outputs: [valueOf('inner', 'float32', null)],
  };
  return nodeOf(
    'If',
    ['x'],
    [output],
    new Map([
      ['then_branch', { kind: 'graph', value: branch }],
      ['else_branch', { kind: 'graph', value: branch }],
    ]),
  );
}

/** Files of other kinds with the name of a model. */
function strangers(): MalformedCase[] {
  const begins: [string, string | number[]][] = [
    ['empty', ''],
    ['spaces', ' \n \n'],
    ['text', 'These are my notes, and no model at all.\n'],
    ['html', '<!doctype html><title>404</title>'],
    ['json', '{"model": "mnist"}'],
    ['python', 'import torch\n\nclass Net: ...\n'],
    ['git-lfs-pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 26454\n'],
    ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]],
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]],
    ['pdf', '%PDF-1.7\n'],
    ['zip', [0x50, 0x4b, 3, 4, 20, 0, 0, 0]],
    ['gzip', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]],
    ['gguf', [0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0]],
    ['hdf5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['numpy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
    ['pickle', [0x80, 2, 0x7d, 0x71, 0, 0x2e]],
    ['zeros', new Array<number>(512).fill(0)],
    ['noise', Array.from({ length: 512 }, (_, i) => (i * 167 + 13) % 256)],
  ];
  return begins.map(([name, begin]) => ({
    name: `${name}-renamed.onnx`,
    bytes: typeof begin === 'string' ? text(begin) : Uint8Array.from(begin),
  }));
}

function network(): Model {
  return buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 64]);
    const w = tape.constant(tensorOf('w', 'float32', [64, 128], new Float32Array(8192).fill(0.25)));
    const hidden = tape.node('Relu', [tape.node('MatMul', [x, w])]);
    const v = tape.constant(tensorOf('v', 'float32', [128, 10], new Float32Array(1280).fill(0.5)));
    tape.output(tape.node('Softmax', [tape.node('MatMul', [hidden, v])], { axis: 1 }), 'float32', [
      'batch',
      10,
    ]);
  });
}

async function encode(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await encodeOnnx(model)).arrayBuffer());
}

/** A model of IR version 8 with these fields in its graph. */
function model(...fields: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concat(Uint8Array.of(8, 8), field(8, varint(2, 17n)), field(7, concat(...fields)));
}

function external(location: string, offset: string, length: string): Uint8Array {
  const entry = (key: string, value: string) => field(13, concat(field(1, text(key)), field(2, text(value))));
  return concat(
    varint(14, 1n),
    entry('location', location),
    entry('offset', offset),
    entry('length', length),
  );
}

function field(number: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(
    Uint8Array.from(digits(BigInt(number * 8 + 2))),
    Uint8Array.from(digits(BigInt(content.length))),
    content,
  );
}

function varint(number: number, value: bigint): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...digits(BigInt(number * 8)), ...digits(BigInt.asUintN(64, value))]);
}

function digits(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 127n);
    bytes.push(rest > 127n ? low | 128 : low);
    if (rest <= 127n) return bytes;
  }
}

function text(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
