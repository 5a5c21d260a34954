/** Models for the page's tests, made by the project's own writer. */
import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJob } from '../../src/core/job';
import { encodeExternal, encodeOnnx, readOnnx } from '../../src/formats/onnx';
import { buildModel, nodeOf } from '../../src/ir/build';
import { tensorOf } from '../../src/ir/data';
import { rasterise } from '../../src/ink/raster';
import { strokesFromPoints } from '../../src/ink/stroke';
import type { Model } from '../../src/ir/model';
import { random } from '../random';
import type { SampleDigit } from '../../src/state/digits.svelte';
import type { DroppedFile } from './inkling';

/** A digit model with an operator that no runtime knows. */
export async function unknownOperator(): Promise<Uint8Array> {
  return bytes(
    await encodeOnnx(
      buildModel((tape) => {
        const x = tape.input('x', 'float32', [1, 784]);
        const w = tape.constant(tensorOf('w', 'float32', [784, 10], new Float32Array(7840)));
        tape.output(tape.node('Fancify', [tape.node('MatMul', [x, w])]), 'float32', [1, 10]);
      }),
    ),
  );
}

/** The bundled MLP with its weights in `weights.bin`. */
export async function weightsElsewhere(): Promise<[model: DroppedFile, weights: DroppedFile]> {
  const { graph, data } = await encodeExternal(await mlp(), 'weights.bin');
  return [
    { name: 'in-two.onnx', bytes: await bytes(graph) },
    { name: 'weights.bin', bytes: await bytes(data) },
  ];
}

/** The bundled MLP as if it had been trained on (x − 0.1307) / 0.3081. */
export async function trainedNormalised(): Promise<Uint8Array> {
  const model = await mlp();
  const [input] = model.graph.inputs;
  const name = input?.name ?? '';
  const scalar = (id: string, value: number) => tensorOf(id, 'float32', [1], new Float32Array([value]));
  const undo = [nodeOf('Mul', [name, 'std'], ['scaled']), nodeOf('Add', ['scaled', 'mean'], ['ink'])];
  return bytes(
    await encodeOnnx({
      ...model,
      graph: {
        ...model.graph,
        initializers: [...model.graph.initializers, scalar('std', 0.3081), scalar('mean', 0.1307)],
        nodes: [
          ...undo,
          ...model.graph.nodes.map((node) => ({
            ...node,
            inputs: node.inputs.map((each) => (each === name ? 'ink' : each)),
          })),
        ],
      },
    }),
  );
}

/** The bundled MLP with 12 MB more that no node takes, `mark` in all of them: keeping it takes a while. */
export async function largeReader(mark: number): Promise<Uint8Array> {
  const model = await mlp();
  const ballast = tensorOf('ballast', 'float32', [3_000_000], new Float32Array(3_000_000).fill(mark));
  const { graph } = model;
  return bytes(
    await encodeOnnx({ ...model, graph: { ...graph, initializers: [...graph.initializers, ballast] } }),
  );
}

/** A product of two values whose every name begins with `name`. */
export async function longNamed(name: string): Promise<Uint8Array> {
  const model = buildModel((tape) => {
    const shape = [`${name}_batch`, 4];
    const x = tape.input(`${name}_in`, 'float32', shape);
    const w = tape.constant(tensorOf(`${name}_weight`, 'float32', [4], new Float32Array(4).fill(2)));
    tape.output(tape.node('Mul', [x, w]), 'float32', shape);
  });
  const metadata = new Map([[`${name}_key`, `${name} ${name}`]]);
  return bytes(await encodeOnnx({ ...model, metadata, graph: { ...model.graph, name } }));
}

/** A tensor, and a sequence of it, as outputs. */
export async function piecesBeside(): Promise<Uint8Array> {
  const model = buildModel((tape) => {
    const y = tape.node('Relu', [tape.input('x', 'float32', [1, 4])]);
    tape.node('SequenceConstruct', [y]);
    tape.output(y, 'float32', [1, 4]);
  });
  const { graph } = model;
  const pieces = { kind: 'sequence', of: { kind: 'tensor', dtype: 'float32', shape: [1, 4] } } as const;
  const nodes = graph.nodes.map((node) =>
    node.op === 'SequenceConstruct' ? { ...node, outputs: ['pieces'] } : node,
  );
  const outputs = [...graph.outputs, { name: 'pieces', type: pieces, doc: '', metadata: new Map() }];
  return bytes(await encodeOnnx({ ...model, graph: { ...graph, nodes, outputs } }));
}

