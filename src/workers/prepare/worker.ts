import { expose } from 'comlink';
import { createJob } from '../../core/job';
import type { RunnableModel } from '../../core/runnable';
import type { TakenFile } from '../../core/taken-file';
import { readArrays } from '../../formats/arrays';
import { encodeExternal, encodeOnnx, readOnnx } from '../../formats/onnx';
import type { Model } from '../../ir/model';
import { exposeValues } from '../../passes/expose';
import { widenConvolutions } from '../../passes/webgpu-convolutions';
import { withGone } from '../gone';
import { carryProblems } from '../wire';
import type { Preparer } from './api';

carryProblems();
expose({
  async arrays(file) {
    try {
      return await readArrays(file);
    } catch (error) {
      throw await withGone(error, [file]);
    }
  },

  async runnable(file, external) {
    return apart(await reopen(file, external));
  },

  async expose(file, external, values) {
    return apart(exposeValues(await reopen(file, external), values));
  },

  async forWebgpu(runnable) {
    const { name, graph, external } = runnable;
    const beside = external.map(({ location, data }): TakenFile => ({ name: location, blob: data }));
    const model = await reopen({ name, blob: graph }, beside);
    const widened = widenConvolutions(model);
    if (widened === model) return runnable;
    return external.length > 0 ? apart(widened) : { name, graph: await encodeOnnx(widened), external: [] };
  },
} satisfies Preparer);

function reopen({ name, blob }: TakenFile, external: readonly TakenFile[]): Promise<Model> {
  return readOnnx(
    blob,
    { name, external: new Map(external.map((each) => [each.name, each.blob])) },
    createJob(),
  );
}

/** The graph alone, and the weights as one Blob made of slices of the original. */
async function apart(model: Model): Promise<RunnableModel> {
  const location = 'weights';
  const { graph, data } = await encodeExternal(model, location);
  return { name: model.file, graph, external: [{ location, data }] };
}
