import { describe, expect, it } from 'vitest';
import { median } from './certificate';

describe('A median', () => {
  it('is the middle value, NaN for none', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });
});
