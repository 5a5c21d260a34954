import type { TensorData } from '../core/tensor';
import type { DigitReader } from './digit-reader';

/**
 * Probabilities `[classes]` of each digit of an output, whatever the model gives. The kind of the scores is the
 * reader's, or found out from these.
 */
export function decodeScores(data: TensorData, dims: readonly number[], reader: DigitReader): Float32Array[] {
  const rows = scoreRows(data, dims, reader);
  const kind = reader.scores === 'unknown' ? scoreKind(rows) : reader.scores;
  return kind === 'probabilities' ? rows : rows.map((row) => softmax(row));
}

/** Scores `[classes]` of each digit of an output on a scale of logarithms, and what kind they were. */
export function decodeLogits(
  data: TensorData,
  dims: readonly number[],
  reader: DigitReader,
): { logits: Float32Array[]; scores: Exclude<DigitReader['scores'], 'unknown'> } {
  const rows = scoreRows(data, dims, reader);
  const scores = scoreKind(rows);
  const logits =
    scores === 'probabilities' ? rows.map((row) => row.map((p) => Math.log(Math.max(p, 1e-30)))) : rows;
  return { logits, scores };
}

/** Probabilities of logits, each multiplied by `sharpness` before. */
export function softmax(logits: Float32Array, sharpness = 1): Float32Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((value) => Math.exp((value - largest) * sharpness));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / total);
}

/** One row of scores a digit; classes may lie along any one axis, the others are 1 or digits. */
function scoreRows(data: TensorData, dims: readonly number[], reader: DigitReader): Float32Array[] {
  const values = Float32Array.from(data as ArrayLike<number>);
  const { classes } = reader;
  const count = Math.floor(values.length / classes);
  const classesFirst = dims.lastIndexOf(classes) === 0 && count > 1 && dims.length > 1;
  return Array.from({ length: count }, (_, item) =>
    classesFirst
      ? Float32Array.from({ length: classes }, (__, k) => values[k * count + item] ?? 0)
      : values.slice(item * classes, (item + 1) * classes),
  );
}

const SUM_TOLERANCE = 1e-2;

function scoreKind(rows: readonly Float32Array[]): Exclude<DigitReader['scores'], 'unknown'> {
  const sum = (row: Float32Array, of: (value: number) => number) =>
    row.reduce((total, value) => total + of(value), 0);
  const isOne = (total: number) => Math.abs(total - 1) < SUM_TOLERANCE;
  if (rows.every((row) => row.every((value) => value >= 0) && isOne(sum(row, (value) => value)))) {
    return 'probabilities';
  }
  if (rows.every((row) => row.every((value) => value <= 1e-4) && isOne(sum(row, Math.exp)))) {
    return 'log-softmax';
  }
  return 'logits';
}
