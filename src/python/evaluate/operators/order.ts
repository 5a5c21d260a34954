import type { CompareOperator } from '../../syntax';
import { PyList, PyRange, PyTuple } from '../../values/containers';
import { PyDict, PySet, PyView } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { Instance, PyObject, type Value } from '../../values/object';
import { askedEquality, equals, isSame, plain } from './equality';
import { charactersOf } from '../text/characters';
import { numeric } from './numbers';

type Order = '<' | '>' | '<=' | '>=';

/** `left op right`; a foreign operand may answer anything. */
export function compare(machine: Machine, op: CompareOperator, left: Value, right: Value): Value {
  switch (op) {
    case 'is':
      return isIdentical(machine, left, right);
    case 'is not':
      return !isIdentical(machine, left, right);
    case 'in':
      return contained(machine, left, right);
    case 'not in': {
      const found = contained(machine, left, right);
      return found instanceof Foreign ? (found.not(machine) ?? !machine.truth(found)) : !machine.truth(found);
    }
    case '==':
      return askedEquality(machine, left, right) ?? equals(machine, left, right);
    case '!=':
      return unequal(machine, left, right);
    default:
      return ordered(machine, op, left, right);
  }
}

function isIdentical(machine: Machine, left: Value, right: Value): boolean {
  for (const side of [left, right]) if (side instanceof Foreign) side.beforeIdentity(machine);
  return isSame(left, right);
}

function unequal(machine: Machine, left: Value, right: Value): Value {
  if (left instanceof Foreign) return left.compare(machine, '!=', right) ?? true;
  if (right instanceof Foreign) return right.compare(machine, '!=', left) ?? true;
  if (left instanceof Instance) {
    const answer = machine.callSpecial(left, '__ne__', [right]);
    if (answer !== undefined && !isNotImplemented(answer)) return answer;
  }
  const same = askedEquality(machine, left, right) ?? equals(machine, left, right);
  return same instanceof Foreign ? (same.not(machine) ?? !machine.truth(same)) : !machine.truth(same);
}

function isNotImplemented(value: Value): boolean {
  return value instanceof PyObject && value.kind === 'NotImplementedType';
}

function ordered(machine: Machine, op: Order, left: Value, right: Value): Value {
  const [a, b] = [plain(left), plain(right)];
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return holds(op, x < y, x > y, x == y);
  if (typeof a === 'string' && typeof b === 'string') {
    machine.spend((a.length + b.length) >> 5);
    return byCharacters(op, a, b);
  }
  const special = specialOrder(machine, op, left, right);
  if (special !== undefined) return special;
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple))
    return byItems(machine, op, a.items, b.items);
  if (a instanceof PySet && b instanceof PySet) return bySubset(machine, op, a, b);
  const names = [left, right].map((value) => `'${machine.typeOf(value).name}'`);
  throw machine.error('TypeError', `'${op}' not supported between instances of ${names.join(' and ')}`);
}

function holds(op: Order, less: boolean, more: boolean, same: boolean): boolean {
  return op === '<' ? less : op === '>' ? more : op === '<=' ? less || same : more || same;
}

/** By code points, which JavaScript's own order is not for the few characters beyond 16 bits. */
function byCharacters(op: Order, a: string, b: string): boolean {
  if (!/[\ud800-\uffff]/.test(a) || !/[\ud800-\uffff]/.test(b)) return holds(op, a < b, a > b, a === b);
  const [left, right] = [charactersOf(a), charactersOf(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  const [x, y] =
    at < 0 ? [left.length, right.length] : [left[at]?.codePointAt(0), right[at]?.codePointAt(0) ?? -1];
  return holds(op, (x ?? -1) < y, (x ?? -1) > y, x === y);
}

const methods = { '<': '__lt__', '>': '__gt__', '<=': '__le__', '>=': '__ge__' } as const;
const mirrored = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const;

function specialOrder(machine: Machine, op: Order, left: Value, right: Value): Value | undefined {
  if (left instanceof Foreign) {
    const answer = left.compare(machine, op, right);
    if (answer !== undefined) return answer;
  }
  if (right instanceof Foreign) return right.compare(machine, mirrored[op], left);
  const answer = machine.callSpecial(left, methods[op], [right]);
  if (answer !== undefined && !isNotImplemented(answer)) return answer;
  const other = machine.callSpecial(right, methods[mirrored[op]], [left]);
  return other === undefined || isNotImplemented(other) ? undefined : other;
}

function byItems(machine: Machine, op: Order, left: readonly Value[], right: readonly Value[]): Value {
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [a, b] = [left[at] ?? null, right[at] ?? null];
    if (a !== b && !equals(machine, a, b)) return ordered(machine, op, a, b);
  }
  return holds(op, left.length < right.length, left.length > right.length, left.length === right.length);
}

function bySubset(machine: Machine, op: Order, left: PySet, right: PySet): boolean {
  machine.spend(left.entries.size + right.entries.size);
  const [small, large] = op === '<' || op === '<=' ? [left, right] : [right, left];
  const isSubset = [...small.entries.keys()].every((key) => large.entries.has(key));
  return isSubset && (op === '<=' || op === '>=' || small.entries.size < large.entries.size);
}

/** `item in container`. */
function contained(machine: Machine, item: Value, container: Value): Value {
  if (container instanceof Foreign) return container.contains(machine, item);
  const own =
    container instanceof PyObject && container.subclass
      ? machine.callSpecial(container, '__contains__', [item])
      : undefined;
  if (own !== undefined) return machine.truth(own);
  const within = plain(container);
  if (typeof within === 'string') {
    const text = plain(item);
    if (typeof text === 'string') {
      machine.spend(within.length >> 5);
      return within.includes(text);
    }
    const name = machine.typeOf(item).name;
    throw machine.error('TypeError', `'in <string>' requires string as left operand, not ${name}`);
  }
  if (within instanceof PyView && within.kind === 'dict_keys')
    return within.dict.entries.has(machine.key(item));
  if (within instanceof PyDict || within instanceof PySet) return within.entries.has(machine.key(item));
  if (within instanceof PyRange && typeof plain(item) === 'bigint')
    return inRange(plain(item) as bigint, within);
  for (const value of machine.iterate(within))
    if (value === item || equals(machine, value, item)) return true;
  return false;
}

function inRange(item: bigint, { start, stop, step }: PyRange): boolean {
  const isWithin = step > 0n ? item >= start && item < stop : item <= start && item > stop;
  return isWithin && (item - start) % step === 0n;
}
