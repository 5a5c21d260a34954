/** How well a classifier did on labelled data. */
export interface Classification {
  count: number;
  /** Share of one. */
  accuracy: number;
  /** Rows are labels, columns are answers. */
  confusion: number[][];
  perClass: { label: number; count: number; precision: number; recall: number; f1: number }[];
  /** Expected calibration error over fifteen bins of confidence, a share of one. */
  ece: number;
}

const BINS = 15;

/**
 * Accuracy, confusion matrix, per class figures and calibration of probabilities `[classes]` a sample. A class
 * that was never answered has precision 0, one without samples recall 0.
 * @see https://arxiv.org/abs/1706.04599 (calibration error)
 */
export function evaluateClassification(
  labels: ArrayLike<number>,
  probabilities: readonly Float32Array[],
): Classification {
  const classes = probabilities[0]?.length ?? 0;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const bins = Array.from({ length: BINS }, () => ({ count: 0, right: 0, confidence: 0 }));
  let right = 0;
  for (const [index, row] of probabilities.entries()) {
    const confidence = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const answer = row.indexOf(confidence);
    const label = labels[index] ?? -1;
    const cells = confusion[label];
    if (cells) cells[answer] = (cells[answer] ?? 0) + 1;
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))];
    if (bin) {
      bin.count += 1;
      bin.confidence += confidence;
      if (answer === label) bin.right += 1;
    }
    if (answer === label) right += 1;
  }
  const count = probabilities.length;
  const ece = bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / count;
  return { count, accuracy: right / count, confusion, perClass: perClass(confusion), ece };
}

function perClass(confusion: readonly (readonly number[])[]): Classification['perClass'] {
  return confusion.map((row, label) => {
    const count = row.reduce((a, b) => a + b, 0);
    const answered = confusion.reduce((sum, other) => sum + (other[label] ?? 0), 0);
    const right = row[label] ?? 0;
    const precision = answered === 0 ? 0 : right / answered;
    const recall = count === 0 ? 0 : right / count;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { label, count, precision, recall, f1 };
  });
}
