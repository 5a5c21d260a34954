import type { BinaryOperator, UnaryOperator } from '../../syntax';
import { PyList, PyTuple } from '../../values/containers';
import { PyDict, PySet, PyView } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import { TypeHint } from '../../values/hint';
import type { Machine } from '../../values/machine';
import { PyClass, PyObject, type Value } from '../../values/object';
import { percentFormat } from '../text/percent';
import { plain } from './equality';
import { arithmetic, numeric } from './numbers';

/** `left op right`. */
export function binary(machine: Machine, op: BinaryOperator, left: Value, right: Value): Value {
  const [x, y] = [numeric(left), numeric(right)];
  if (x !== undefined && y !== undefined) {
    if (typeof left === 'boolean' && typeof right === 'boolean' && (op === '&' || op === '|' || op === '^'))
      return op === '&' ? left && right : op === '|' ? left || right : left !== right;
    const result = arithmetic(machine, op, x, y);
    if (result !== undefined) return result;
  }
  const special = specialBinary(machine, op, left, right);
  if (special !== undefined) return special;
  const result = ofContainers(machine, op, plain(left), plain(right));
  if (result !== undefined) return result;
  if (op === '|' && (left instanceof PyClass || right instanceof PyClass))
    return new TypeHint('Union', [left, right]);
  throw unsupported(machine, op, left, right);
}

/** `left op= right`: lists, sets and dicts change in place, everything else is made anew. */
export function augmented(machine: Machine, op: BinaryOperator, left: Value, right: Value): Value {
  if (left instanceof Foreign) {
    const changed = left.augmented(machine, op, right);
    if (changed !== undefined) return changed;
  } else if (left instanceof PyObject) {
    const changed = machine.callSpecial(left, `__i${names[op]}__`, [right]);
    if (changed !== undefined && !isNotImplemented(changed)) return changed;
  }
  return binary(machine, op, left, right);
}

/** `-value`, `+value`, `~value`. */
export function unary(machine: Machine, op: Exclude<UnaryOperator, 'not'>, value: Value): Value {
  const number = numeric(value);
  if (number !== undefined) {
    if (op === '-') return -number;
    if (op === '+') return number;
    if (typeof number === 'bigint') return ~number;
  } else if (value instanceof Foreign) return value.unary(machine, op);
  const method = op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__';
  const answer = machine.callSpecial(value, method, []);
  if (answer !== undefined) return answer;
  throw machine.error('TypeError', `bad operand type for unary ${op}: '${machine.typeOf(value).name}'`);
}

const names: Record<BinaryOperator, string> = {
  ...{ '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow' },
  ...{ '@': 'matmul', '&': 'and', '|': 'or', '^': 'xor', '<<': 'lshift', '>>': 'rshift' },
};

function specialBinary(machine: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left instanceof Foreign) {
    const answer = left.binary(machine, op, right, false);
    if (answer !== undefined) return answer;
  }
  if (right instanceof Foreign) {
    const answer = right.binary(machine, op, left, true);
    if (answer !== undefined) return answer;
  }
  const isSpecial = (value: Value) => value instanceof PyObject && value.subclass !== null;
  const asked: [Value, string, Value][] = [
    [left, `__${names[op]}__`, right],
    [right, `__r${names[op]}__`, left],
  ];
  if (
    isSpecial(right) &&
    isSpecial(left) &&
    machine.typeOf(right) !== machine.typeOf(left) &&
    machine.typeOf(right).isDerivedFrom(machine.typeOf(left))
  )
    asked.reverse();
  for (const [object, method, other] of asked) {
    if (!isSpecial(object)) continue;
    const answer = machine.callSpecial(object, method, [other]);
    if (answer !== undefined && !isNotImplemented(answer)) return answer;
  }
  return undefined;
}

function isNotImplemented(value: Value): boolean {
  return value instanceof PyObject && value.kind === 'NotImplementedType';
}

