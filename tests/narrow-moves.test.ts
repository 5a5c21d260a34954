import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type * as Ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../scripts/wasm/bytes';
import { narrowMoves } from '../scripts/wasm/narrow-moves';
import { plainBinary } from '../scripts/wasm/plain-binary';

const [i32, v128] = [0x7f, 0x7b];
const [block, loop, drop, select, end, callFirst] = [
  [0x02, 0x40],
  [0x03, 0x40],
  [0x1a],
  [0x1b],
  [0x0b],
  [0x10, 0],
];
/** The function's own parameter, an address; then two 128-bit locals. */
const address = [0x20, 0];
const wide = {
  get: (i: number) => [0x20, i + 1],
  set: (i: number) => [0x21, i + 1],
  tee: (i: number) => [0x22, i + 1],
};
const load = (offset: number) => [...address, 0xfd, 0x00, 4, offset];
const store = (value: number[], offset: number) => [...address, ...value, 0xfd, 0x0b, 4, offset];
const memory = { bytes: 128, largestOffset: 112 };

/** A module with one memory and one function of these instructions, on two 128-bit locals. */
function moduleOf(
  code: number[],
  type = { params: [i32], results: [] as number[] },
  imports = false,
): Uint8Array {
  const out = new ByteWriter();
  const section = (id: number, content: number[]) => {
    out.write([id]);
    out.sized(Uint8Array.from(content));
  };
  const { params, results } = type;
  out.write([0, 97, 115, 109, 1, 0, 0, 0]);
  section(1, [2, 0x60, params.length, ...params, results.length, ...results, 0x60, 0, 1, v128]);
  // A function that gives a 128-bit value, of the second type.
  if (imports) section(2, [1, 1, 97, 1, 97, 0, 1]);
  section(3, [1, 0]);
  section(5, [1, 0, 1]);
  section(7, [2, 1, 97, 0, imports ? 1 : 0, 1, 109, 2, 0]);
  const body = new ByteWriter();
  body.sized(Uint8Array.from([1, 2, v128, ...code, ...end]));
  section(10, [1, ...body.bytes]);
  expect(WebAssembly.validate(out.bytes)).toBe(true);
  return out.bytes.slice();
}

/** The memory that a module's function leaves, begun with these bytes. */
function memoryAfter(module: Uint8Array, before: Uint8Array): Uint8Array {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(module)));
  const { a, m } = exports as { a: (at: number) => void; m: WebAssembly.Memory };
  new Uint8Array(m.buffer).set(before, 16);
  a(16);
  return new Uint8Array(m.buffer).slice(0, 16 + memory.bytes + 16);
}

const offset = fc.integer({ min: 0, max: memory.largestOffset });
const local = fc.integer({ min: 0, max: 1 });
/** Instructions that leave a 128-bit value. */
const value = fc.oneof(
  offset.map(load),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => [0xfd, 0x0c, ...bytes]),
  local.map(wide.get),
  fc.tuple(local, offset).map(([i, at]) => [...load(at), ...wide.tee(i)]),
  // Splats of 32 and 64 bits, of integers and of floats.
  offset.map((at) => [...address, 0x28, 0, at, 0xfd, 0x11]),
  offset.map((at) => [...address, 0x29, 0, at, 0xfd, 0x12]),
  offset.map((at) => [...address, 0x2a, 0, at, 0xfd, 0x13]),
  offset.map((at) => [...address, 0x2b, 0, at, 0xfd, 0x14]),
  // Loads of 32 and 64 bits, the others zero.
  offset.map((at) => [...address, 0xfd, 0x5c, 2, at]),
  offset.map((at) => [...address, 0xfd, 0x5d, 3, at]),
);
/** Instructions that take what they push. */
const step = fc.oneof(
  fc.tuple(value, offset).map(([moved, at]) => store(moved, at)),
  fc.tuple(value, local).map(([moved, i]) => [...moved, ...wide.set(i)]),
  fc
    .tuple(value, offset, fc.integer({ min: 0, max: 3 }))
    .map(([moved, at, lane]) => [...address, ...moved, 0xfd, 0x5a, 2, at, lane]),
  fc
    .tuple(value, offset, fc.integer({ min: 0, max: 1 }))
    .map(([moved, at, lane]) => [...address, ...moved, 0xfd, 0x5b, 3, at, lane]),
  fc
    .tuple(value, offset, fc.integer({ min: 0, max: 3 }))
    .map(([moved, at, lane]) => [...address, ...moved, 0xfd, 0x1b, lane, 0x36, 2, at]),
  fc
    .tuple(value, offset, fc.integer({ min: 0, max: 1 }))
    .map(([moved, at, lane]) => [...address, ...moved, 0xfd, 0x1d, lane, 0x37, 3, at]),
);
const steps = fc.array(
  fc.tuple(step, fc.boolean()).map(([code, isInBlock]) => (isInBlock ? [...block, ...code, ...end] : code)),
  {
    minLength: 1,
    maxLength: 12,
  },
);

