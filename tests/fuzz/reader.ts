import { createJob } from '../../src/core/job';
import { AppError } from '../../src/core/problem';
import { encodeOnnx, readOnnx } from '../../src/formats/onnx';
import { identify } from '../../src/formats';
import { attributes } from '../../src/ir/attributes';
import { buildModel } from '../../src/ir/build';
import { tensorOf } from '../../src/ir/data';
import type { Model } from '../../src/ir/model';
import { arrange } from '../../src/graph/arrange';
import { describeModel } from '../../src/passes/facts';
import { memoryOf } from '../../src/passes/memory';
import { listGraphs, outlineGraph } from '../../src/passes/outline';
import { schemes } from '../../src/passes/quantize';
import { random } from '../random';

/** How one damaged file ended. */
export interface Ending {
  /** `read`, or the code of the problem. */
  outcome: string;
  ms: number;
}

/**
 * Identifies, reads, describes, writes and compresses a damaged file. Ends in a problem of the catalogue or in facts; anything
 * else that is thrown is passed on, and is a bug.
 */
export async function readDamaged(bytes: Uint8Array<ArrayBuffer>): Promise<Ending> {
  const start = performance.now();
  const ended = (outcome: string) => ({ outcome, ms: performance.now() - start });
  try {
    const file = new Blob([bytes]);
    await identify(file, 'damaged.onnx').catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    const model = await readOnnx(file, { name: 'damaged.onnx' }, createJob());
    await describeModel(model, file, '');
    memoryOf(model);
    for (const { path } of listGraphs(model)) arrange(outlineGraph(model, path), []);
    await encodeOnnx(model);
    for (const scheme of schemes) {
      await scheme.apply(model, {}, null, createJob()).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
    }
    return ended('read');
  } catch (error) {
    if (error instanceof AppError) return ended((error as AppError).code);
    throw error;
  }
}

/** A number generator that is the same for the same seed, from 0 to 1. */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A file damaged in one of the ways files are: cut off, bits flipped, bytes lost, doubled, moved or replaced. */
export function damage(original: Uint8Array<ArrayBuffer>, roll: () => number): Uint8Array<ArrayBuffer> {
  const bytes = original.slice();
  const at = () => Math.floor(roll() * bytes.length);
  switch (Math.floor(roll() * 6)) {
    case 0:
      return bytes.slice(0, at());
    case 1:
      for (let flips = 1 + Math.floor(roll() * 4); flips > 0; flips--) {
        const place = at();
        bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(roll() * 8));
      }
      return bytes;
    case 2:
      for (let writes = 1 + Math.floor(roll() * 8); writes > 0; writes--)
        bytes[at()] = Math.floor(roll() * 256);
      return bytes;
    case 3: {
      const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
      return joined(bytes.slice(0, from), bytes.slice(to));
    }
    case 4: {
      const from = at();
      const part = bytes.slice(from, from + Math.floor(roll() * 64));
      const into = at();
      return joined(bytes.slice(0, into), part, bytes.slice(into));
    }
    default: {
      const into = at();
      const noise = Uint8Array.from({ length: 1 + Math.floor(roll() * 12) }, () =>
        roll() < 0.5 ? 0xff : roll() * 256,
      );
      return joined(bytes.slice(0, into), noise, bytes.slice(into + noise.length));
    }
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A model with one of everything: weights large and small, strings, subgraphs, functions, metadata, old fields. */
export function denseModel(): Model {
  const model = buildModel((tape) => {
    const x = tape.input('x', 'float32', ['batch', 3, 'size', null]);
    const weight = tape.constant(tensorOf('w', 'float32', [8, 3, 5, 5], random(600, 1)));
    const bias = tape.constant(tensorOf('b', 'float32', [8], random(8, 2)));
    const conv = tape.node('Conv', [x, weight, bias], { pads: [2, 2, 2, 2], kernel_shape: [5, 5] });
    const flat = tape.node('Flatten', [tape.node('GlobalAveragePool', [tape.node('Relu', [conv])])], {
      axis: -3,
    });
    const shape = tape.constant(tensorOf('shape', 'int64', [2], BigInt64Array.of(-1n, 4n)));
    const shaped = tape.node('Reshape', [flat, shape]);
    tape.output(tape.node('LeakyRelu', [shaped], { alpha: { float: 0.25 } }), 'float32', ['batch', 8]);
  });
  const { graph } = model;
  const inner = { ...graph, name: 'branch', inputs: [], initializers: [] };
  const text = new TextEncoder().encode('ink');
  return {
    ...model,
    metadata: new Map([['license', 'MIT']]),
    doc: 'one of everything',
    opsets: new Map([...model.opsets, ['com.example', 1]]),
    graph: {
      ...graph,
      initializers: [
        ...graph.initializers,
        {
          name: 's',
          dtype: 'string',
          dims: [1],
          data: { kind: 'strings', values: [text] },
          doc: '',
          metadata: new Map(),
        },
        {
          ...{ name: 'e', dtype: 'float32', dims: [600], doc: '', metadata: new Map() },
          data: {
            kind: 'external',
            file: 'dense.onnx',
            location: 'a/../e.bin',
            offset: 64,
            bytes: 2400,
            blob: new Blob([new Uint8Array(4096)]),
          },
        },
      ],
      values: [
        {
          name: 'conv_0',
          type: {
            kind: 'sequence',
            of: { kind: 'map', key: 'int64', value: { kind: 'tensor', dtype: 'float32', shape: null } },
          },
          doc: 'd',
          metadata: new Map([['k', 'v']]),
        },
        {
          name: 'flat',
          type: { kind: 'optional', of: { kind: 'sparse', dtype: 'float16', shape: [1] } },
          doc: '',
          metadata: new Map(),
        },
      ],
      sparse: [
        {
          values: tensorOf('sparse', 'float32', [1], Float32Array.of(1)),
          indices: tensorOf('', 'int64', [1], BigInt64Array.of(3n)),
          dims: [16],
        },
      ],
      nodes: [
        ...graph.nodes,
        {
          ...{
            name: 'if',
            op: 'If',
            domain: '',
            overload: '',
            inputs: ['x'],
            outputs: ['if_0'],
            doc: '',
            metadata: new Map(),
          },
          attributes: new Map([
            ['then_branch', { kind: 'graph', value: inner }],
            ['else_branch', { kind: 'graphs', value: [inner, inner] }],
            ...attributes({ text: 'ink', tensor: tensorOf('t', 'uint8', [3], Uint8Array.of(1, 2, 3)) }),
          ]),
        },
      ],
      quantization: [{ tensor: 'w', parameters: new Map([['SCALE_TENSOR', 'b']]) }],
    },
    functions: [
      {
        ...{ name: 'Twice', domain: 'com.example', overload: '', doc: '', inputs: ['a'], outputs: ['c'] },
        ...{
          attributes: ['alpha'],
          defaults: attributes({ beta: 1 }),
          opsets: new Map([['', 17]]),
          values: [],
        },
        nodes: graph.nodes.slice(1, 2),
        metadata: new Map(),
      },
    ],
    training: [
      {
        initialization: inner,
        algorithm: null,
        initializationBinding: new Map([['w', 'y']]),
        updateBinding: new Map(),
      },
    ],
  };
}
