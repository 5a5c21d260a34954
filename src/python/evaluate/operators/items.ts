import { PyList, PyRange, PySlice, PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { Instance, PyClass, PyObject, type Value } from '../../values/object';
import { indexable } from '../text/characters';
import { plain } from './equality';

/** `object[key]`. */
export function getItem(machine: Machine, object: Value, key: Value): Value {
  if (object instanceof Foreign) return object.getItem(machine, key);
  if (object instanceof PyObject && object.subclass) {
    const answer = machine.callSpecial(object, '__getitem__', [key]);
    if (answer !== undefined) return answer;
  }
  return plainItem(machine, object, key);
}

/** `object[key]` by what the object holds, whatever its class says. */
export function plainItem(machine: Machine, object: Value, key: Value): Value {
  const container = plain(object);
  if (container instanceof PyDict) return dictItem(machine, container, key);
  if (container instanceof PyList || container instanceof PyTuple) {
    const { items } = container;
    if (!(key instanceof PySlice)) return items[position(machine, key, items.length, container.kind)] ?? null;
    const picked = slicePositions(machine, key, items.length).map((at) => items[at] ?? null);
    return container instanceof PyList ? new PyList(picked) : new PyTuple(picked);
  }
  if (typeof container === 'string') {
    const characters = indexable(container);
    machine.spend(characters.length >> 6);
    if (!(key instanceof PySlice))
      return characters[position(machine, key, characters.length, 'string')] ?? '';
    const at = slicePositions(machine, key, characters.length);
    return at.map((index) => characters[index]).join('');
  }
  if (container instanceof PyRange) return rangeItem(machine, container, key);
  if (container instanceof PyClass) return classItem(machine, container, key);
  throw machine.error('TypeError', `'${machine.typeOf(object).name}' object is not subscriptable`);
}

/** `Class[arguments]`: what an enumeration holds under a name, or the class with types nobody checks. */
function classItem(machine: Machine, type: PyClass, key: Value): Value {
  const members = type.find('__members__');
  if (!(members instanceof PyDict)) return type;
  const member = typeof key === 'string' ? type.own.get(key) : undefined;
  if (!(member instanceof Instance)) throw keyError(machine, key);
  return member;
}

function dictItem(machine: Machine, dict: PyDict, key: Value): Value {
  const found = dict.entries.get(machine.key(key));
  if (found !== undefined) return found[1];
  const missing = dict.subclass ? machine.callSpecial(dict, '__missing__', [key]) : undefined;
  if (missing !== undefined) return missing;
  if (dict.missing) return dict.missing(key);
  throw keyError(machine, key);
}

/** A KeyError, which holds the key itself. */
export function keyError(machine: Machine, key: Value): Error {
  return machine.raise(machine.call(machine.type('KeyError'), [key]));
}

function rangeItem(machine: Machine, range: PyRange, key: Value): Value {
  const length = Number(range.length);
  if (!(key instanceof PySlice))
    return range.start + BigInt(position(machine, key, length, 'range object')) * range.step;
  const { start, step, count } = sliceBounds(machine, key, length);
  const from = range.start + BigInt(start) * range.step;
  const stride = range.step * BigInt(step);
  return new PyRange(from, from + stride * BigInt(count), stride);
}

/** `object[key] = value`. */
export function setItem(machine: Machine, object: Value, key: Value, value: Value): void {
  if (object instanceof Foreign) {
    object.setItem(machine, key, value);
    return;
  }
  if (object instanceof PyObject && object.subclass) {
    const answer = machine.callSpecial(object, '__setitem__', [key, value]);
    if (answer !== undefined) return;
  }
  plainSetItem(machine, object, key, value);
}

/** `object[key] = value` by what the object holds, whatever its class says. */
export function plainSetItem(machine: Machine, object: Value, key: Value, value: Value): void {
  if (object instanceof PyObject) machine.touch(object);
  if (object instanceof PyDict) {
    machine.allocate(3);
    object.put(machine.key(key), key, value);
  } else if (object instanceof PyList) {
    if (key instanceof PySlice) replaceSlice(machine, object, key, machine.list(value));
    else object.items[position(machine, key, object.items.length, 'list assignment')] = value;
  } else
    throw machine.error(
      'TypeError',
      `'${machine.typeOf(object).name}' object does not support item assignment`,
    );
}

function replaceSlice(machine: Machine, list: PyList, slice: PySlice, values: Value[]): void {
  const { start, step, count } = sliceBounds(machine, slice, list.items.length);
  machine.allocate(values.length);
  if (step === 1) {
    list.items = [...list.items.slice(0, start), ...values, ...list.items.slice(start + count)];
    machine.allocate(list.items.length);
    return;
  }
  if (values.length !== count)
    throw machine.error(
      'ValueError',
      `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`,
    );
  for (const [index, value] of values.entries()) list.items[start + index * step] = value;
}

/** `del object[key]`. */
export function deleteItem(machine: Machine, object: Value, key: Value): void {
  if (object instanceof PyObject && object.subclass) {
    if (machine.callSpecial(object, '__delitem__', [key]) !== undefined) return;
  }
  if (object instanceof PyDict) {
    machine.touch(object);
    if (!object.entries.delete(machine.key(key))) throw keyError(machine, key);
  } else if (object instanceof PyList) {
    machine.touch(object);
    const at =
      key instanceof PySlice
        ? slicePositions(machine, key, object.items.length)
        : [position(machine, key, object.items.length, 'list assignment')];
    const gone = new Set(at);
    machine.spend(object.items.length);
    object.items = object.items.filter((_, index) => !gone.has(index));
  } else
    throw machine.error('TypeError', `'${machine.typeOf(object).name}' object doesn't support item deletion`);
}

/** Where an index points to in something of a length; an IndexError beyond it. */
function position(machine: Machine, key: Value, length: number, what: string): number {
  if (key !== null && typeof key === 'object' && key.kind !== 'object') throw indexType(machine, key, what);
  if (key === null || typeof key === 'string' || typeof key === 'number') throw indexType(machine, key, what);
  const index = machine.index(key);
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) throw machine.error('IndexError', `${what} index out of range`);
  return at;
}

function indexType(machine: Machine, key: Value, what: string): Error {
  if (key instanceof Foreign)
    return machine.unknown(`${key.typeName} as an index of a ${what} is not known here`);
  const kind = what.replace(/ .*/, '');
  const type = machine.typeOf(key).name;
  const wanted = kind === 'string' ? 'integers' : 'integers or slices';
  return machine.error(
    'TypeError',
    `${kind} indices must be ${wanted}, not ${kind === 'string' ? `'${type}'` : type}`,
  );
}

/** The positions that a slice takes of something of a length. */
function slicePositions(machine: Machine, slice: PySlice, length: number): number[] {
  const { start, step, count } = sliceBounds(machine, slice, length);
  machine.allocate(count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** Where a slice begins in something of a length, its step, and how many it takes. */
export function sliceBounds(
  machine: Machine,
  slice: PySlice,
  length: number,
): { start: number; stop: number; step: number; count: number } {
  const step = slice.step === null ? 1 : machine.index(slice.step);
  if (step === 0) throw machine.error('ValueError', 'slice step cannot be zero');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: Value, otherwise: number) => {
    if (value === null) return otherwise;
    const index = machine.index(value);
    return Math.min(Math.max(index < 0 ? index + length : index, low), high);
  };
  const start = bound(slice.start, step > 0 ? low : high);
  const stop = bound(slice.stop, step > 0 ? high : low);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return { start, stop, step, count };
}
