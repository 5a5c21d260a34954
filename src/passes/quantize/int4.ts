import type { Job } from '../../core/job';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { attributes } from '../../ir/attributes';
import { nodeOf } from '../../ir/build';
import { readFloats, tensorOf } from '../../ir/data';
import { numberOf } from '../../ir/dtype-numbers';
import type { Model } from '../../ir/model';
import { consumersOf } from '../../ir/walk';
import { moveToOpset } from '../opset';
import { packNibbles, quantizeBlocks } from './blocks';
import { OLDEST_OPSET, toInt8, totalBytes } from './int8';
import { toNBits, type BlockWay } from './n-bits';
import type { Scheme } from './scheme';
import { areFinite, type Meter } from './stream';
import {
  findWeights,
  liftConstants,
  refuseOlder,
  replaceWeights,
  type Replacement,
  type Weight,
} from './weights';

/** Weights below this stay in 8 bits: first and last layers are small, and what they lose is never mended. */
const SMALLEST = 1024;
/** 4-bit integers and blocks came with this operator set. */
const BLOCK_OPSET = 21;
const BLOCK_IR = 10;

/**
 * Weights as 4-bit integers in blocks that share a scale, made floats again by DequantizeLinear. Models of older
 * operator sets are moved to 21 where every node keeps its meaning there; where not, only matrix products take
 * 4 bits, as MatMulNBits, and the rest takes 8.
 * @see https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
 */
export const int4: Scheme = {
  id: 'int4',
  label: '4-bit integers',
  says: 'About an eighth of the bytes. Blocks of a weight have their own scale; small layers stay in 8 bits.',
  fields: [{ id: 'block', label: 'Numbers that share a scale', choices: ['16', '32', '64'], usual: '32' }],
  calibrates: false,
  async apply(original, options, _data, job) {
    const lifted = liftConstants(original);
    const moved = moveToOpset(lifted, BLOCK_OPSET, BLOCK_IR);
    const reason = typeof moved === 'string' ? moved : null;
    const model = typeof moved === 'string' ? lifted : moved;
    const block = Number(options['block'] ?? '32');
    const weights = findWeights(model);
    if (weights.length > 0) refuseOlder(model, this.label, BLOCK_OPSET, OLDEST_OPSET);
    const meter: Meter = { step: 'int4', done: 0, total: totalBytes(weights) };
    const takers = consumersOf(model.graph.nodes);
    const replaced = new Map<string, Replacement>();
    let changed = model;
    let few = 0;
    for (const weight of weights) {
      const floats = canBlock(weight) ? await readFloats(weight.tensor) : null;
      const exact = floats && areFinite(floats) ? floats : null;
      const way = { block, takers, pause: pauseOf(weight, job, meter) };
      const products = exact && reason !== null ? await toNBits(changed, weight, exact, way) : null;
      const blocks = exact && reason === null ? await toBlocks(weight, exact, way) : null;
      if (products || blocks) {
        few += 1;
        await finish(weight, job, meter);
      }
      const other = products ? null : (blocks ?? (await toInt8(model, weight, job, meter)));
      if (products) changed = products;
      else if (other) replaced.set(weight.tensor.name, other);
    }
    if (few === 0) throw nothing(model, reason, weights.some(canBlock));
    return replaceWeights(changed, replaced);
  },
};

function canBlock({ tensor, elements, sumAxis }: Weight): boolean {
  return elements >= SMALLEST && (tensor.dims[sumAxis] ?? 0) >= 16;
}

function nothing(model: Model, reason: string | null, couldBlock: boolean): AppError {
  const { file } = model;
  const scheme = int4.label;
  if (reason === null || !couldBlock) return new AppError('quantize_nothing', { file, scheme });
  const opset = model.opsets.get('') ?? 0;
  return new AppError('quantize_opset', { file, scheme, opset, needed: BLOCK_OPSET, reason });
}

function pauseOf(
  { elements }: Weight,
  job: Job,
  { step, done, total }: Meter,
): (share: number) => Promise<void> {
  return (share) => job.progress({ step, done: done + share * elements * 8, total, unit: 'bytes' });
}

function finish({ elements }: Weight, job: Job, meter: Meter): Promise<void> {
  meter.done += elements * 8;
  return job.progress({ step: meter.step, done: meter.done, total: meter.total, unit: 'bytes' });
}

async function toBlocks(
  { tensor, sumAxis }: Weight,
  floats: Float32Array,
  { block, pause }: BlockWay,
): Promise<Replacement> {
  const length = tensor.dims[sumAxis] ?? 1;
  const view = [
    elementCount(tensor.dims.slice(0, sumAxis)),
    length,
    elementCount(tensor.dims.slice(sumAxis + 1)),
  ] as const;
  const { integers, scales, halves } = await quantizeBlocks(floats, view, block, pause);
  const stored = tensorOf(`${tensor.name}:int4`, 'int4', tensor.dims, packNibbles(integers));
  const dims = tensor.dims.with(sumAxis, Math.ceil(length / block));
  const scale = `${tensor.name}:scale`;
  const dequantize = nodeOf(
    'DequantizeLinear',
    [stored.name, scale],
    [tensor.name],
    attributes({ axis: sumAxis, block_size: block }),
  );
  if (!halves) return { tensors: [stored, tensorOf(scale, 'float32', dims, scales)], nodes: [dequantize] };
  const half = tensorOf(`${scale}:fp16`, 'float16', dims, halves);
  const cast = nodeOf('Cast', [half.name], [scale], attributes({ to: numberOf('float32') }));
  return { tensors: [stored, half], nodes: [cast, dequantize] };
}
