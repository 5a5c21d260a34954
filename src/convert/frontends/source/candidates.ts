import type { NamedTensor } from '../../../core/checkpoint';

/** Whole numbers that a constructor may have been given, judging by the weights: sizes, their parts, and counts. */
export function numbersIn(stored: readonly NamedTensor[]): bigint[] {
  const times = new Map<number, number>();
  const add = (value: number, weight: number) => {
    if (Number.isInteger(value) && value > 0) times.set(value, (times.get(value) ?? 0) + weight);
  };
  for (const { tensor } of stored) {
    for (const size of tensor.dims) {
      add(size, 4);
      for (const part of [2, 3, 4]) add(size / part, 1);
    }
  }
  for (const count of countsIn(stored)) {
    add(count, 4);
    add(count + 1, 1);
    add(count - 1, 1);
  }
  return [...times].toSorted(([, a], [, b]) => b - a).map(([value]) => BigInt(value));
}

/** How many members each numbered group of names has: `layers.0`, `layers.1`, … */
function countsIn(stored: readonly NamedTensor[]): number[] {
  const last = new Map<string, number>();
  for (const { name } of stored) {
    const parts = name.split(/[._](?=l?\d)/);
    for (let at = 1; at < parts.length; at++) {
      const [, digits] = /^l?(\d+)/.exec(parts[at] ?? '') ?? [];
      const group = parts.slice(0, at).join('.');
      if (digits) last.set(group, Math.max(last.get(group) ?? 0, Number(digits) + 1));
    }
  }
  return [...new Set(last.values())];
}
