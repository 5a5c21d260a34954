import type { Job } from '../core/job';
import type { Model } from '../ir/model';
import { declareShapes } from './declare-shapes';
import { dropDead } from './drop-dead';
import { dropIdentities } from './drop-identities';
import { foldConstants } from './fold-constants';
import { fuseBatchnorm } from './fuse-batchnorm';
import { shareConstants } from './share-constants';

/** What simplifies a freshly converted model, in the order it is done. */
const passes: readonly ((model: Model) => Model | Promise<Model>)[] = [
  ...[dropIdentities, foldConstants, fuseBatchnorm, shareConstants, dropDead, declareShapes],
];

/** The same model with less in it; throws what reading its weights throws. */
export async function simplify(model: Model, job: Job): Promise<Model> {
  let simpler = model;
  for (const [at, pass] of passes.entries()) {
    simpler = await pass(simpler);
    await job.progress({ step: 'simplify', done: at + 1, total: passes.length, unit: 'runs' });
  }
  return simpler;
}
