import { openAsBlob, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../src/core/job';
import type { ModelFacts } from '../src/core/facts';
import { chooseReader, readDigits } from '../src/evaluate/choose-reader';
import { readerCandidates, type DigitReader, type Run } from '../src/evaluate/digit-reader';
import { label } from '../src/evaluate/scaling';
import { readOnnx } from '../src/formats/onnx';
import { rasterise } from '../src/ink/raster';
import { strokesFromPoints } from '../src/ink/stroke';
import { describeModel } from '../src/passes/facts';
import { mnistTest } from './mnist';
import { oracle } from './oracle';
import { wildModels } from './wild';

const MNIST_DIGITS = 2000;
/** By hand sees the test digits themselves, ours 400 drawn ones: they cannot tell a few in 2,000 apart. */
const WITHIN = 5;
const models = wildModels().filter(({ tags }) => tags.includes('mnist-shaped'));
const mnist = mnistTest();
const noModels = '../shared/wild is not on this machine';
const noDigits = 'the digits of MNIST are not on this machine';
const table: string[] = [];

if (models.length === 0) test.skip(`digit models from the wild: ${noModels}`);

test('a graph that measures accuracy itself is refused with what it is', async (context) => {
  if (models.length === 0) return context.skip(noModels);
  const facts = await factsOf(models.find(({ file }) => file.includes('tf2onnx'))?.path ?? '');
  expect(readerCandidates(facts.inputs, facts.outputs)).toBe(
    'takes 10 numbers and 784 numbers and gives one number (accuracy:0); it is no digit reader',
  );
});

test.for(models.filter(({ file }) => !file.includes('tf2onnx')))(
  '$file is read as well as by hand',
  async ({ path, file }, context) => {
    if (mnist === null) return context.skip(noDigits);
    const facts = await factsOf(path);
    const candidates = readerCandidates(facts.inputs, facts.outputs);
    if (typeof candidates === 'string') throw new Error(`${file} ${candidates}`);
    const run = await oracle(await openAsBlob(path));
    const samples = sampleDigits();
    const { reader, said } = await chooseReader(run, candidates, samples.pixels, samples.labels);

    const test: Labelled = { pixels: mnist.pixels.subarray(0, MNIST_DIGITS * 784), labels: mnist.labels };
    const ours = { samples: await rightOf(run, reader, samples), mnist: await rightOf(run, reader, test) };
    const hand = {
      samples: await bestByHand(run, facts, samples),
      mnist: await bestByHand(run, facts, test),
    };
    table.push(
      [
        file.slice(5, 50).padEnd(46),
        `samples: by hand ${hand.samples.right} (${hand.samples.how}), ours ${ours.samples} of ${samples.labels.length};`,
        `MNIST: by hand ${hand.mnist.right} (${hand.mnist.how}), ours ${ours.mnist} of ${MNIST_DIGITS};`,
        `${label(reader.scaling)}${reader.transposed ? ', transposed' : ''}, ${reader.scores},`,
        `said ${said.right} of ${said.of}`,
      ].join(' '),
    );
    expect.soft(ours.samples).toBeGreaterThanOrEqual(hand.samples.right);
    expect.soft(ours.mnist).toBeGreaterThanOrEqual(hand.mnist.right - WITHIN);
  },
);

test('the table of all', (context) => {
  if (table.length === 0) return context.skip(models.length === 0 ? noModels : noDigits);
  console.log(table.join('\n'));
});

async function factsOf(path: string): Promise<ModelFacts> {
  const file = await openAsBlob(path);
  return describeModel(await readOnnx(file, { name: path }, createJob()), file, '');
}

interface Labelled {
  /** 784 a digit, 0 paper to 1 ink. */
  pixels: Float32Array;
  labels: ArrayLike<number>;
}

/** The page's own labelled sample digits, drawn as the page draws them. */
function sampleDigits(): Labelled {
  const { digits } = JSON.parse(readFileSync('public/digits.json', 'utf8')) as {
    digits: { label: number; strokes: [number, number][][] }[];
  };
  const pixels = new Float32Array(digits.length * 784);
  for (const [at, { strokes }] of digits.entries())
    pixels.set(rasterise(strokesFromPoints(strokes)), at * 784);
  return { pixels, labels: digits.map((digit) => digit.label) };
}

async function rightOf(run: Run, reader: DigitReader, { pixels, labels }: Labelled): Promise<number> {
  const read = await readDigits(run, reader, pixels);
  return read.filter((row, at) => row.indexOf(Math.max(...row)) === labels[at]).length;
}

/** Every way of feeding tried on the very digits that are judged, written without the code under test. */
async function bestByHand(run: Run, facts: ModelFacts, { pixels, labels }: Labelled) {
  const digits = pixels.length / 784;
  const input = facts.inputs[0]!;
  const shape = input.shape!.map((dim) => (typeof dim === 'number' && dim > 0 ? dim : null));
  const fixed = shape[0] ?? 500;
  const ways: Record<string, (x: number) => number> = {
    '0..1': (x) => x,
    '0..255': (x) => x * 255,
    mnist: (x) => (x - 0.1307) / 0.3081,
    '-1..1': (x) => (x - 0.5) / 0.5,
    'inverted 0..1': (x) => 1 - x,
    'inverted 0..255': (x) => 255 * (1 - x),
    'inverted mnist': (x) => (1 - x - 0.1307) / 0.3081,
    'inverted -1..1': (x) => (0.5 - x) / 0.5,
  };
  let best = { right: -1, how: '' };
  for (const [how, scale] of Object.entries(ways)) {
    let right = 0;
    for (let from = 0; from < digits; from += fixed) {
      const data = new Float32Array(fixed * 784);
      for (let i = 0; i < data.length; i++) data[i] = scale(pixels[from * 784 + i] ?? 0);
      const feeds = {
        [input.name]: { dtype: 'float32' as const, dims: shape.map((dim) => dim ?? fixed), data },
      };
      const [output] = Object.values(await run(feeds));
      const scores = Float32Array.from(output!.data as Float32Array);
      for (let i = 0; i < fixed && from + i < digits; i++) {
        const row = scores.subarray(i * 10, i * 10 + 10);
        if (row.indexOf(Math.max(...row)) === labels[from + i]) right += 1;
      }
    }
    if (right > best.right) best = { right, how };
  }
  return best;
}
