import { describe, expect, it } from 'vitest';
import { compare, median } from './certificate';

describe('The parity certificate', () => {
  it('tells the largest difference, relative where values are large', () => {
    expect(compare([0.5, 1, -0.25], [0.5, 1.001, -0.25]).difference).toBeCloseTo(0.001, 6);
    expect(compare([100, 0], [100.1, 0]).difference).toBeCloseTo(0.001, 6);
  });

  it('sees another winner, a NaN and a missing output', () => {
    expect(compare([1, 2], [2, 1]).sameWinner).toBe(false);
    expect(compare([1, 2], [1, NaN]).difference).toBe(Infinity);
    expect(compare([1, 2], []).difference).toBe(Infinity);
  });
});

describe('A median', () => {
  it('is the middle value, NaN for none', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });
});
