import type { DigitReader, Run, Said } from './digit-reader';
import { encodeInk, INK_PIXELS } from './digit-reader';
import { decodeScores, detectScores } from './scores';

/** Digits of one run where the model takes any number. */
const BATCH = 100;

/**
 * The candidate that reads labelled samples best: most right, then the higher likelihood; and how all did, in the
 * order of the candidates. `samples` holds 784 pixels a digit, 0 paper to 1 ink. Errors of `run` are passed on.
 */
export async function chooseReader(
  run: Run,
  candidates: readonly DigitReader[],
  samples: Float32Array,
  labels: ArrayLike<number>,
): Promise<{ reader: DigitReader; said: Said; tried: Said[] }> {
  const tried: Said[] = [];
  for (const candidate of candidates) tried.push(await tryReader(run, candidate, samples, labels));
  const said = tried.reduce((best, next) => (isBetter(next, best) ? next : best));
  return { reader: said.reader, said, tried };
}

/** Probabilities of every digit of `pixels`, read in as many runs as the model's batch asks. */
export async function readDigits(
  run: Run,
  reader: DigitReader,
  pixels: Float32Array,
): Promise<Float32Array[]> {
  const count = pixels.length / INK_PIXELS;
  const step = reader.batch ?? BATCH;
  const read: Float32Array[] = [];
  for (let from = 0; from < count; from += step) {
    const digits = Math.min(step, count - from);
    const ink = pixels.subarray(from * INK_PIXELS, (from + digits) * INK_PIXELS);
    const output = (await run({ [reader.input]: encodeInk(ink, digits, reader) }))[reader.output];
    if (output) read.push(...decodeScores(output.data, output.dims, reader).slice(0, digits));
  }
  return read;
}

async function tryReader(
  run: Run,
  candidate: DigitReader,
  samples: Float32Array,
  labels: ArrayLike<number>,
): Promise<Said> {
  const scores = await findScores(run, candidate, samples);
  const reader = { ...candidate, scores };
  const read = await readDigits(run, reader, samples);
  let right = 0;
  let logLikelihood = 0;
  for (const [index, row] of read.entries()) {
    const label = labels[index] ?? -1;
    if (row.indexOf(Math.max(...row)) === label) right += 1;
    logLikelihood += Math.log(Math.max(row[label] ?? 0, 1e-9)) / read.length;
  }
  return { reader, right, of: labels.length, logLikelihood };
}

async function findScores(
  run: Run,
  reader: DigitReader,
  samples: Float32Array,
): Promise<DigitReader['scores']> {
  const digits = Math.min(reader.batch ?? BATCH, samples.length / INK_PIXELS);
  const ink = samples.subarray(0, digits * INK_PIXELS);
  const output = (await run({ [reader.input]: encodeInk(ink, digits, reader) }))[reader.output];
  return output ? detectScores(output.data, output.dims, reader) : 'unknown';
}

function isBetter(a: Said, b: Said): boolean {
  return a.right > b.right || (a.right === b.right && a.logLikelihood > b.logLikelihood);
}
