import type { Job } from '../../core/job';
import { elementCount } from '../../core/shape';
import { readTensor, tensorBlob } from '../../ir/data';
import type { Tensor } from '../../ir/model';

/** Elements of one step: 16 MB of float32, about 20 ms of work; smaller reads cost more than they hold. */
const STEP = 4 * 1024 * 1024;

/** Some elements of a tensor, from its element `start` on. */
export interface Step {
  start: number;
  floats: Float32Array<ArrayBuffer>;
}

/** A count of bytes done, over all passes of a scheme. */
export interface Meter {
  step: string;
  done: number;
  total: number;
}

/**
 * The elements of a float32 tensor in steps of at most four million, so that no weight is in memory whole; the work
 * between steps is reported. Throws as `readTensor` does.
 */
export async function* floatSteps(tensor: Tensor, job: Job, meter: Meter): AsyncGenerator<Step> {
  const count = elementCount(tensor.dims);
  if (count <= STEP) {
    yield { start: 0, floats: (await readTensor(tensor)) as Float32Array<ArrayBuffer> };
  } else {
    const blob = tensorBlob(tensor);
    if (blob.size !== count * 4) await readTensor(tensor);
    for (let start = 0; start < count; start += STEP) {
      const end = Math.min(start + STEP, count);
      yield { start, floats: new Float32Array(await blob.slice(start * 4, end * 4).arrayBuffer()) };
      await job.progress({ step: meter.step, done: meter.done + end * 4, total: meter.total, unit: 'bytes' });
    }
  }
  meter.done += count * 4;
  await job.progress({ step: meter.step, done: meter.done, total: meter.total, unit: 'bytes' });
}

/** Whether none of them is NaN or infinite, which no integer stands for. */
export function areFinite(floats: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < floats.length; i++) sum += (floats[i] as number) * 0;
  return sum === 0;
}

/** The same steps again, for a second pass over a tensor that is still in memory. */
export async function* keptSteps(steps: readonly Step[], job: Job, meter: Meter): AsyncGenerator<Step> {
  for (const step of steps) {
    yield step;
    meter.done += step.floats.byteLength;
    await job.progress({ step: meter.step, done: meter.done, total: meter.total, unit: 'bytes' });
  }
}
