import { describe, expect, it } from 'vitest';
import { boundingBox, isNearBlank, strokesFromPoints } from './stroke';

describe('Ink', () => {
  it('of a mere touch is near blank, of a short stroke is not', () => {
    const at = (x: number, y: number) => ({ x, y, pressure: 0.5, time: 0 });
    expect(isNearBlank([])).toBe(true);
    expect(isNearBlank([[at(10, 10), at(12, 40)]])).toBe(true);
    expect(isNearBlank([[at(10, 10), at(12, 70)]])).toBe(false);
  });

  it('from plain points is centred on the paper and keeps its proportion', () => {
    const box = boundingBox(
      strokesFromPoints(
        [
          [
            [100, 100],
            [200, 500],
          ],
        ],
        680,
      ),
    );
    expect(box).toEqual({ left: -85, top: -340, right: 85, bottom: 340 });
  });
});
