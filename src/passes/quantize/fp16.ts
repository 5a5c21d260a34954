import { toHalf } from '../../core/half';
import { AppError } from '../../core/problem';
import { attributes } from '../../ir/attributes';
import { nodeOf } from '../../ir/build';
import { tensorIn } from '../../ir/data';
import { numberOf } from '../../ir/dtype-numbers';
import type { Tensor } from '../../ir/model';
import type { Job } from '../../core/job';
import type { Scheme } from './scheme';
import { floatSteps, type Meter } from './stream';
import { findWeights, liftConstants, refuseOlder, replaceWeights, type Replacement } from './weights';

/** Weights as 16-bit floats, cast to 32 bits when the model is opened: half the file, nothing else changes. */
export const fp16: Scheme = {
  id: 'fp16',
  label: '16-bit floats',
  says: 'Half the bytes. Computed in 32 bits as before, so it runs wherever the original does, as fast.',
  fields: [],
  calibrates: false,
  async apply(original, _options, _data, job) {
    const model = liftConstants(original);
    const weights = findWeights(model);
    if (weights.length > 0) refuseOlder(model, this.label, CAST_OPSET);
    const meter: Meter = {
      step: 'fp16',
      done: 0,
      total: weights.reduce((sum, { elements }) => sum + elements * 4, 0),
    };
    const replaced = new Map<string, Replacement>();
    for (const { tensor } of weights) {
      const halved = await halve(tensor, job, meter);
      if (halved) replaced.set(tensor.name, halved);
    }
    if (replaced.size === 0) throw new AppError('quantize_nothing', { file: model.file, scheme: this.label });
    return replaceWeights(model, replaced);
  },
};

/** Cast names its type by number since this operator set. */
const CAST_OPSET = 6;

/** `null` for a tensor with numbers that a 16-bit float has no room for. */
async function halve(tensor: Tensor, job: Job, meter: Meter): Promise<Replacement | null> {
  const parts: BlobPart[] = [];
  let fits = true;
  for await (const { floats } of floatSteps(tensor, job, meter)) {
    const halves = toHalf(floats);
    fits &&= !overflows(floats, halves);
    parts.push(halves);
  }
  if (!fits) return null;
  const name = `${tensor.name}:fp16`;
  return {
    tensors: [tensorIn(name, 'float16', tensor.dims, new Blob(parts))],
    nodes: [nodeOf('Cast', [name], [tensor.name], attributes({ to: numberOf('float32') }))],
  };
}

const INFINITY_BITS = 0x7c00;

function overflows(floats: Float32Array, halves: Uint16Array): boolean {
  return halves.some((half, at) => (half & 0x7fff) === INFINITY_BITS && Number.isFinite(floats[at]));
}
