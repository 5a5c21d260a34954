import { numeric } from '../evaluate/operators/numbers';
import { digitsOf } from '../evaluate/text/digits';
import { divideToEven, scaled } from '../evaluate/text/floats';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import type { Value } from '../values/object';
import type { Functions } from './native';
import { pair } from './objects';

/** Built-in functions of numbers. */
export const arithmeticFunctions: Functions = {
  abs: ['x', absolute],
  round: ['number, ndigits?', (machine, [value = null, digits = null]) => rounded(machine, value, digits)],
  pow: [
    'base, exp, mod?',
    (machine, [base = null, exponent = null, mod = null]) => power(machine, base, exponent, mod),
  ],
  divmod: [
    'a, b',
    (machine, [a = null, b = null]) => pair(machine.binary('//', a, b), machine.binary('%', a, b)),
  ],
  bin: ['number', (machine, [value = null]) => inBase(machine, value, 2, '0b')],
  oct: ['number', (machine, [value = null]) => inBase(machine, value, 8, '0o')],
  hex: ['number', (machine, [value = null]) => inBase(machine, value, 16, '0x')],
};

function absolute(machine: Machine, [value = null]: readonly (Value | undefined)[]): Value {
  const number = numeric(value);
  if (number !== undefined)
    return typeof number === 'bigint' ? (number < 0n ? -number : number) : Math.abs(number);
  if (value instanceof Foreign) return machine.callMethod(value, '__abs__', []);
  const own = machine.callSpecial(value, '__abs__', []);
  if (own !== undefined) return own;
  throw machine.error('TypeError', `bad operand type for abs(): '${machine.typeOf(value).name}'`);
}

/** `round`: to the nearest, and to the even one of two that are as near. */
function rounded(machine: Machine, value: Value, digits: Value): Value {
  const number = numeric(value);
  if (number === undefined) {
    const own =
      value instanceof Foreign
        ? machine.callMethod(value, '__round__', [])
        : machine.callSpecial(value, '__round__', []);
    if (own !== undefined) return own;
    throw machine.error('TypeError', `type ${machine.typeOf(value).name} doesn't define __round__ method`);
  }
  const places = digits === null ? 0 : Math.max(-400, Math.min(400, machine.index(digits)));
  if (typeof number === 'bigint') {
    if (places >= 0) return number;
    const unit = 10n ** BigInt(-places);
    const size = divideToEven(number < 0n ? -number : number, unit) * unit;
    return number < 0n ? -size : size;
  }
  if (!Number.isFinite(number)) {
    if (digits !== null) return number;
    throw machine.error(
      Number.isNaN(number) ? 'ValueError' : 'OverflowError',
      `cannot convert float ${Number.isNaN(number) ? 'NaN' : 'infinity'} to integer`,
    );
  }
  machine.spend(20 + Math.abs(places));
  const size = scaled(number, places);
  const sign = number < 0 || Object.is(number, -0) ? -1 : 1;
  if (digits === null) return BigInt(sign) * size;
  return sign * Number(places > 0 ? `${size.toString()}e-${places}` : `${size.toString()}e${-places}`);
}

function power(machine: Machine, base: Value, exponent: Value, mod: Value): Value {
  if (mod === null) return machine.binary('**', base, exponent);
  const [a, b, m] = [numeric(base), numeric(exponent), numeric(mod)];
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || typeof m !== 'bigint')
    throw machine.error('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
  if (m === 0n) throw machine.error('ValueError', 'pow() 3rd argument cannot be 0');
  if (b < 0n) throw machine.unknown('the inverse of a number modulo another is not known here');
  const modulo = (value: bigint) => ((value % m) + m) % m;
  const words = Math.ceil(m.toString(16).length / 16);
  let [result, square] = [modulo(1n), modulo(a)];
  for (let bits = b; bits > 0n; bits >>= 1n) {
    machine.spend(1 + (words * words) / 16);
    if (bits & 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

function inBase(machine: Machine, value: Value, base: number, prefix: string): string {
  const number = typeof value === 'bigint' ? value : BigInt(machine.index(value));
  return `${number < 0n ? '-' : ''}${prefix}${digitsOf(machine, number < 0n ? -number : number, base)}`;
}
