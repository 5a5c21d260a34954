import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { dtypes, type Dtype } from '../src/core/dtype';
import { createJob } from '../src/core/job';
import { elementCount } from '../src/core/shape';
import { viewElements, type PlainTensor } from '../src/core/tensor';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import type { Model } from '../src/ir/model';
import { exposeValues } from '../src/passes/expose';
import { describeModel } from '../src/passes/facts';
import { inferShapes } from '../src/passes/infer-shapes';
import { oracle } from './oracle';
import { wildModels } from './wild';

/** Models that ONNX Runtime itself does not run as they are, each with its reason. */
const refused: Record<string, string> = {
  Polygraphy__examples: 'broken on purpose',
  bad_graph: 'broken on purpose',
  needs_extensions: 'operators of onnxruntime-extensions',
  ppp_vision: 'operators of onnxruntime-extensions',
  decode_image: 'operators of onnxruntime-extensions',
  vectorizer: 'operators of onnxruntime-extensions',
};

const models = wildModels().filter(({ file }) => !Object.keys(refused).some((part) => file.includes(part)));

if (models.length === 0) test.skip('models from the wild: ../shared/wild is not on this machine');

test.each(models)('$file computes values of the shapes that were inferred', async ({ path, file }) => {
  const blob = await openAsBlob(path);
  const model = await readOnnx(blob, { name: file }, createJob());
  const { values } = await describeModel(model, blob, '');
  const watched = exposeValues(
    model,
    values.map(({ name }) => name),
  );
  const feeds = feedsOf(model);
  if (feeds === null) return;
  let outputs: Record<string, PlainTensor>;
  try {
    outputs = await (await oracle(await encodeOnnx(watched), { graphOptimizationLevel: 'disabled' }))(feeds);
  } catch (error) {
    // What cannot run as it is cannot be compared; what only fails with our outputs is our fault.
    const plain = await runs(blob, feeds);
    if (plain) throw error;
    return;
  }
  const shapes = inferShapes(model, 1);
  const wrong = values.flatMap(({ name, operator, dtype }) => {
    const known = shapes.get(name)!;
    const given = outputs[name];
    if (!given || known.shape === null) return [];
    const same =
      known.shape.length === given.dims.length &&
      known.shape.every((dim, at) => dim === null || dim === given.dims[at]);
    return same && dtype === given.dtype
      ? []
      : [
          `${operator} ${name}: inferred ${dtype} ${known.shape.join('×')}, is ${given.dtype} ${given.dims.join('×')}`,
        ];
  });
  expect(wrong).toEqual([]);
});

/** Zeros for every input with free dimensions at 1; `null` where an input is no tensor of numbers. */
function feedsOf(model: Model): Record<string, PlainTensor> | null {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const feeds: Record<string, PlainTensor> = {};
  for (const { name, type } of model.graph.inputs) {
    if (constants.has(name)) continue;
    if (type?.kind !== 'tensor' || !type.dtype || type.dtype === 'string' || type.shape === null) return null;
    const dims = type.shape.map((dim) => (typeof dim === 'number' && dim >= 0 ? dim : 1));
    const dtype: Dtype = type.dtype;
    const bytes = new Uint8Array((elementCount(dims) * dtypes[dtype].bits) / 8);
    feeds[name] = { dtype, dims, data: viewElements(dtype, bytes) };
  }
  return feeds;
}

async function runs(blob: Blob, feeds: Record<string, PlainTensor>): Promise<boolean> {
  try {
    await (
      await oracle(blob)
    )(feeds);
    return true;
  } catch {
    return false;
  }
}
