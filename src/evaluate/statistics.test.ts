import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countInto, emptyHistogram, Gathering, statisticsOf, widen } from './statistics';

test('counts what is there, finite or not', () => {
  const { count, min, max, mean, deviation, zeros, nans, infinities } = statisticsOf([
    1,
    0,
    -3,
    NaN,
    Infinity,
    6,
  ]);
  expect({ count, min, max, mean, zeros, nans, infinities }).toEqual({
    ...{ count: 6, min: -3, max: 6, mean: 1, zeros: 1, nans: 1, infinities: 1 },
  });
  expect(deviation).toBeCloseTo(Math.sqrt((0 + 1 + 16 + 25) / 4), 12);
});

test('says nothing of no numbers', () => {
  expect(statisticsOf([])).toMatchObject({ count: 0, min: null, max: null, mean: null, deviation: null });
});

test('gathers the same in pieces as at once', () => {
  const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), fc.nat(50), (values, cut) => {
      const pieces = new Gathering();
      pieces.add(values.slice(0, cut));
      pieces.add(values.slice(cut));
      const whole = statisticsOf(values);
      expect(pieces.statistics.mean).toBeCloseTo(whole.mean ?? NaN, 6);
      expect(pieces.statistics.deviation).toBeCloseTo(whole.deviation ?? NaN, 4);
      expect(pieces.statistics.max).toBe(whole.max);
    }),
  );
});

test('a histogram holds every finite number once', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 })), (values) => {
      const histogram = emptyHistogram(statisticsOf(values));
      countInto(histogram, [...values, NaN, Infinity]);
      expect(histogram.counts.reduce((sum, each) => sum + each, 0)).toBe(values.length);
    }),
  );
});

test('the smallest and the largest ranges there are have histograms', () => {
  for (const values of [
    [0, Number.MIN_VALUE],
    [-Number.MAX_VALUE, 0, Number.MAX_VALUE],
  ]) {
    const histogram = emptyHistogram({ min: Math.min(...values), max: Math.max(...values) });
    countInto(histogram, values);
    expect(histogram.counts.reduce((sum, each) => sum + each, 0)).toBe(values.length);
  }
});

test('finds the range of each channel', () => {
  const ranges = [0, 1].map(() => ({ min: Infinity, max: -Infinity }));
  widen(ranges, [1, 2, -5, 7], 0, 2);
  widen(ranges, [3, 0], 4, 2);
  expect(ranges).toEqual([
    { min: 0, max: 3 },
    { min: -5, max: 7 },
  ]);
});
