import { formatNumber } from '../../core/format';
import type { TrialOutput } from '../../state/trial-outcome';

/** How far apart two outputs are, in words; relative to the largest number where that is over 1. */
export function saysApart({ largest, relative }: NonNullable<TrialOutput['recorded']>): string {
  if (largest === 0) return 'the same';
  if (largest === Infinity) return 'numbers where the other has none';
  const share = relative < largest ? `, ${formatNumber(relative)} of the largest number` : '';
  return `differs by ${formatNumber(largest)} at most${share}`;
}
