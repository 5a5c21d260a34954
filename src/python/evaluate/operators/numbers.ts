import type { BinaryOperator } from '../../syntax';
import { Instance, type Value } from '../../values/object';
import type { Machine } from '../../values/machine';

/** Bits of one integer. They are seeds, sizes and masks; the longest floats have 1,024. */
const MAX_BITS = 8192;

/** What an operation on an integer beyond 64 bits costs, in steps: as much as on one of a thousand. */
const LONG_STEPS = 20;

/** An `int` or a `float`. */
export type Numeric = bigint | number;

/** A value as a number, as `bool` and members of an `IntEnum` are; `undefined` for anything else. */
export function numeric(value: Value): Numeric | undefined {
  switch (typeof value) {
    case 'bigint':
    case 'number':
      return value;
    case 'boolean':
      return value ? 1n : 0n;
    default:
      return value instanceof Instance && value.payload !== undefined ? numeric(value.payload) : undefined;
  }
}

/** A number as a float; an OverflowError for integers beyond them. */
export function toFloat(machine: Machine, value: Numeric): number {
  if (typeof value === 'number') return value;
  const float = Number(value);
  if (!Number.isFinite(float)) throw machine.error('OverflowError', 'int too large to convert to float');
  return float;
}

/** `left op right` of numbers; `undefined` where numbers have no such operator. */
export function arithmetic(
  machine: Machine,
  op: BinaryOperator,
  left: Numeric,
  right: Numeric,
): Value | undefined {
  if (typeof left === 'bigint' && typeof right === 'bigint') return integers(machine, op, left, right);
  return floats(machine, op, toFloat(machine, left), toFloat(machine, right));
}

function integers(machine: Machine, op: BinaryOperator, left: bigint, right: bigint): Value | undefined {
  if (BigInt.asIntN(64, left) !== left) machine.spend(LONG_STEPS);
  switch (op) {
    case '+':
      return sized(machine, left + right);
    case '-':
      return sized(machine, left - right);
    case '*':
      return sized(machine, left * right);
    case '/':
      return divide(machine, left, right);
    case '//':
      if (right === 0n) throw machine.error('ZeroDivisionError', 'integer division or modulo by zero');
      return floorDivide(left, right);
    case '%':
      if (right === 0n) throw machine.error('ZeroDivisionError', 'integer modulo by zero');
      return left - floorDivide(left, right) * right;
    case '**':
      return power(machine, left, right);
    case '<<':
    case '>>':
      return shift(machine, op, left, right);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '@':
      return undefined;
  }
}

/** An integer that is not too long. */
export function sized(machine: Machine, value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  const bits = value.toString(16).length * 4;
  machine.spend(bits >> 6);
  // In hexadecimal digits, with one for the sign.
  if (bits > MAX_BITS + 8) throw machine.limit('an integer gets too long');
  return value;
}

function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

function divide(machine: Machine, left: bigint, right: bigint): number {
  if (right === 0n) throw machine.error('ZeroDivisionError', 'division by zero');
  const [a, b] = [Number(left), Number(right)];
  if (Number.isFinite(a) && Number.isFinite(b)) return a / b;
  // Only their leading digits count for a float, and both lose as many.
  const extra = BigInt(Math.max(left.toString(16).length, right.toString(16).length) * 4 - 1000);
  const quotient = Number(left >> extra) / Number(right >> extra);
  if (!Number.isFinite(quotient))
    throw machine.error('OverflowError', 'integer division result too large for a float');
  return quotient;
}

function power(machine: Machine, base: bigint, exponent: bigint): Value {
  if (exponent < 0n) return floats(machine, '**', toFloat(machine, base), toFloat(machine, exponent)) ?? null;
  if (base === 0n || base === 1n || base === -1n)
    return base ** (exponent < 3n ? exponent : 2n + (exponent & 1n));
  const bits = (base < 0n ? -base : base).toString(2).length - 1;
  if (exponent > BigInt(MAX_BITS) || BigInt(bits) * exponent > BigInt(MAX_BITS))
    throw machine.limit('an integer gets too long');
  return sized(machine, base ** exponent);
}

function shift(machine: Machine, op: '<<' | '>>', left: bigint, right: bigint): bigint {
  if (right < 0n) throw machine.error('ValueError', 'negative shift count');
  if (op === '>>') return right > BigInt(MAX_BITS) ? (left < 0n ? -1n : 0n) : left >> right;
  if (left === 0n) return 0n;
  if (right > BigInt(MAX_BITS)) throw machine.limit('an integer gets too long');
  return sized(machine, left << right);
}

function floats(machine: Machine, op: BinaryOperator, left: number, right: number): Value | undefined {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) throw machine.error('ZeroDivisionError', 'float division by zero');
      return left / right;
    case '//':
      if (right === 0) throw machine.error('ZeroDivisionError', 'float floor division by zero');
      return floatDivmod(left, right)[0];
    case '%':
      if (right === 0) throw machine.error('ZeroDivisionError', 'float modulo');
      return floatDivmod(left, right)[1];
    case '**':
      return floatPower(machine, left, right);
    default:
      return undefined;
  }
}

/** `//` and `%` of floats, rounded as CPython rounds them. */
function floatDivmod(left: number, right: number): [number, number] {
  let rest = left % right;
  let quotient = (left - rest) / right;
  if (rest !== 0 && rest < 0 !== right < 0) {
    rest += right;
    quotient -= 1;
  } else if (rest === 0) rest = Object.is(right, -0) || right < 0 ? -0 : 0;
  if (quotient === 0) return [left / right < 0 || Object.is(left / right, -0) ? -0 : 0, rest];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, rest];
}

function floatPower(machine: Machine, left: number, right: number): number {
  if (left === 1 || right === 0) return 1;
  if (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) return 1;
  if (left === 0 && right < 0)
    throw machine.error('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  const result = left ** right;
  if (Number.isNaN(result) && !Number.isNaN(left) && !Number.isNaN(right))
    throw machine.unknown('a complex number comes out of this, which is not known here');
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right))
    throw machine.error('OverflowError', "(34, 'Numerical result out of range')");
  return result;
}
