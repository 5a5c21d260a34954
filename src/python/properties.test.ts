import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../core/problem';
import { createPython, PyList, PySlice, type Value } from '.';

const python = createPython({ limits: { steps: Infinity, elements: Infinity } });
const binary = (op: Parameters<typeof python.machine.binary>[0], left: Value, right: Value) =>
  python.run((machine) => machine.binary(op, left, right));

/** Whether two numbers are the same, of whatever type. */
function same(a: bigint | number, b: bigint | number): boolean {
  return a == b;
}

/** Integers of every size, with the small and the round ones more often. */
const integers = fc.oneof(
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
);

describe('Numbers', () => {
  it('divide so that quotient and rest give the number back, the rest with the sign of the divisor', () => {
    fc.assert(
      fc.property(
        integers,
        integers.filter((one) => one !== 0n),
        (a, b) => {
          const [quotient, rest] = [binary('//', a, b) as bigint, binary('%', a, b) as bigint];
          expect(quotient * b + rest).toBe(a);
          expect(rest === 0n || rest > 0n === b > 0n).toBe(true);
          expect((rest < 0n ? -rest : rest) < (b < 0n ? -b : b)).toBe(true);
        },
      ),
    );
  });

  it('have powers, shifts and bits as they are defined', () => {
    fc.assert(
      fc.property(integers, fc.bigInt({ min: 0n, max: 40n }), (a, n) => {
        expect(binary('**', a, n)).toBe(a ** n);
        expect(binary('<<', a, n)).toBe(a * 2n ** n);
        expect(binary('>>', a, n)).toBe(binary('//', a, 2n ** n));
        expect(binary('^', binary('^', a, n), n)).toBe(a);
        expect((binary('&', a, n) as bigint) + (binary('|', a, n) as bigint)).toBe(a + n);
      }),
    );
  });

  it('compare integers with floats exactly, and are one key where they are equal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer().map(Number), fc.double({ noNaN: true })), integers, (x, n) => {
        const { machine } = python;
        expect(machine.compare('<', n, x)).toBe(n < x);
        expect(machine.equals(n, x)).toBe(same(n, x));
        expect(machine.key(n) === machine.key(x)).toBe(same(n, x));
      }),
    );
  });

  it('show floats so that they read back, and round as the nearest even', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 12 }),
        (x, places) => {
          expect(Object.is(Number(python.machine.repr(x)), x)).toBe(true);
          const shown = python.machine.format(x, `.${places}f`);
          if (Math.abs(x) < 1e15)
            expect(Math.abs(Number(shown) - x)).toBeLessThanOrEqual(0.5000001 * 10 ** -places);
          expect(Number(python.machine.format(x, '.17g'))).toBe(x);
        },
      ),
    );
  });
});

describe('Slices', () => {
  const bound = fc.option(fc.bigInt({ min: -12n, max: 12n }), { nil: null });

  /** Python's own definition, step by step. */
  function naive(
    items: readonly bigint[],
    start: bigint | null,
    stop: bigint | null,
    step: bigint,
  ): bigint[] {
    const length = BigInt(items.length);
    const place = (at: bigint | null, otherwise: bigint) => {
      if (at === null) return otherwise;
      const from = at < 0n ? at + length : at;
      const [low, high] = step > 0n ? [0n, length] : [-1n, length - 1n];
      return from < low ? low : from > high ? high : from;
    };
    const taken: bigint[] = [];
    const end = place(stop, step > 0n ? length : -1n);
    for (let at = place(start, step > 0n ? 0n : length - 1n); step > 0n ? at < end : at > end; at += step)
      taken.push(items[Number(at)] ?? -1n);
    return taken;
  }

  it('take what Python defines', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        bound,
        bound,
        fc.bigInt({ min: -4n, max: 4n }).filter((step) => step !== 0n),
        (length, start, stop, step) => {
          const items = Array.from({ length }, (_, at) => BigInt(at));
          const slice = new PySlice(start, stop, step);
          const taken = python.machine.getItem(new PyList([...items]), slice);
          expect(taken instanceof PyList && taken.items).toEqual(naive(items, start, stop, step));
        },
      ),
    );
  });
});

describe('Any beginning of a real source', () => {
  const sources = ['torch-like', 'dataclasses', 'generators', 'exceptions', 'format-spec', 'match'].map(
    (name) => readFileSync(`tests/fixtures/python/cases/${name}.py`, 'utf8'),
  );

  it('ends in values or in a problem of the catalogue', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const source = { file: 'part.py', text: text.slice(0, Math.floor(text.length * part)) };
        try {
          createPython({ modules: (name) => (name === 'part' ? source : null) }).load('part');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
