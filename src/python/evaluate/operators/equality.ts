import { PyList, PyRange, PySlice, PyTuple } from '../../values/containers';
import { joinKeys, PyDict, PySet, textKey, type Key } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { Instance, type Value } from '../../values/object';
import { numeric } from './numbers';

/** `left == right` as a truth. */
export function equals(machine: Machine, left: Value, right: Value): boolean {
  machine.spend(1);
  const asked = askedEquality(machine, left, right);
  if (asked !== undefined) return machine.truth(asked);
  return plainEquals(machine, left, right);
}

/** What an operand of its own kind answers to `left == right`; `undefined` leaves it to their contents. */
export function askedEquality(machine: Machine, left: Value, right: Value): Value | undefined {
  if (left instanceof Foreign) return left.compare(machine, '==', right);
  if (right instanceof Foreign) return right.compare(machine, '==', left);
  if (left instanceof Instance || hasOwnEquality(left)) {
    const answer = machine.callSpecial(left, '__eq__', [right]);
    if (answer !== undefined && !isNotImplemented(answer)) return answer;
  }
  if (right instanceof Instance || hasOwnEquality(right)) {
    const answer = machine.callSpecial(right, '__eq__', [left]);
    if (answer !== undefined && !isNotImplemented(answer)) return answer;
  }
  return undefined;
}

function hasOwnEquality(value: Value): boolean {
  return typeof value === 'object' && value?.subclass?.find('__eq__') !== undefined;
}

function isNotImplemented(value: Value): boolean {
  return typeof value === 'object' && value?.kind === 'NotImplementedType';
}

function plainEquals(machine: Machine, left: Value, right: Value): boolean {
  if (left === right) return true;
  const [a, b] = [plain(left), plain(right)];
  if (typeof a === 'string') machine.spend(a.length >> 6);
  if (typeof a === 'string' || a === null) return a === b;
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined || y !== undefined) return x !== undefined && y !== undefined && x == y;
  if (a instanceof PyList && b instanceof PyList) return sameItems(machine, a.items, b.items);
  if (a instanceof PyTuple && b instanceof PyTuple) return sameItems(machine, a.items, b.items);
  if (a instanceof PyDict && b instanceof PyDict) return sameDicts(machine, a, b);
  if (a instanceof PySet && b instanceof PySet)
    return a.entries.size === b.entries.size && [...a.entries.keys()].every((key) => b.entries.has(key));
  if (a instanceof PyRange && b instanceof PyRange)
    return (
      a.length === b.length &&
      (a.length === 0n || (a.start === b.start && (a.length === 1n || a.step === b.step)))
    );
  if (a instanceof PySlice && b instanceof PySlice)
    return sameItems(machine, [a.start, a.stop, a.step], [b.start, b.stop, b.step]);
  return false;
}

/** The number or text that an object is besides, if it is one. */
export function plain(value: Value): Value {
  return value instanceof Instance && value.payload !== undefined ? value.payload : value;
}

function sameItems(machine: Machine, left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, at) => {
    const other = right[at] ?? null;
    return item === other || equals(machine, item, other);
  });
}

function sameDicts(machine: Machine, left: PyDict, right: PyDict): boolean {
  if (left.entries.size !== right.entries.size) return false;
  for (const [key, [, value]] of left.entries) {
    const other = right.entries.get(key);
    if (other === undefined || !(value === other[1] || equals(machine, value, other[1]))) return false;
  }
  return true;
}

/** The key that equal values share; a TypeError for what cannot be in a set. */
export function keyOf(machine: Machine, value: Value): Key {
  switch (typeof value) {
    case 'string':
      machine.spend(value.length >> 6);
      return textKey(value);
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'number':
      return Number.isInteger(value) ? BigInt(value) : value;
    default:
      return value === null ? null : objectKey(machine, value);
  }
}

function objectKey(machine: Machine, value: Exclude<Value, null | string | bigint | boolean | number>): Key {
  if (value instanceof PyTuple) {
    machine.spend(value.items.length);
    return limited(
      machine,
      joinKeys(
        'tuple',
        value.items.map((item) => keyOf(machine, item)),
      ),
    );
  }
  if (value instanceof PySet && value.kind === 'frozenset')
    return limited(machine, joinKeys('frozenset', sorted([...value.entries.keys()])));
  if (value instanceof PyRange) return joinKeys('range', [value.start, value.length, value.step]);
  if (
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet ||
    value instanceof PySlice
  )
    throw machine.error('TypeError', `unhashable type: '${machine.typeOf(value).name}'`);
  if (!(value instanceof Instance)) return value;
  const type = machine.typeOf(value);
  const decisive = type.mro.find(({ own }) => own.has('__eq__') || own.has('__hash__'));
  const hash = decisive?.own.get('__hash__');
  if (decisive && (hash === undefined || hash === null))
    throw machine.error('TypeError', `unhashable type: '${type.name}'`);
  if (hash !== undefined) {
    const answer = machine.call(hash, [value]);
    return joinKeys('hash', [type, keyOf(machine, answer)]);
  }
  return value.payload === undefined ? value : keyOf(machine, value.payload);
}

function sorted(keys: Key[]): Key[] {
  const text = (key: Key) => joinKeys('', [key]);
  return keys.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** Keys of tuples in tuples grow with what they hold, so they are paid for. */
function limited(machine: Machine, key: string): string {
  machine.allocate(key.length >> 3);
  return key;
}

/** Whether two values are one object, as `is` asks; numbers and texts are when they are the same. */
export function isSame(left: Value, right: Value): boolean {
  if (typeof left !== typeof right) return false;
  return typeof left === 'number' ? Object.is(left, right) : left === right;
}
