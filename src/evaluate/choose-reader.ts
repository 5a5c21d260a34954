import type { DigitReader, Run, Said } from './digit-reader';
import { encodeInk, INK_PIXELS } from './digit-reader';
import { decodeLogits, decodeScores, softmax } from './scores';

/** Digits of one run where the model takes any number. */
const BATCH = 100;

/**
 * The candidate that reads labelled samples best: the likeliest among those with about the most right; and how all
 * did, in the order of the candidates. `samples` holds 784 pixels a digit, 0 paper to 1 ink. Errors of `run` are passed on.
 */
export async function chooseReader(
  run: Run,
  candidates: readonly DigitReader[],
  samples: Float32Array,
  labels: ArrayLike<number>,
): Promise<{ reader: DigitReader; said: Said; tried: Said[] }> {
  const tried: Said[] = [];
  for (const candidate of candidates) tried.push(await tryReader(run, candidate, samples, labels));
  const said = bestOf(tried);
  return { reader: said.reader, said, tried };
}

/** Probabilities of every digit of `pixels`, read in as many runs as the model's batch asks. */
export async function readDigits(
  run: Run,
  reader: DigitReader,
  pixels: Float32Array,
): Promise<Float32Array[]> {
  const read: Float32Array[] = [];
  for await (const { output, digits } of outputs(run, reader, pixels)) {
    read.push(...decodeScores(output.data, output.dims, reader).slice(0, digits));
  }
  return read;
}

async function* outputs(run: Run, reader: DigitReader, pixels: Float32Array) {
  const count = pixels.length / INK_PIXELS;
  const step = reader.batch ?? BATCH;
  for (let from = 0; from < count; from += step) {
    const digits = Math.min(step, count - from);
    const ink = pixels.subarray(from * INK_PIXELS, (from + digits) * INK_PIXELS);
    const output = (await run({ [reader.input]: encodeInk(ink, digits, reader) }))[reader.output];
    if (output) yield { output, digits };
  }
}

async function tryReader(
  run: Run,
  candidate: DigitReader,
  samples: Float32Array,
  labels: ArrayLike<number>,
): Promise<Said> {
  const rows: Float32Array[] = [];
  const kinds = new Set<DigitReader['scores']>();
  for await (const { output, digits } of outputs(run, candidate, samples)) {
    const { logits, scores } = decodeLogits(output.data, output.dims, candidate);
    rows.push(...logits.slice(0, digits));
    kinds.add(scores);
  }
  const [kind = 'logits'] = kinds;
  const right = rows.filter((row, at) => row.indexOf(Math.max(...row)) === labels[at]).length;
  const reader: DigitReader = { ...candidate, scores: kinds.size === 1 ? kind : 'logits' };
  return { reader, right, of: labels.length, logLikelihood: bestLikelihood(rows, labels) };
}

/** Inputs larger than those of training make a model too sure, smaller ones unsure: that alone is no fault. */
const SHARPNESSES = [1 / 256, 1 / 64, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 64];

/** Mean logarithm of the right digit's probability, at the sharpness that suits these scores best. */
function bestLikelihood(rows: readonly Float32Array[], labels: ArrayLike<number>): number {
  const likelihoods = SHARPNESSES.map((sharpness) =>
    rows.reduce((sum, row, at) => {
      const probability = softmax(row, sharpness)[labels[at] ?? -1] ?? 0;
      return sum + Math.log(Math.max(probability, 1e-9)) / rows.length;
    }, 0),
  );
  return Math.max(...likelihoods);
}

/** Of so many samples a difference below this share says less than the likelihood does. */
const NOISE = 0.02;

function bestOf(tried: readonly Said[]): Said {
  const most = Math.max(...tried.map(({ right }) => right));
  const close = tried.filter(({ right, of }) => right >= most - NOISE * of);
  // A ReLU network answers nearly the same at 255 times the size, only louder: that flatters its likelihood.
  const quiet = close.filter(({ reader }) => !reader.scaling.startsWith('bytes'));
  const likely = quiet.length > 0 ? quiet : close;
  return likely.reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best));
}
