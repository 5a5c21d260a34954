import { describe, expect, it } from 'vitest';
import recorded from '../../tests/fixtures/raster/expected.json';
import { rasterise, SIDE } from './raster';
import type { Stroke } from './stroke';

interface Case {
  name: string;
  strokes: number[][][];
  values: number[];
}

const toStrokes = (lists: number[][][]): Stroke[] =>
  lists.map((points) => points.map(([x = 0, y = 0]) => ({ x, y, pressure: 0.5, time: 0 })));

describe('The picture that a model sees', () => {
  it.each((recorded as { cases: Case[] }).cases)(
    'of $name is the one the models were trained on',
    ({ strokes, values }) => {
      const drawn = rasterise(toStrokes(strokes));
      const largest = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (drawn[i] ?? NaN))),
        0,
      );
      // The recording is rounded to four decimals and made in float32.
      expect(largest).toBeLessThan(5e-4);
    },
  );

  it('does not depend on where on the paper and how large one draws', () => {
    const one = toStrokes([
      [
        [0, 0],
        [30, 100],
        [60, 20],
      ],
    ]);
    const other = toStrokes([
      [
        [500, -300],
        [590, 0],
        [680, -240],
      ],
    ]);
    const a = rasterise(one);
    const b = rasterise(other);
    expect(a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0)).toBeLessThan(
      1e-4,
    );
  });

  it('has its mass in the middle', () => {
    const pixels = rasterise(
      toStrokes([
        [
          [0, 0],
          [200, 10],
          [180, 400],
        ],
      ]),
    );
    let mass = 0;
    let x = 0;
    pixels.forEach((value, i) => {
      mass += value;
      x += value * ((i % SIDE) + 0.5);
    });
    expect(x / mass).toBeCloseTo(14, 1);
  });

  it('of no ink is blank', () => {
    expect(Math.max(...rasterise([]))).toBe(0);
  });
});
