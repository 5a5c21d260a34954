import { expect, test } from 'vitest';
import { makeTensor, randomNumbers } from './make-tensor';
import { normal, uniform } from './random';

const take = (next: () => number, count: number) => Array.from({ length: count }, next);

test('the same seed gives the same numbers, another one others', () => {
  expect(take(uniform(7), 5)).toEqual(take(uniform(7), 5));
  expect(take(uniform(7), 5)).not.toEqual(take(uniform(8), 5));
});

test('uniform and normal numbers are spread as they should be', () => {
  const flat = take(uniform(1), 20_000);
  expect(Math.min(...flat)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...flat)).toBeLessThan(1);
  expect(flat.reduce((sum, value) => sum + value, 0) / flat.length).toBeCloseTo(0.5, 1);
  const bell = take(normal(1), 20_000);
  const square = bell.reduce((sum, value) => sum + value * value, 0) / bell.length;
  expect(square).toBeGreaterThan(0.95);
  expect(square).toBeLessThan(1.05);
});

test('tensors are made in every dtype a run takes, numbers repeated to fill them', () => {
  expect(makeTensor('int64', [2, 2], [1, 2]).data).toEqual(BigInt64Array.of(1n, 2n, 1n, 2n));
  expect(makeTensor('bool', [3], [0, 5, 0]).data).toEqual(Uint8Array.of(0, 1, 0));
  expect(makeTensor('float16', [1], [1]).data).toEqual(Uint16Array.of(0x3c00));
  expect(makeTensor('string', [2], [1]).data).toEqual(['1', '1']);
  expect(randomNumbers('bool', 50, 3).every((value) => value === 0 || value === 1)).toBe(true);
  expect(randomNumbers('int32', 50, 3).every((value) => Number.isInteger(value) && value < 10)).toBe(true);
});
