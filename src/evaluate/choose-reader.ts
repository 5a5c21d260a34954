import type { DigitReader, Run, Said } from './digit-reader';
import { encodeInk, INK_PIXELS } from './digit-reader';
import { decodeLogits, decodeScores, softmax } from './scores';

/** Digits of one run where the model takes any number. */
const BATCH = 100;

/** Samples that every candidate reads; the rest are read by those that come close to the best on these. */
const FIRST = 100;
/** A candidate this share of the first samples behind has never caught up on the rest. */
const CLOSE = 0.05;

/**
 * The candidate that reads the most labelled samples right, the likelier of equals; and how all did on the first
 * hundred, in the order of the candidates. `samples` holds 784 pixels a digit, 0 paper to 1 ink. Errors of `run` are
 * passed on.
 */
export async function chooseReader(
  run: Run,
  candidates: readonly DigitReader[],
  samples: Float32Array,
  labels: ArrayLike<number>,
): Promise<{ reader: DigitReader; said: Said; tried: Said[] }> {
  const firstLabels = Array.from(labels).slice(0, FIRST);
  const restLabels = Array.from(labels).slice(FIRST);
  const firstSamples = samples.subarray(0, FIRST * INK_PIXELS);
  const restSamples = samples.subarray(FIRST * INK_PIXELS);
  const tried: Said[] = [];
  for (const candidate of candidates) tried.push(await tryReader(run, candidate, firstSamples, firstLabels));
  const close = closeToBest(tried);
  const finalists: Finalist[] = [];
  for (const said of close) {
    const isDecided = close.length === 1 || restLabels.length === 0;
    const rest = isDecided ? null : await tryReader(run, said.reader, restSamples, restLabels);
    finalists.push({ said, right: said.right + (rest?.right ?? 0) });
  }
  const said = bestOf(finalists);
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

function closeToBest(tried: readonly Said[]): Said[] {
  const most = Math.max(...tried.map(({ right }) => right));
  return tried.filter(({ right, of }) => right >= most - CLOSE * of);
}

interface Finalist {
  said: Said;
  /** Of all samples. */
  right: number;
}

function bestOf(finalists: readonly Finalist[]): Said {
  const most = Math.max(...finalists.map(({ right }) => right));
  const equals = finalists.filter(({ right }) => right === most).map(({ said }) => said);
  // A ReLU network answers nearly the same at 255 times the size, only louder: that flatters its likelihood.
  const quiet = equals.filter(({ reader }) => !reader.scaling.startsWith('bytes'));
  const likely = quiet.length > 0 ? quiet : equals;
  return likely.reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best));
}