/** Six convolutions of 64 channels on 96 × 96 pixels: no digit reader, and slow enough for threads to be tried. */
export async function slowConvolutions(): Promise<Uint8Array> {
  const channels = 64;
  const weights = new Float32Array(channels * channels * 9).fill(1 / (channels * 9));
  return bytes(
    await encodeOnnx(
      buildModel((tape) => {
        const shape = [1, channels, 96, 96];
        let value = tape.input('x', 'float32', shape);
        for (let layer = 0; layer < 6; layer += 1) {
          const w = tape.constant(tensorOf(`w${layer}`, 'float32', [channels, channels, 3, 3], weights));
          value = tape.node('Conv', [value, w], { pads: [1, 1, 1, 1] });
        }
        tape.output(value, 'float32', shape);
      }),
    ),
  );
}

/** Convolutions that ONNX Runtime alone gets wrong on WebGPU, one of them with 8-bit weights, and a right one between. */
export async function misreadConvolutions(): Promise<Uint8Array> {
  return bytes(
    await encodeOnnx(
      buildModel((tape) => {
        const x = tape.input('x', 'float32', [1, 6, 12, 12]);
        const w = (name: string, dims: number[], count: number) =>
          tape.constant(tensorOf(name, 'float32', dims, random(count, 1)));
        const first = tape.node('Relu', [tape.node('Conv', [x, w('first', [8, 6, 3, 3], 432)])]);
        const second = tape.node('Relu', [tape.node('Conv', [first, w('second', [15, 8, 3, 3], 1080)])]);
        const small = tensorOf('small', 'int8', [4, 15, 3, 3], Int8Array.from(random(540, 2, 40)));
        const scale = tape.constant(tensorOf('scale', 'float32', [], new Float32Array([0.01])));
        const third = tape.node('DequantizeLinear', [tape.constant(small), scale]);
        tape.output(tape.node('Conv', [second, third], { strides: [2, 2] }), 'float32', [1, 4, 3, 3]);
      }),
    ),
  );
}

async function mlp(): Promise<Model> {
  const file = await openAsBlob(join(import.meta.dirname, '../../models/mnist-mlp/mnist-mlp.onnx'));
  return readOnnx(file, { name: 'mnist-mlp.onnx' }, createJob());
}

async function bytes(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** A reader of digits whose only product is in integers: ONNX Runtime leaves it on the CPU under WebGPU. */
export async function integerReader(): Promise<Uint8Array> {
  const templates = classTemplates();
  const largest = templates.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const weights = Int8Array.from(templates, (value) => Math.round((value / largest) * 127));
  return bytes(
    await encodeOnnx(
      buildModel((tape) => {
        const x = tape.input('x', 'float32', ['batch', 784]);
        const scale = tape.constant(tensorOf('scale', 'float32', [], new Float32Array([1 / 255])));
        const zero = tape.constant(tensorOf('zero', 'uint8', [], new Uint8Array([0])));
        const w = tape.constant(tensorOf('w', 'int8', [784, 10], weights));
        const ink = tape.node('QuantizeLinear', [x, scale, zero]);
        const sums = tape.node('MatMulInteger', [ink, w, zero]);
        const down = tape.constant(tensorOf('down', 'float32', [], new Float32Array([1 / 4000])));
        tape.output(tape.node('Mul', [tape.node('Cast', [sums], { to: 1 }), down]), 'float32', ['batch', 10]);
      }),
    ),
  );
}

/** `[784, 10]`: the mean picture of each class of the page's own samples, less the mean of all. */
function classTemplates(): Float32Array {
  const { digits } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../public/digits.json'), 'utf8'),
  ) as {
    digits: SampleDigit[];
  };
  const sums = new Float32Array(7840);
  for (const { label, strokes } of digits) {
    rasterise(strokesFromPoints(strokes)).forEach((value, i) => {
      for (let k = 0; k < 10; k += 1)
        sums[i * 10 + k] = (sums[i * 10 + k] ?? 0) + value * (k === label ? 0.9 : -0.1);
    });
  }
  return sums;
}
