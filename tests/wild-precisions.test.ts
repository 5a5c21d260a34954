import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../src/core/job';
import { AppError } from '../src/core/problem';
import { chooseReader, readDigits } from '../src/evaluate/choose-reader';
import { readerCandidates } from '../src/evaluate/digit-reader';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import { describeModel } from '../src/passes/facts';
import { schemes } from '../src/passes/quantize';
import { mnistTest } from './mnist';
import { oracle } from './oracle';
import { wildModels } from './wild';

const DIGITS = 1000;
/** Points of accuracy a scheme may cost on models nobody here trained. */
const COST = { fp16: 0.1, int8: 0.5, int4: 3 };

const mnist = mnistTest();
const models = wildModels().filter(
  ({ tags, file }) => tags.includes('mnist-shaped') && !file.includes('tf2onnx'),
);

if (models.length === 0) test.skip('digit models from the wild: ../shared/wild is not on this machine');

test.for(models)('$file reads digits in fewer bits', async ({ path, file }, context) => {
  if (mnist === null) return context.skip('the digits of MNIST are not on this machine');
  const blob = await openAsBlob(path);
  const model = await readOnnx(blob, { name: file }, createJob());
  const { inputs, outputs } = await describeModel(model, blob, '');
  const candidates = readerCandidates(inputs, outputs);
  if (typeof candidates === 'string') throw new Error(candidates);
  const pixels = mnist.pixels.subarray(0, DIGITS * 784);
  const labels = mnist.labels.subarray(0, DIGITS);
  const run = await oracle(blob);
  const { reader } = await chooseReader(
    run,
    candidates,
    pixels.subarray(0, 200 * 784),
    labels.subarray(0, 200),
  );
  const accuracy = async (judge: typeof run) => {
    const read = await readDigits(judge, reader, pixels);
    return (read.filter((row, at) => row.indexOf(Math.max(...row)) === labels[at]).length * 100) / DIGITS;
  };
  const before = await accuracy(run);
  const said = [`fp32 ${blob.size} B ${before.toFixed(1)} %`];
  for (const scheme of schemes) {
    try {
      const smaller = await encodeOnnx(await scheme.apply(model, {}, null, createJob()));
      const after = await accuracy(await oracle(smaller));
      said.push(`${scheme.id} ${smaller.size} B ${after.toFixed(1)} %`);
      expect.soft(after).toBeGreaterThanOrEqual(before - COST[scheme.id]);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      said.push(`${scheme.id}: ${error.message}`);
    }
  }
  console.log(`${file.slice(5, 60)}: ${said.join(', ')}`);
});
