import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate';
import { dimOf, type Size } from './size';
import { floorDivide, isSame, larger, minus, modulo, plus, quotient, smaller, symbol, times } from './symint';

const [b, t] = [symbol('b'), symbol('t')];

const size = fc.letrec<{ size: Size }>((tie) => ({
  size: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom<Size>(b, t),
    fc.tuple(tie('size'), tie('size')).map(([x, y]) => plus(x, y)),
    fc.tuple(tie('size'), tie('size')).map(([x, y]) => times(x, y)),
    fc.tuple(tie('size'), fc.integer({ min: 1, max: 6 })).map(([x, y]) => floorDivide(x, y)),
    fc.tuple(tie('size'), fc.integer({ min: 1, max: 6 })).map(([x, y]) => modulo(x, y)),
    fc.tuple(tie('size'), tie('size')).map(([x, y]) => larger(x, y)),
  ),
})).size;

const values = fc.record({ b: fc.integer({ min: 1, max: 9 }), t: fc.integer({ min: 1, max: 9 }) });

describe('Sizes known when the model runs', () => {
  it.each<[Size, string | number]>([
    [plus(t, b), 'b + t'],
    [minus(times(plus(b, 1), 2), 2), '2*b'],
    [minus(t, t), 0],
    [floorDivide(times(times(b, t), 8), times(b, t)), 8],
    [quotient(times(plus(b, 1), t), plus(b, 1)) ?? 0, 't'],
    [floorDivide(plus(times(t, 4), 3), 4), 't'],
    [floorDivide(minus(t, 1), 2), '((t + 1)//2) - 1'],
    [floorDivide(floorDivide(t, 2), 2), '(t//4)'],
    [modulo(plus(times(t, 6), 4), 3), 1],
    [larger(plus(t, 1), t), 't + 1'],
    [smaller(t, 5), 'min(5, t)'],
  ])('have one form: %#', (made, expected) => {
    expect(dimOf(made)).toBe(expected);
  });

  it('calculate as numbers do', () => {
    fc.assert(
      fc.property(size, size, values, (x, y, at) => {
        const [p, q] = [evaluate(x, at), evaluate(y, at)];
        expect(evaluate(plus(x, y), at)).toBe(p + q);
        expect(evaluate(minus(x, y), at)).toBe(p - q);
        expect(evaluate(times(x, y), at)).toBe(p * q);
        expect(evaluate(larger(x, y), at)).toBe(Math.max(p, q));
        expect(evaluate(smaller(x, y), at)).toBe(Math.min(p, q));
        expect(evaluate(floorDivide(x, 3), at)).toBe(Math.floor(p / 3));
        expect(evaluate(modulo(x, 3), at)).toBe(p % 3);
      }),
    );
  });

  it('divide back what they were multiplied with, and are the same whatever the order', () => {
    fc.assert(
      fc.property(size, size, size, (x, y, z) => {
        expect(isSame(times(x, plus(y, z)), plus(times(z, x), times(x, y)))).toBe(true);
        const divisor = plus(y, 1);
        const whole = quotient(times(x, divisor), divisor);
        expect(whole === null || isSame(whole, x)).toBe(true);
      }),
    );
  });
});
