import type { Job } from '../../core/job';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { attributes } from '../../ir/attributes';
import { nodeOf } from '../../ir/build';
import { tensorIn, tensorOf } from '../../ir/data';
import { numberOf } from '../../ir/dtype-numbers';
import type { Model, Tensor } from '../../ir/model';
import type { Scheme } from './scheme';
import { areFinite, floatSteps, keptSteps, type Meter, type Step } from './stream';
import {
  findWeights,
  liftConstants,
  refuseOlder,
  replaceWeights,
  type Replacement,
  type Weight,
} from './weights';

/**
 * Weights as 8-bit integers with one scale a channel, symmetric around 0, made floats again by DequantizeLinear.
 * @see https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
 */
export const int8: Scheme = {
  id: 'int8',
  label: '8-bit integers',
  says: 'A quarter of the bytes. Each channel of a weight has its own scale; activations stay 32-bit floats.',
  fields: [],
  calibrates: false,
  async apply(original, _options, _data, job) {
    const model = liftConstants(original);
    const weights = findWeights(model);
    if (weights.length > 0) refuseOlder(model, this.label, OLDEST_OPSET);
    const meter: Meter = { step: 'int8', done: 0, total: totalBytes(weights) };
    const replaced = new Map<string, Replacement>();
    for (const weight of weights) {
      const integers = await toInt8(model, weight, job, meter);
      if (integers) replaced.set(weight.tensor.name, integers);
    }
    if (replaced.size === 0) throw new AppError('quantize_nothing', { file: model.file, scheme: this.label });
    return replaceWeights(model, replaced);
  },
};

/** Bytes that two passes over every weight read. */
export function totalBytes(weights: readonly Weight[]): number {
  return weights.reduce((sum, { elements }) => sum + elements * 8, 0);
}

/** Mul multiplies what differs in shape since this operator set; what is older no runtime opens either. */
export const OLDEST_OPSET = 7;
/** DequantizeLinear has an axis since this operator set. */
const AXIS_OPSET = 13;

/** Elements of a weight that is kept between its two passes, 64 MB: reading twice costs more than all the rest. */
const KEPT = 16 * 1024 * 1024;

/** One weight in 8 bits; `null` for one with NaN or infinity among its numbers. */
export async function toInt8(
  model: Model,
  weight: Weight,
  job: Job,
  meter: Meter,
): Promise<Replacement | null> {
  const { tensor, channelAxis } = weight;
  const channels = tensor.dims[channelAxis] ?? 1;
  const inner = elementCount(tensor.dims.slice(channelAxis + 1));
  const largest = new Float32Array(channels);
  const kept: Step[] = [];
  let isFinite = true;
  for await (const step of floatSteps(tensor, job, meter)) {
    isFinite &&= areFinite(step.floats);
    findLargest(step.floats, step.start, largest, inner);
    if (weight.elements <= KEPT) kept.push(step);
  }
  if (!isFinite) {
    meter.done += weight.elements * 4;
    return null;
  }
  const scales = largest.map((most) => (most > 0 ? most / 127 : 1));
  const parts: BlobPart[] = [];
  for await (const { start, floats } of kept.length > 0
    ? keptSteps(kept, job, meter)
    : floatSteps(tensor, job, meter)) {
    parts.push(quantize(floats, start, scales, inner));
  }
  const stored = tensorIn(`${tensor.name}:int8`, 'int8', tensor.dims, new Blob(parts));
  return (model.opsets.get('') ?? 0) >= AXIS_OPSET
    ? dequantized(tensor, stored, scales, channelAxis)
    : multiplied(tensor, stored, scales, channelAxis);
}

function dequantized(
  tensor: Tensor,
  stored: Tensor,
  scales: Float32Array<ArrayBuffer>,
  axis: number,
): Replacement {
  const scale = tensorOf(`${tensor.name}:scale`, 'float32', [scales.length], scales);
  return {
    tensors: [stored, scale],
    nodes: [nodeOf('DequantizeLinear', [stored.name, scale.name], [tensor.name], attributes({ axis }))],
  };
}

/** The same for older operator sets, in operators they have. */
function multiplied(
  tensor: Tensor,
  stored: Tensor,
  scales: Float32Array<ArrayBuffer>,
  axis: number,
): Replacement {
  const dims = tensor.dims.map((_, at) => (at === axis ? scales.length : 1));
  const scale = tensorOf(`${tensor.name}:scale`, 'float32', dims, scales);
  const cast = `${tensor.name}:cast`;
  return {
    tensors: [stored, scale],
    nodes: [
      nodeOf('Cast', [stored.name], [cast], attributes({ to: numberOf('float32') })),
      nodeOf('Mul', [cast, scale.name], [tensor.name]),
    ],
  };
}

/** Raises `largest` to the magnitudes of each channel among elements from `start` on. */
function findLargest(floats: Float32Array, start: number, largest: Float32Array, inner: number): void {
  const channels = largest.length;
  let channel = Math.floor(start / inner) % channels;
  let left = inner - (start % inner);
  for (let i = 0; i < floats.length; left = inner) {
    // Neighbours of one channel in a run, or, where each is of the next channel, a row of all channels.
    const end = Math.min(i + (inner === 1 ? channels - channel : left), floats.length);
    if (inner === 1) {
      for (; i < end; i++, channel++) {
        const magnitude = Math.abs(floats[i] as number);
        if (magnitude > (largest[channel] as number)) largest[channel] = magnitude;
      }
    } else {
      let most = largest[channel] as number;
      for (; i < end; i++) {
        const magnitude = Math.abs(floats[i] as number);
        if (magnitude > most) most = magnitude;
      }
      largest[channel++] = most;
    }
    if (channel >= channels) channel = 0;
  }
}

function quantize(
  floats: Float32Array,
  start: number,
  scales: Float32Array,
  inner: number,
): Int8Array<ArrayBuffer> {
  const quantized = new Int8Array(floats.length);
  const channels = scales.length;
  const factors = Float64Array.from(scales, (scale) => 1 / scale);
  let channel = Math.floor(start / inner) % channels;
  let left = inner - (start % inner);
  for (let i = 0; i < floats.length; left = inner) {
    const end = Math.min(i + (inner === 1 ? channels - channel : left), floats.length);
    if (inner === 1) {
      for (; i < end; i++, channel++) {
        quantized[i] = inRange(Math.round((floats[i] as number) * (factors[channel] as number)));
      }
    } else {
      const factor = factors[channel++] as number;
      for (; i < end; i++) quantized[i] = inRange(Math.round((floats[i] as number) * factor));
    }
    if (channel >= channels) channel = 0;
  }
  return quantized;
}

function inRange(whole: number): number {
  return whole > 127 ? 127 : whole < -127 ? -127 : whole;
}
