import type { TensorData } from '../core/tensor';
import type { DigitReader } from './digit-reader';

/**
 * Probabilities `[classes]` of each digit of an output, whatever the model gives. The kind of the scores is the
 * reader's, or found out from these.
 */
export function decodeScores(data: TensorData, dims: readonly number[], reader: DigitReader): Float32Array[] {
  const rows = scoreRows(data, dims, reader);
  const kind = reader.scores === 'unknown' ? scoreKind(rows) : reader.scores;
  return rows.map((row) => probabilities(row, kind));
}

/** What the scores of these outputs are. */
export function detectScores(
  data: TensorData,
  dims: readonly number[],
  reader: DigitReader,
): Exclude<DigitReader['scores'], 'unknown'> {
  return scoreKind(scoreRows(data, dims, reader));
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

function probabilities(row: Float32Array, kind: Exclude<DigitReader['scores'], 'unknown'>): Float32Array {
  if (kind === 'probabilities') return row;
  if (kind === 'log-softmax') return row.map(Math.exp);
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((value) => Math.exp(value - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / total);
}
