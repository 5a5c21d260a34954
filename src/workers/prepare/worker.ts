import { expose } from 'comlink';
import { createJob } from '../../core/job';
import { filesAround } from '../../core/locations';
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

function reopen(file: TakenFile, external: readonly TakenFile[]): Promise<Model> {
  return readOnnx(file.blob, { name: file.name, external: filesAround(file, external) }, createJob());
}

/** The graph alone, and the weights as one Blob made of slices of the original. */
async function apart(model: Model): Promise<RunnableModel> {
  const location = 'weights';
  const { graph, data } = await encodeExternal(model, location);
  return { name: model.file, graph, external: [{ location, data }] };
}
