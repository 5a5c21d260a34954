import { numeric, sized, toFloat } from '../../evaluate/operators/numbers';
import { PyTuple } from '../../values/containers';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import type { Value } from '../../values/object';
import { functions, type Functions } from '../native';

/** `math`. */
export function mathModule(): [string, Value][] {
  return [
    ...functions(table),
    ...Object.entries({ pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Infinity, nan: NaN }),
  ];
}

/** A float of anything that has one. */
export function float(machine: Machine, value: Value = null): number {
  const number = numeric(value);
  if (number !== undefined) return toFloat(machine, number);
  const converted =
    value instanceof Foreign ? value.convert(machine, 'float') : machine.callSpecial(value, '__float__', []);
  if (typeof converted === 'number') return converted;
  if (converted !== undefined) throw machine.unknown('this number is only known when the model runs');
  throw machine.error('TypeError', `must be real number, not ${machine.typeOf(value).name}`);
}

function integer(machine: Machine, value: Value = null): bigint {
  const number = numeric(value);
  if (typeof number === 'bigint') return number;
  throw machine.error(
    'TypeError',
    `'${machine.typeOf(value).name}' object cannot be interpreted as an integer`,
  );
}

/** A function of one float: where it has no value, a ValueError. */
function of(run: (x: number) => number): Functions[string] {
  return [
    'x',
    (machine, [value]) => {
      const x = float(machine, value);
      const result = run(x);
      if (Number.isNaN(result) && !Number.isNaN(x)) throw machine.error('ValueError', 'math domain error');
      if (!Number.isFinite(result) && !Number.isNaN(result) && Number.isFinite(x))
        throw result < 0 || x === 0
          ? machine.error('ValueError', 'math domain error')
          : machine.error('OverflowError', 'math range error');
      return result;
    },
  ];
}

/** A function of one number to a whole one. */
function whole(run: (x: number) => number, method: string): Functions[string] {
  return [
    'x',
    (machine, [value = null]) => {
      const number = numeric(value);
      if (typeof number === 'bigint') return number;
      const own = value instanceof Foreign ? machine.callMethod(value, method, []) : undefined;
      if (own !== undefined) return own;
      const x = float(machine, value);
      if (!Number.isFinite(x))
        throw machine.error(
          Number.isNaN(x) ? 'ValueError' : 'OverflowError',
          `cannot convert float ${Number.isNaN(x) ? 'NaN' : 'infinity'} to integer`,
        );
      return BigInt(run(x));
    },
  ];
}

function logarithm(machine: Machine, value: Value): number {
  const number = numeric(value);
  if (typeof number === 'bigint' && number > 2n ** 1000n) {
    const bits = number.toString(2).length - 1000;
    return Math.log(Number(number >> BigInt(bits))) + bits * Math.LN2;
  }
  const x = float(machine, value);
  if (x <= 0) throw machine.error('ValueError', 'math domain error');
  return Math.log(x);
}

/** A series whose terms are all of one sign, so that nothing is lost; beyond 6 a float knows no difference from 1. */
function errorFunction(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function common(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const table: Functions = {
  ...{ sqrt: of(Math.sqrt), cbrt: of(Math.cbrt), exp: of(Math.exp), expm1: of(Math.expm1) },
  ...{
    sin: of(Math.sin),
    cos: of(Math.cos),
    tan: of(Math.tan),
    asin: of(Math.asin),
    acos: of(Math.acos),
    atan: of(Math.atan),
  },
  ...{
    sinh: of(Math.sinh),
    cosh: of(Math.cosh),
    tanh: of(Math.tanh),
    asinh: of(Math.asinh),
    acosh: of(Math.acosh),
    atanh: of(Math.atanh),
  },
  ...{ log2: of(Math.log2), log10: of(Math.log10), log1p: of(Math.log1p), fabs: of(Math.abs) },
  ...{ radians: of((x) => (x * Math.PI) / 180), degrees: of((x) => (x * 180) / Math.PI) },
  ...{
    floor: whole(Math.floor, '__floor__'),
    ceil: whole(Math.ceil, '__ceil__'),
    trunc: whole(Math.trunc, '__trunc__'),
  },
  ...{ erf: of(errorFunction), erfc: of((x) => 1 - errorFunction(x)) },
  log: [
    'x, base?',
    (machine, [x = null, base]) =>
      logarithm(machine, x) / (base === undefined ? 1 : logarithm(machine, base)),
  ],
  pow: ['x, y', (machine, [x, y]) => machine.binary('**', float(machine, x), float(machine, y))],
  atan2: ['y, x', (machine, [y, x]) => Math.atan2(float(machine, y), float(machine, x))],
  hypot: ['*coordinates', (machine, all) => Math.hypot(...all.map((one) => float(machine, one)))],
  fmod: ['x, y', (machine, [x, y]) => float(machine, x) % float(machine, y)],
  copysign: [
    'x, y',
    (machine, [x, y]) => {
      const sign = float(machine, y);
      return Math.abs(float(machine, x)) * (sign < 0 || Object.is(sign, -0) ? -1 : 1);
    },
  ],
  modf: ['x', (machine, [x]) => new PyTuple([float(machine, x) % 1, Math.trunc(float(machine, x))])],
  isnan: ['x', (machine, [x]) => Number.isNaN(float(machine, x))],
  isinf: ['x', (machine, [x]) => Math.abs(float(machine, x)) === Infinity],
  isfinite: ['x', (machine, [x]) => Number.isFinite(float(machine, x))],
  isclose: [
    'a, b, rel_tol?, abs_tol?',
    (machine, [a, b, relative = 1e-9, absolute = 0]) => {
      const [x, y] = [float(machine, a), float(machine, b)];
      return (
        x === y ||
        Math.abs(x - y) <=
          Math.max(float(machine, relative) * Math.max(Math.abs(x), Math.abs(y)), float(machine, absolute))
      );
    },
  ],
  gcd: ['*integers', (machine, all) => all.map((one) => integer(machine, one)).reduce(common, 0n)],
  lcm: [
    '*integers',
    (machine, all) =>
      all
        .map((one) => integer(machine, one))
        .reduce((a, b) => (a === 0n || b === 0n ? 0n : sized(machine, (a / common(a, b)) * b)), 1n),
  ],
  isqrt: [
    'n',
    (machine, [n]) => {
      const value = integer(machine, n);
      if (value < 0n) throw machine.error('ValueError', 'isqrt() argument must be nonnegative');
      return root(value);
    },
  ],
  factorial: [
    'n',
    (machine, [n]) => {
      const value = integer(machine, n);
      if (value < 0n) throw machine.error('ValueError', 'factorial() not defined for negative values');
      let product = 1n;
      for (let at = 2n; at <= value; at++) product = sized(machine, product * at);
      return product;
    },
  ],
  comb: [
    'n, k',
    (machine, [n, k]) => {
      const [all, some] = [integer(machine, n), integer(machine, k)];
      if (some > all) return 0n;
      let [result, top] = [1n, all];
      for (let at = 1n; at <= some; at++, top--) {
        machine.spend(1);
        result = sized(machine, (result * top) / at);
      }
      return result;
    },
  ],
  prod: [
    'iterable, start?',
    (machine, [items = null, start = 1n]) => {
      let product: Value = start;
      for (const item of machine.iterate(items)) product = machine.binary('*', product, item);
      return product;
    },
  ],
  fsum: [
    'iterable',
    (machine, [items = null]) => {
      let sum = 0;
      for (const item of machine.iterate(items)) sum += float(machine, item);
      return sum;
    },
  ],
};
