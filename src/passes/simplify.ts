import type { Job } from '../core/job';
import type { Model } from '../ir/model';
import { declareShapes } from './declare-shapes';

/** What simplifies a freshly converted model, in the order it is done. */
const passes: readonly ((model: Model) => Model | Promise<Model>)[] = [declareShapes];

/** The same model with less in it; throws what reading its weights throws. */
export async function simplify(model: Model, job: Job): Promise<Model> {
  let simpler = model;
  for (const [at, pass] of passes.entries()) {
    simpler = await pass(simpler);
    await job.progress({ step: 'simplify', done: at + 1, total: passes.length, unit: 'runs' });
  }
  return simpler;
}
