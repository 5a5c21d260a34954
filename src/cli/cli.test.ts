import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { random } from '../../tests/random';
import { encodeExternal, encodeOnnx } from '../formats/onnx';
import { readNpz, writeNpz } from '../formats/npy';
import { buildModel } from '../ir/build';
import { tensorOf } from '../ir/data';
import { main } from './main';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-'));
  const { graph, data } = await encodeExternal(network(), 'net.bin');
  await writeFile(at('net.onnx'), (await encodeOnnx(network())).stream());
  await writeFile(at('outside.onnx'), graph.stream());
  await writeFile(at('net.bin'), data.stream());
  await writeFile(at('note.onnx'), 'a note');
  const x = { dtype: 'float64' as const, dims: [3, 784], data: new Float64Array(3 * 784).fill(0.5) };
  await writeFile(at('in.npz'), (await writeNpz(new Map([['x', x]]))).stream());
});

afterAll(() => rm(folder, { recursive: true }));

test('inspect says what a model holds', async () => {
  const { status, out } = await inkling('inspect', at('net.onnx'), '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ file: at('net.onnx'), format: 'onnx', irVersion: 8, opsets: { '': 17 }, graph: 'main', nodes: 3 },
    ...{ operators: { MatMul: 2, Relu: 1 }, initializers: 2, parameters: 25408, macs: 25408, functions: 0 },
    ...{ inputs: [{ name: 'x', dtype: 'float32', shape: ['batch', 784] }], subgraphs: [], problems: [] },
  });
});

test('inspect prints lines for several files, a bad one with its problem', async () => {
  const { status, out } = await inkling('inspect', '--jsonl', at('net.onnx'), at('note.onnx'));
  expect(status).toBe(0);
  const [good, bad] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(good).toMatchObject({ nodes: 3 });
  expect(bad).toMatchObject({ file: at('note.onnx'), problem: { code: 'file_unknown' } });
});

test('diff says which weights are apart, and how far', async () => {
  const other = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 784]);
    tape.output(tape.node('Relu', [x]), 'float32', ['batch', 784]);
  });
  await writeFile(at('other.onnx'), (await encodeOnnx(other)).stream());
  const same = await inkling('diff', at('net.onnx'), at('outside.onnx'), '--json');
  expect(same.status).toBe(0);
  const nothing = { added: [], removed: [], changed: [] };
  expect(JSON.parse(same.out)).toEqual({
    nodes: { same: 3, ...nothing },
    tensors: { same: 2, ...nothing },
    metadata: [],
  });
  const apart = JSON.parse((await inkling('diff', at('net.onnx'), at('other.onnx'), '--json')).out) as {
    nodes: { removed: unknown[] };
    tensors: { removed: unknown[] };
  };
  expect(apart.nodes.removed).toHaveLength(3);
  expect(apart.tensors.removed).toHaveLength(2);
  expect((await inkling('diff', at('net.onnx'))).status).toBe(2);
});

test('run takes the whole batch, watches values and writes outputs', async () => {
  const { status, out } = await inkling(
    ...[
      'run',
      at('outside.onnx'),
      '--inputs',
      at('in.npz'),
      '-o',
      at('out.npz'),
      '--watch',
      'relu_1',
      '--json',
    ],
  );
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    outputs: [
      { name: 'matmul_2', dtype: 'float32', shape: [3, 10] },
      { name: 'relu_1', shape: [3, 32], min: 0 },
    ],
  });
  const arrays = await readNpz(new Blob([await readFile(at('out.npz'))]), 'out.npz');
  expect(arrays.get('matmul_2')?.dims).toEqual([3, 10]);
});

test('run leaves out what is not a number, and says how much that is', async () => {
  const roots = buildModel((tape) =>
    tape.output(tape.node('Sqrt', [tape.input('x', 'float32', ['n'])]), 'float32', ['n']),
  );
  await writeFile(at('root.onnx'), (await encodeOnnx(roots)).stream());
  const run = async (numbers: number[], ...flags: string[]) => {
    const x = { dtype: 'float32' as const, dims: [numbers.length], data: Float32Array.from(numbers) };
    await writeFile(at('x.npz'), (await writeNpz(new Map([['x', x]]))).stream());
    return (await inkling('run', at('root.onnx'), '--inputs', at('x.npz'), ...flags)).out;
  };
  const some = JSON.parse(await run([-1, 4, 9, Infinity], '--json')) as object;
  expect(some).toMatchObject({ outputs: [{ min: 2, max: 3, mean: 2.5, count: 4, nans: 1, infinities: 1 }] });
  expect(await run([-1, 4, 9, Infinity])).toContain('not a number: 1 of 4, infinite: 1 of 4');
  const none = JSON.parse(await run([-1, -2], '--json')) as object;
  expect(none).toMatchObject({ outputs: [{ min: null, max: null, mean: null, nans: 2 }] });
  const said = await run([-1, -2]);
  expect(said).toContain('not a number: 2 of 2');
  expect(said).not.toMatch(/NaN|Infinity/);
});