function unsupported(machine: Machine, op: BinaryOperator, left: Value, right: Value): Error {
  const [a, b] = [machine.typeOf(left).name, machine.typeOf(right).name];
  if (op === '+' && (typeof left === 'string' || left instanceof PyList || left instanceof PyTuple))
    return machine.error('TypeError', `can only concatenate ${a} (not "${b}") to ${a}`);
  if (
    op === '*' &&
    [left, right].some((one) => typeof one === 'string' || one instanceof PyList || one instanceof PyTuple)
  ) {
    const other = typeof left === 'string' || left instanceof PyList || left instanceof PyTuple ? b : a;
    return machine.error('TypeError', `can't multiply sequence by non-int of type '${other}'`);
  }
  const shown = op === '**' ? '** or pow()' : op;
  return machine.error('TypeError', `unsupported operand type(s) for ${shown}: '${a}' and '${b}'`);
}

function ofContainers(machine: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (op === '*') return repeated(machine, left, right) ?? repeated(machine, right, left);
  if (op === '%') return typeof left === 'string' ? percentFormat(machine, left, right) : undefined;
  if (left instanceof PyView || right instanceof PyView)
    return ofContainers(machine, op, asSet(machine, left), asSet(machine, right));
  if (left instanceof PySet && right instanceof PySet) return ofSets(machine, op, left, right);
  if (left instanceof PyDict && right instanceof PyDict && op === '|') {
    machine.allocate(left.entries.size + right.entries.size);
    const merged = new PyDict();
    for (const [key, [name, value]] of [...left.entries, ...right.entries]) merged.put(key, name, value);
    return merged;
  }
  if (op !== '+') return undefined;
  if (typeof left === 'string' && typeof right === 'string') {
    machine.allocate((left.length + right.length) >> 3);
    return checkedText(machine, left + right);
  }
  const isPair =
    (left instanceof PyList && right instanceof PyList) ||
    (left instanceof PyTuple && right instanceof PyTuple);
  if (!isPair) return undefined;
  machine.allocate(left.items.length + right.items.length);
  const items = [...left.items, ...right.items];
  return left instanceof PyList ? new PyList(items) : new PyTuple(items);
}

/** A text that is not too long. */
export function checkedText(machine: Machine, text: string): string {
  if (text.length > MAX_CHARACTERS) throw machine.limit('a text gets too long');
  return text;
}

/** Characters of one text: they are names and messages. */
const MAX_CHARACTERS = 1_000_000;

function repeated(machine: Machine, value: Value, count: Value): Value | undefined {
  const times = numeric(count);
  if (typeof times !== 'bigint') return undefined;
  const isText = typeof value === 'string';
  if (!isText && !(value instanceof PyList) && !(value instanceof PyTuple)) return undefined;
  const length = BigInt(isText ? value.length : value.items.length);
  const total = times > 0n ? length * times : 0n;
  if (total > BigInt(MAX_CHARACTERS))
    throw machine.limit(isText ? 'a text gets too long' : 'a list gets too long');
  machine.allocate(Number(isText ? total >> 3n : total));
  const rounds = total === 0n ? 0 : Number(times);
  if (isText) return value.repeat(rounds);
  const items: Value[] = [];
  for (let round = 0; round < rounds; round++) for (const item of value.items) items.push(item);
  return value instanceof PyList ? new PyList(items) : new PyTuple(items);
}

function asSet(machine: Machine, value: Value): Value {
  if (!(value instanceof PyView) || value.kind === 'dict_values')
    return value instanceof PyView ? null : value;
  const set = new PySet();
  for (const item of machine.list(value)) set.add(machine.key(item), item);
  return set;
}

function ofSets(machine: Machine, op: BinaryOperator, left: PySet, right: PySet): Value | undefined {
  const has = (set: PySet) => (key: Parameters<typeof set.entries.has>[0]) => set.entries.has(key);
  const [inLeft, inRight] = [has(left), has(right)];
  const result = new PySet(left.kind);
  machine.allocate(left.entries.size + right.entries.size);
  const add = (from: PySet, isKept: (key: Parameters<typeof inLeft>[0]) => boolean) => {
    for (const [key, value] of from.entries) if (isKept(key)) result.add(key, value);
  };
  switch (op) {
    case '|':
      add(left, () => true);
      add(right, (key) => !inLeft(key));
      return result;
    case '&':
      add(left, inRight);
      return result;
    case '-':
      add(left, (key) => !inRight(key));
      return result;
    case '^':
      add(left, (key) => !inRight(key));
      add(right, (key) => !inLeft(key));
      return result;
    default:
      return undefined;
  }
}