describe('A module whose 128-bit values are moved as pairs', () => {
  it('moves the same bytes, with no 128-bit value left', () => {
    fc.assert(
      fc.property(
        steps,
        fc.uint8Array({ minLength: memory.bytes, maxLength: memory.bytes }),
        (code, before) => {
          const module = moduleOf([...loop, ...address, ...drop, ...end, ...code.flat()]);
          const { bytes, narrowed } = narrowMoves(module);
          expect(narrowed).toBe(1);
          // The type of the two locals was the only one.
          expect(narrowMoves(bytes).narrowed).toBe(0);
          expect(memoryAfter(bytes, before)).toEqual(memoryAfter(module, before));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['computes', store([...load(0), ...load(16), 0xfd, 0xae, 1], 32)],
    ['moves in a loop', [...loop, ...store(load(0), 16), ...end]],
    [
      'sets a local in a loop that it moves outside',
      [...load(0), ...wide.set(0), ...loop, ...wide.get(0), ...wide.set(1), ...end],
    ],
    ['drops a value', [...load(0), ...drop]],
    ['selects one of two', store([...load(0), ...load(16), ...address, ...select], 32)],
    ['gives one from a block', store([0x02, v128, ...load(0), ...end], 32)],
    ['has none', [...address, ...drop]],
  ])('is left as it is where it %s', (_, code) => {
    const module = moduleOf(code);
    expect(narrowMoves(module)).toEqual({ bytes: module, narrowed: 0, functions: 1 });
  });

  it('is left as it is where functions take or give 128-bit values', () => {
    // Each leaves as many values as it takes, where the one that comes from elsewhere is not counted.
    const taking = moduleOf([0x20, 1, 0x21, 2, ...load(0), ...drop], { params: [i32, v128], results: [] });
    const giving = moduleOf(
      [
        ...load(0),
        ...wide.set(0),
        ...wide.get(0),
        ...wide.set(1),
        0xfd,
        0x0c,
        ...new Array<number>(16).fill(1),
      ],
      {
        params: [i32],
        results: [v128],
      },
    );
    const calling = moduleOf([...callFirst, ...wide.set(0), ...load(0), ...drop], undefined, true);
    for (const module of [taking, giving, calling]) expect(narrowMoves(module).narrowed).toBe(0);
  });

  it('is called none where it ends too soon, but between sections', () => {
    const module = moduleOf(store(load(0), 16));
    const whole: number[] = [];
    for (let length = 0; length < module.length; length += 1) {
      try {
        const { bytes } = narrowMoves(module.subarray(0, length));
        expect(bytes).toEqual(module.subarray(0, length));
        whole.push(length);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    // After the header, and after each of the sections before the last.
    expect(whole).toHaveLength(5);
  });
});

describe("ONNX Runtime's plain binary with its moves narrowed", () => {
  const { resolve } = createRequire(import.meta.url);

  /** ONNX Runtime on a binary, apart from any other: its script keeps the first one that it is given. */
  async function runtimeOn(binary: Uint8Array<ArrayBuffer>, apart: string): Promise<typeof Ort> {
    const script = pathToFileURL(resolve('onnxruntime-web/wasm')).href;
    const ort = (await import(/* @vite-ignore */ `${script}?${apart}`)) as typeof Ort;
    ort.env.wasm.wasmBinary = binary;
    ort.env.wasm.numThreads = 1;
    return ort;
  }

  it('has thousands of them, and gives the same bits', async () => {
    const original = new Uint8Array(readFileSync(resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')));
    expect(narrowMoves(original).narrowed).toBeGreaterThan(4000);
    const runtimes = [
      await runtimeOn(original, 'original'),
      await runtimeOn(await plainBinary(), 'narrowed'),
    ];
    for (const name of ['mnist-cnn', 'mnist-mlp']) {
      const graph = readFileSync(`models/${name}/${name}.onnx`);
      const data = Float32Array.from({ length: 784 }, (_, i) => Math.abs(Math.sin(i)));
      const [one, other] = await Promise.all(
        runtimes.map(async (ort) => {
          const session = await ort.InferenceSession.create(graph);
          const dims = name === 'mnist-cnn' ? [1, 1, 28, 28] : [1, 784];
          const { logits } = await session.run({ image: new ort.Tensor('float32', data, dims) });
          return logits?.data;
        }),
      );
      expect(one).toHaveLength(10);
      expect(other).toEqual(one);
    }
    expect(runtimes[0]).not.toBe(runtimes[1]);
  });
});
