import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { Instance, PyClass, PyObject, type Value } from '../values/object';
import { PyTuple } from '../values/containers';
import { plain } from '../evaluate/operators/equality';
import { numeric, sized, toFloat, type Numeric } from '../evaluate/operators/numbers';
import { addMethods, addProperties, setMaker } from './native';

/** `int`, `float` and `bool`: how they are made of other values, and their methods. */
export function addNumbers(classes: ReadonlyMap<string, PyClass>): void {
  const [int, float, bool] = [classes.get('int'), classes.get('float'), classes.get('bool')];
  if (!int || !float || !bool) return;
  setMaker(int, 'x?, base?', (machine, [type = null, value = 0n, base]) => {
    if (value instanceof Foreign && base === undefined) return value.convert(machine, 'int');
    return ofClass(type, int, sized(machine, toInteger(machine, value, base)));
  });
  setMaker(float, 'x?', (machine, [type = null, value = 0]) => {
    if (value instanceof Foreign) return value.convert(machine, 'float');
    return ofClass(type, float, toFloatingPoint(machine, value));
  });
  setMaker(bool, 'x?', (machine, [, value = false]) =>
    value instanceof Foreign ? value.convert(machine, 'bool') : machine.truth(value),
  );
  const asInteger = (machine: Machine, value: Value): bigint => {
    const number = numeric(value);
    if (typeof number === 'bigint') return number;
    throw machine.error(
      'TypeError',
      `descriptor requires a 'int' object but received '${machine.typeOf(value).name}'`,
    );
  };
  addMethods(int, asInteger, {
    bit_length: ['', (_, self) => BigInt(self === 0n ? 0 : (self < 0n ? -self : self).toString(2).length)],
    bit_count: ['', (_, self) => BigInt((self < 0n ? -self : self).toString(2).replaceAll('0', '').length)],
    conjugate: ['', (_, self) => self],
    is_integer: ['', () => true],
    as_integer_ratio: ['', (_, self) => new PyTuple([self, 1n])],
    __index__: ['', (_, self) => self],
    __int__: ['', (_, self) => self],
    __float__: ['', (machine, self) => toFloat(machine, self)],
  });
  const parts = {
    real: (self: Numeric) => self,
    imag: (self: Numeric) => (typeof self === 'bigint' ? 0n : 0),
  };
  addProperties(int, asInteger, { ...parts, numerator: (self) => self, denominator: () => 1n });
  const asFloat = (machine: Machine, value: Value) => toFloat(machine, numeric(value) ?? 0n);
  addProperties(float, asFloat, parts);
  addMethods(float, asFloat, {
    is_integer: ['', (_, self) => Number.isInteger(self)],
    conjugate: ['', (_, self) => self],
    __int__: ['', (machine, self) => toInteger(machine, self, undefined)],
    __float__: ['', (_, self) => self],
  });
}

function ofClass(type: Value, plainType: PyClass, value: Numeric): Value {
  if (!(type instanceof PyClass) || type === plainType) return value;
  const object = new Instance(type);
  object.payload = value;
  return object;
}

function toInteger(machine: Machine, value: Value, base: Value | undefined): bigint {
  const content = plain(value);
  if (typeof content === 'string')
    return parseInteger(machine, content, base === undefined ? 10 : machine.index(base));
  const number = numeric(content);
  if (typeof number === 'bigint') return number;
  if (number !== undefined) {
    if (Number.isNaN(number)) throw machine.error('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(number))
      throw machine.error('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(number));
  }
  if (value instanceof PyObject) {
    const own = machine.callSpecial(value, '__int__', []) ?? machine.callSpecial(value, '__index__', []);
    if (typeof own === 'bigint') return own;
  }
  const name = machine.typeOf(value).name;
  throw machine.error(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${name}'`,
  );
}

function parseInteger(machine: Machine, text: string, base: number): bigint {
  const plainText = text
    .trim()
    .toLowerCase()
    .replace(/(?<=[\da-z])_(?=[\da-z])/g, '');
  const [, sign = '', prefix = '', digits = ''] = /^([-+]?)(0[xob])?([\da-z]*)$/.exec(plainText) ?? [];
  const radix = base === 0 ? (prefixes.get(prefix) ?? 10) : base;
  const isPrefix = prefix === '' || prefixes.get(prefix) === radix;
  const all = isPrefix ? digits : `${prefix}${digits}`;
  const valid = all !== '' && Array.from(all).every((digit) => parseInt(digit, 36) < radix);
  if (!valid)
    throw machine.error('ValueError', `invalid literal for int() with base ${base}: ${machine.repr(text)}`);
  if (all.length > 2500) throw machine.limit('an integer gets too long');
  let value = 0n;
  if (radix === 10) value = BigInt(all);
  else for (const digit of all) value = value * BigInt(radix) + BigInt(parseInt(digit, 36));
  return sign === '-' ? -value : value;
}

const prefixes = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

function toFloatingPoint(machine: Machine, value: Value): number {
  const content = plain(value);
  if (typeof content === 'string') {
    const text = content
      .trim()
      .toLowerCase()
      .replace(/(?<=\d)_(?=\d)/g, '');
    const special = /^([-+]?)(inf|infinity|nan)$/.exec(text);
    if (special) return special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(text)) return Number(text);
    throw machine.error('ValueError', `could not convert string to float: ${machine.repr(content)}`);
  }
  const number = numeric(content);
  if (number !== undefined) return toFloat(machine, number);
  const own =
    value instanceof PyObject
      ? (machine.callSpecial(value, '__float__', []) ?? machine.callSpecial(value, '__index__', []))
      : undefined;
  const converted = own === undefined ? undefined : numeric(own);
  if (converted !== undefined) return toFloat(machine, converted);
  const name = machine.typeOf(value).name;
  throw machine.error('TypeError', `float() argument must be a string or a real number, not '${name}'`);
}
