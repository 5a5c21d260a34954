import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { PyObject, type Value } from '../../values/object';
import { plain } from '../operators/equality';
import { numeric, toFloat } from '../operators/numbers';
import { characterCount, charactersOf } from './characters';
import { digitsOf } from './digits';
import { exponentParts, exponentText, fixedText, floatText, specialText } from './floats';

/** Characters a format may make of one value: wide tables have lines of 200. */
const MAX_WIDTH = 10_000;
/** Digits behind the point: a float has at most 1,074 that are not zero. */
const MAX_PRECISION = 1100;

/** What a format costs, in steps. */
const FORMAT_STEPS = 10;

/** The parts of a format. @see https://docs.python.org/3/library/string.html#format-specification-mini-language */
interface Spec {
  fill: string;
  align: string;
  sign: string;
  isAlternate: boolean;
  width: number;
  grouping: string;
  precision: number | null;
  type: string;
}

/** `format(value, spec)`: what stands behind the colon of an f-string's field. */
export function formatValue(machine: Machine, value: Value, spec: string): string {
  if (value instanceof PyObject) {
    const own = value.subclass?.find('__format__');
    if (own !== undefined) return machine.str(machine.callSpecial(value, '__format__', [spec]) ?? '');
  }
  if (spec === '') return machine.str(value);
  machine.spend(FORMAT_STEPS);
  const parts = parseSpec(machine, spec);
  const content = plain(value);
  if (typeof content === 'string') return formatText(machine, content, parts);
  const number = numeric(content);
  if (number !== undefined && (typeof content !== 'boolean' || parts.type !== ''))
    return formatNumber(machine, number, parts);
  if (typeof content === 'boolean') return formatText(machine, machine.str(content), parts);
  if (value instanceof Foreign) return formatText(machine, machine.str(value), parts);
  const name = machine.typeOf(value).name;
  throw machine.error('TypeError', `unsupported format string passed to ${name}.__format__`);
}

function parseSpec(machine: Machine, spec: string): Spec {
  const match = /^(?:([^])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su.exec(spec);
  if (!match) throw machine.error('ValueError', `Invalid format specifier '${spec}'`);
  const [, fill, align, sign = '-', alternate, zero, width = '0', grouping = '', precision, type = ''] =
    match;
  if (Number(width) > MAX_WIDTH || Number(precision ?? 0) > MAX_PRECISION)
    throw machine.limit('a format asks for a text that is too long');
  return {
    ...{
      fill: fill ?? (zero ? '0' : ' '),
      align: align ?? (zero ? '=' : ''),
      sign,
      isAlternate: alternate !== undefined,
    },
    ...{
      width: Number(width),
      grouping,
      precision: precision === undefined ? null : Number(precision),
      type,
    },
  };
}

function formatText(machine: Machine, text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's')
    throw machine.error('ValueError', `Unknown format code '${spec.type}' for object of type 'str'`);
  if (spec.align === '=') spec = { ...spec, align: '<' };
  const shown = spec.precision === null ? text : charactersOf(text).slice(0, spec.precision).join('');
  return pad(machine, '', shown, spec.align === '' ? { ...spec, align: '<' } : spec);
}

function pad(machine: Machine, sign: string, body: string, { align, fill, width }: Spec): string {
  const missing = Math.max(0, width - characterCount(sign) - characterCount(body));
  machine.allocate((missing + body.length) >> 3);
  if (align === '<') return sign + body + fill.repeat(missing);
  if (align === '=') return sign + fill.repeat(missing) + body;
  if (align === '^') {
    const left = missing >> 1;
    return fill.repeat(left) + sign + body + fill.repeat(missing - left);
  }
  return fill.repeat(missing) + sign + body;
}

function formatNumber(machine: Machine, number: bigint | number, spec: Spec): string {
  const isNegative = number < 0 || Object.is(number, -0);
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const isInteger = typeof number === 'bigint' && (spec.type === '' || /[bcdoxXn]/.test(spec.type));
  const [prefix, body] = isInteger
    ? integerText(machine, number, spec)
    : floatBody(machine, toFloat(machine, number), spec);
  const [whole = '', rest = ''] = /^([0-9a-fA-F]+)(.*)$/su.exec(body)?.slice(1) ?? ['', body];
  const size = /[bxXo]/.test(spec.type) ? 4 : 3;
  const zeros =
    spec.grouping !== '' && spec.fill === '0' && spec.align === '='
      ? Math.max(0, spec.width - sign.length - prefix.length - rest.length)
      : 0;
  const grouped = spec.grouping === '' ? whole : group(whole, spec.grouping, size, zeros);
  return pad(machine, sign + prefix, grouped + rest, spec);
}

/** Digits in groups; zeros go in front until there are as many characters as asked. */
function group(digits: string, mark: string, size: number, width: number): string {
  // So many digits that they and their marks reach the width, and no group begins with its mark.
  const wanted = width - Math.floor(width / (size + 1)) + (width % (size + 1) === 0 && width > 0 ? 1 : 0);
  const all = digits.padStart(wanted, '0');
  const first = all.length % size || size;
  const groups = [all.slice(0, first)];
  for (let at = first; at < all.length; at += size) groups.push(all.slice(at, at + size));
  return groups.join(mark);
}

const radixes = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
]);

function integerText(
  machine: Machine,
  value: bigint,
  { type, isAlternate, precision }: Spec,
): [string, string] {
  if (precision !== null)
    throw machine.error('ValueError', 'Precision not allowed in integer format specifier');
  const size = value < 0n ? -value : value;
  if (type === 'c') return ['', String.fromCodePoint(Number(size % 0x110000n))];
  const text = digitsOf(machine, size, radixes.get(type) ?? 10);
  return [isAlternate && radixes.has(type) ? `0${type}` : '', type === 'X' ? text.toUpperCase() : text];
}

function floatBody(machine: Machine, value: number, spec: Spec): [string, string] {
  const { type, precision, isAlternate } = spec;
  machine.spend((precision ?? 0) >> 1);
  const upper = (text: string) => (/[EFG]/.test(type) ? text.toUpperCase() : text);
  if (!Number.isFinite(value)) return ['', upper(specialText(Math.abs(value))) + (type === '%' ? '%' : '')];
  switch (type.toLowerCase()) {
    case 'f':
      return ['', fixedText(value, precision ?? 6)];
    case '%':
      return ['', `${fixedText(value * 100, precision ?? 6)}%`];
    case 'e': {
      const { digits, power } = exponentParts(value, precision ?? 6);
      return ['', upper(`${pointed(digits)}e${exponentText(power)}`)];
    }
    case '':
      if (precision === null) return ['', floatText(Math.abs(value))];
      return ['', generalText(value, precision, isAlternate, true)];
    case 'g':
    case 'n':
      return ['', upper(generalText(value, precision ?? 6, isAlternate, false))];
    default:
      throw machine.error('ValueError', `Unknown format code '${type}' for object of type 'float'`);
  }
}

function pointed(digits: string): string {
  return digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
}

/** `g`: so many digits in all, with an exponent where the number is large or small. */
function generalText(value: number, precision: number, keepsZeros: boolean, keepsPoint: boolean): string {
  const places = Math.max(precision, 1) - 1;
  const { digits, power } = exponentParts(value, places);
  const hasExponent = power < -4 || power >= (keepsPoint ? Math.max(precision, 1) : places + 1);
  const text = hasExponent ? pointed(digits) : fixedText(value, Math.max(places - power, 0));
  const short = keepsZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
  if (hasExponent) return `${short}e${exponentText(power)}`;
  return keepsPoint && !short.includes('.') ? `${short}.0` : short;
}
