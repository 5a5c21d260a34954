import { PyIterator, PyList, PyRange, PyTuple } from '../values/containers';
import { PyDict, PySet, PyView } from '../values/dict';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { firstGiven, PyClass, PyObject, type Value } from '../values/object';
import { Raised } from '../values/raised';
import { plain } from './operators/equality';
import { charactersOf } from './text/characters';

/** The values of something, one after the other. */
export function iterate(machine: Machine, value: Value): Iterable<Value> {
  if (value instanceof PyIterator) return stepsOf(machine, value);
  if (value instanceof Foreign) return ofForeign(machine, value);
  if (value instanceof PyObject && value.subclass) {
    const own = machine.callSpecial(value, '__iter__', []);
    if (own === value) return byNext(machine, own);
    if (own !== undefined) return iterate(machine, own);
  }
  return counted(machine, valuesOf(machine, plain(value), value));
}

function valuesOf(machine: Machine, value: Value, shown: Value): Iterable<Value> {
  if (typeof value === 'string') return charactersOf(value);
  if (value instanceof PyList) return growing(value);
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PyDict) return steady(machine, value, keysOf(value));
  if (value instanceof PyView) return steady(machine, value.dict, picked(value));
  if (value instanceof PySet) return steady(machine, value, value.entries.values());
  if (value instanceof PyRange) return numbers(value);
  if (value instanceof PyClass) {
    const members = value.find('__members__');
    if (members instanceof PyDict) return [...members.entries.values()].map(([, member]) => member);
  }
  if (machine.findSpecial(shown, '__next__') !== undefined) return byNext(machine, shown);
  if (machine.findSpecial(shown, '__getitem__') !== undefined) return byIndex(machine, shown);
  throw machine.error('TypeError', `'${machine.typeOf(shown).name}' object is not iterable`);
}

function* counted(machine: Machine, values: Iterable<Value>): Generator<Value> {
  for (const value of values) {
    machine.spend(1);
    yield value;
  }
}

function* growing(list: PyList): Generator<Value> {
  for (let at = 0; at < list.items.length; at++) yield list.items[at] ?? null;
}

function* keysOf(dict: PyDict): Generator<Value> {
  for (const [key] of dict.entries.values()) yield key;
}

function* picked({ dict, pick }: PyView): Generator<Value> {
  for (const entry of dict.entries.values()) yield pick(entry);
}

function* numbers({ start, step, length }: PyRange): Generator<Value> {
  let at = start;
  for (let left = length; left > 0n; left--, at += step) yield at;
}

/** A dict or set may not change its size while somebody goes through it. */
function* steady(machine: Machine, container: PyDict | PySet, values: Iterable<Value>): Generator<Value> {
  const { size } = container.entries;
  for (const value of values) {
    yield value;
    if (container.entries.size !== size)
      throw machine.error(
        'RuntimeError',
        `${container instanceof PyDict ? 'dictionary' : 'Set'} changed size during iteration`,
      );
  }
}

function ofForeign(machine: Machine, value: Foreign): Iterable<Value> {
  const values = value.iterate(machine);
  if (values === null)
    throw machine.unknown(`only running the model tells how many there are in ${value.repr(machine)}`);
  return counted(machine, values);
}

/** An iterator of ours, which a generator may be sent values through. */
function stepsOf(machine: Machine, iterator: PyIterator): Iterable<Value> {
  const steps: Iterator<Value, Value | undefined, Value> = {
    next: (sent?: Value) => advance(machine, iterator, () => iterator.source.next(sent ?? null)),
  };
  return { [Symbol.iterator]: () => steps as Iterator<Value> };
}

/** One step of an iterator, which cannot be asked for another while it makes one. */
function advance(
  machine: Machine,
  iterator: PyIterator,
  step: () => IteratorResult<Value, Value | undefined>,
): IteratorResult<Value, Value | undefined> {
  if (iterator.isRunning) throw machine.error('ValueError', 'generator already executing');
  machine.spend(1);
  iterator.isRunning = true;
  try {
    return step();
  } finally {
    iterator.isRunning = false;
  }
}

function* byNext(machine: Machine, object: Value): Generator<Value> {
  for (let value = next(machine, object); value !== undefined; value = next(machine, object)) yield value;
}

function* byIndex(machine: Machine, object: Value): Generator<Value> {
  for (let at = 0n; ; at++) {
    try {
      yield machine.getItem(object, at);
    } catch (error) {
      if (!(error instanceof Raised) || !machine.isInstance(error.exception, machine.type('IndexError')))
        throw error;
      return;
    }
  }
}

/** The next value of an iterator; `undefined` when there is none. */
export function next(machine: Machine, iterator: Value): Value | undefined {
  if (iterator instanceof PyIterator) {
    const step = advance(machine, iterator, () => iterator.source.next(null));
    return step.done === true ? undefined : step.value;
  }
  machine.spend(1);
  try {
    const value = machine.callSpecial(iterator, '__next__', []);
    if (value !== undefined) return value;
  } catch (error) {
    if (!(error instanceof Raised) || !machine.isInstance(error.exception, machine.type('StopIteration')))
      throw error;
    return undefined;
  }
  throw machine.error('TypeError', `'${machine.typeOf(iterator).name}' object is not an iterator`);
}

/** The next value of an iterator, or StopIteration with what a generator returned. */
export function nextOrStop(machine: Machine, iterator: Value, otherwise?: Value): Value {
  if (!(iterator instanceof PyIterator)) {
    const value = firstGiven(next(machine, iterator), otherwise);
    if (value === undefined) throw machine.raise(machine.type('StopIteration'));
    return value;
  }
  const step = advance(machine, iterator, () => iterator.source.next(null));
  if (step.done !== true) return step.value;
  if (otherwise !== undefined) return otherwise;
  throw machine.raise(machine.call(machine.type('StopIteration'), step.value == null ? [] : [step.value]));
}

/** All values of something. */
export function listOf(machine: Machine, value: Value): Value[] {
  if ((value instanceof PyList || value instanceof PyTuple) && !value.subclass) {
    machine.allocate(value.items.length);
    return [...value.items];
  }
  const list: Value[] = [];
  for (const item of iterate(machine, value)) {
    machine.allocate(1);
    list.push(item);
  }
  return list;
}

/** `iter(value)`. */
export function iteratorOf(machine: Machine, value: Value): Value {
  if (value instanceof PyIterator) return value;
  if (value instanceof PyObject && value.subclass) {
    const own = machine.callSpecial(value, '__iter__', []);
    if (own !== undefined) return own;
  }
  const source = iterate(machine, value)[Symbol.iterator]();
  return new PyIterator('iterator', source as Iterator<Value, Value | undefined, Value>);
}
