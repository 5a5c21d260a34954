import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../src/core/job';
import type { PlainTensor } from '../src/core/tensor';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import { exposeValues } from '../src/passes/expose';
import { describeModel } from '../src/passes/facts';
import { inferShapes } from '../src/passes/infer-shapes';
import { feedsOf } from './feeds';
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
