import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundsOf } from './bounds';
import { evaluate } from './evaluate';
import type { Size } from './size';
import { floorDivide, larger, minus, modulo, plus, smaller, symbol, times } from './symint';

const size = fc.letrec<{ size: Size }>((tie) => ({
  size: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: -9, max: 12 }),
    fc.constantFrom<Size>(symbol('b'), symbol('t')),
    ...[plus, minus, times, larger, smaller].map((how) =>
      fc.tuple(tie('size'), tie('size')).map(([x, y]) => how(x, y)),
    ),
    fc.tuple(tie('size'), fc.integer({ min: 1, max: 6 })).map(([x, y]) => floorDivide(x, y)),
    fc.tuple(tie('size'), fc.integer({ min: 1, max: 6 })).map(([x, y]) => modulo(x, y)),
    tie('size').map((x) => floorDivide(x, symbol('b'))),
    tie('size').map((x) => modulo(x, symbol('t'))),
  ),
})).size;

const symbols = fc.record({ b: fc.integer({ min: 2, max: 90 }), t: fc.integer({ min: 2, max: 90 }) });

it('a size lies within its bounds, whatever its symbols stand for', () => {
  fc.assert(
    fc.property(size, symbols, (one, numbers) => {
      const [least, most] = boundsOf(one, () => 2);
      const value = evaluate(one, numbers);
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }),
    { numRuns: 2000 },
  );
});

it.each<[Size, number, number]>([
  [minus(symbol('t'), 1), 1, Infinity],
  [floorDivide(symbol('t'), 2), 1, Infinity],
  [modulo(symbol('t'), 4), 0, 3],
  [minus(3, symbol('t')), -Infinity, 1],
])('bounds are as narrow as a comparison with 0 or 1 needs', (one, least, most) => {
  expect(boundsOf(one, () => 2)).toEqual([least, most]);
});
