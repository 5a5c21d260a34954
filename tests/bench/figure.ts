/** One measured figure, printed as one JSON line. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it is held against, measured in the same run, and their ratio where that is the bar. */
  baseline?: number;
  ratio?: number;
  /** The bar, and whether it holds. */
  bar?: string;
  holds?: boolean;
  [detail: string]: unknown;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
