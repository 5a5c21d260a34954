import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../core/problem';
import { decodeDrawing, encodeDrawing } from './share';
import type { Stroke } from './stroke';

const sample = fc.record({
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -500, max: 500 }),
  pressure: fc.constant(0.5),
  time: fc.constant(0),
});
const drawing = fc.array(fc.array(sample, { minLength: 1, maxLength: 40 }), { maxLength: 6 });

/** The corners of a drawing: what must survive. */
function ends(strokes: readonly Stroke[]) {
  return strokes.map((stroke) => [stroke[0], stroke.at(-1)].map((s) => [s?.x, s?.y]));
}

describe('A drawing in the address', () => {
  it('comes back with every stroke beginning and ending where it did', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const text = encodeDrawing(strokes);
        expect(text).toMatch(/^[\w-]+$/);
        expect(ends(decodeDrawing(text ?? ''))).toEqual(ends(strokes));
      }),
    );
  });

  it('drops only samples closer than four units to the one before', () => {
    const line: Stroke = Array.from({ length: 101 }, (_, i) => ({ x: i, y: 0, pressure: 0.5, time: i }));
    const back = decodeDrawing(encodeDrawing([line]) ?? '');
    expect(back[0]?.map(({ x }) => x)).toEqual(Array.from({ length: 26 }, (_, i) => 4 * i));
  });

  it('too long for an address stays out of it', () => {
    const scribble: Stroke = Array.from({ length: 9000 }, (_, i) => ({
      ...{ x: (i * 617) % 900, y: (i * 271) % 700 },
      ...{ pressure: 0.5, time: i },
    }));
    expect(encodeDrawing([scribble])).toBeNull();
  });

  it('that was cut or changed is refused as a damaged link, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        try {
          decodeDrawing(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toBe('link_damaged');
        }
      }),
    );
    expect(() => decodeDrawing('AQEg')).toThrow(AppError);
  });
});