test('compress writes a smaller model and says how', async () => {
  const { status, out } = await inkling(
    ...[
      'compress',
      at('net.onnx'),
      '--scheme',
      'int4',
      '--option',
      'block=16',
      '-o',
      at('small.onnx'),
      '--json',
    ],
  );
  expect(status).toBe(0);
  const result = JSON.parse(out) as { bytesBefore: number; bytesAfter: number; gzipAfter: number };
  expect(result).toMatchObject({
    scheme: 'int4',
    layers: [
      { name: 'a', precision: 'int4' },
      { name: 'b', precision: 'int8' },
    ],
  });
  expect(result.bytesAfter).toBe((await readFile(at('small.onnx'))).length);
  expect(result.bytesAfter).toBeLessThan(result.bytesBefore / 5);
});

test('compress may write over the file it reads', async () => {
  await copyFile(at('net.onnx'), at('over.onnx'));
  const { status, out } = await inkling(
    ...['compress', at('over.onnx'), '--scheme', 'int8', '-o', at('over.onnx'), '--json'],
  );
  expect(status).toBe(0);
  const result = JSON.parse(out) as { bytesAfter: number; gzipBefore: number };
  expect(result.gzipBefore).toBeGreaterThan(0);
  expect((await readFile(at('over.onnx'))).length).toBe(result.bytesAfter);
  const { out: said } = await inkling('inspect', at('over.onnx'), '--json');
  expect(JSON.parse(said)).toMatchObject({ file: at('over.onnx'), parameters: 25450 });
});

test('evaluate finds the scaling and counts', async () => {
  const images = Buffer.alloc(16 + 20 * 784, 0);
  images.writeUInt32BE(0x803, 0);
  [20, 28, 28].forEach((dim, i) => images.writeUInt32BE(dim, 4 + i * 4));
  const labels = Buffer.alloc(28);
  labels.writeUInt32BE(0x801, 0);
  labels.writeUInt32BE(20, 4);
  await writeFile(at('images.gz'), gzipSync(images));
  await writeFile(at('labels.gz'), gzipSync(labels));
  const { status, out } = await inkling(
    ...['evaluate', at('net.onnx'), '--images', at('images.gz'), '--labels', at('labels.gz'), '--json'],
  );
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ count: 20, reader: { of: 20, transposed: false } });
});

test.each([
  [2, []],
  [2, ['paint']],
  [2, ['inspect']],
  [2, ['inspect', 'm.onnx', '--colour']],
  [2, ['compress', 'm.onnx', '-o', 'x.onnx']],
  [2, ['compress', 'm.onnx', '--scheme', 'int3', '-o', 'x.onnx']],
  [1, ['inspect', 'no-such-file.onnx']],
  [0, ['--help']],
  [0, ['run', '--help']],
])('exit status %i for %j', async (expected, argv) => {
  const { status, out, err } = await inkling(...argv);
  expect(status).toBe(expected);
  expect(expected === 0 ? out : err).not.toBe('');
});

test('a problem is one JSON value on standard output', async () => {
  const { status, out } = await inkling('inspect', at('note.onnx'), '--json');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    problem: { code: 'file_unknown', detail: { looksLike: 'looks like plain text' } },
  });
});

/** A dense network of two layers. */
function network() {
  return buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 784]);
    const a = tape.constant(tensorOf('a', 'float32', [784, 32], random(784 * 32, 1)));
    const b = tape.constant(tensorOf('b', 'float32', [32, 10], random(320, 2)));
    tape.output(tape.node('MatMul', [tape.node('Relu', [tape.node('MatMul', [x, a])]), b]), 'float32', [
      'batch',
      10,
    ]);
  });
}

async function inkling(...argv: string[]) {
  let [out, err] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true)),
  ];
  try {
    return { status: await main(argv), out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
