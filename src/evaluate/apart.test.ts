import { describe, expect, it } from 'vitest';
import { apart } from './apart';

describe('Two lists of numbers', () => {
  it('are apart by their largest difference, relative where they are large', () => {
    expect(apart([0.5, 1, -0.25], [0.5, 1.001, -0.25]).largest).toBeCloseTo(0.001, 6);
    expect(apart([100, 0], [100.1, 0])).toMatchObject({ largest: expect.closeTo(0.1, 6) as number });
    expect(apart([100, 0], [100.1, 0]).relative).toBeCloseTo(0.001, 6);
  });

  it('differ without measure where one is NaN, infinite or missing', () => {
    expect(apart([1, 2], [2, 1]).sameWinner).toBe(false);
    expect(apart([1, 2], [1, NaN]).largest).toBe(Infinity);
    expect(apart([1, 2], [1, Infinity]).relative).toBe(Infinity);
    expect(apart([1, Infinity], [1, 2]).relative).toBe(Infinity);
    expect(apart([1, 2], []).largest).toBe(Infinity);
  });

  it('are the same where both are NaN or the same infinity', () => {
    expect(apart([NaN, Infinity, -Infinity, 1], [NaN, Infinity, -Infinity, 1])).toMatchObject({
      largest: 0,
      relative: 0,
    });
    expect(apart([Infinity], [-Infinity]).largest).toBe(Infinity);
  });
});
