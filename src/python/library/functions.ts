import { iteratorOf, nextOrStop } from '../evaluate/iteration';
import { sortValues } from '../evaluate/operators/sort';
import { charactersOf } from '../evaluate/text/characters';
import { attributesAsDict } from '../values/attributes';
import { BoundMethod, NativeFunction, PyFunction } from '../values/callable';
import { PyIterator, PyList, PyRange, PyTuple } from '../values/containers';
import { Foreign } from '../values/foreign';
import { TypeHint } from '../values/hint';
import type { Machine } from '../values/machine';
import { firstGiven, PyClass, PyObject, type Value } from '../values/object';
import { arithmeticFunctions } from './arithmetic';
import { textOf, type Functions } from './native';
import { pair } from './objects';

/** Built-in functions, without those that are classes. */
export const builtinFunctions: Functions = {
  ...arithmeticFunctions,
  len: ['object', (machine, [value = null]) => machine.length(value)],
  print: [
    '*values, **options',
    (machine, values) => {
      machine.note(values.map((value = null) => machine.str(value)).join(' '));
      return null;
    },
  ],
  repr: ['object', (machine, [value = null]) => machine.repr(value)],
  ascii: ['object', (machine, [value = null]) => machine.repr(value)],
  format: ['value, spec?', (machine, [value = null, spec = '']) => machine.format(value, machine.str(spec))],
  id: ['object', (_, [value]) => (value instanceof PyObject ? BigInt(value.serial) : 0n)],
  hash: ['object', (machine, [value = null]) => hashOf(machine, value)],
  callable: ['object', (machine, [value = null]) => isCallable(machine, value)],
  isinstance: ['object, classes', (machine, [value = null, type = null]) => machine.isInstance(value, type)],
  issubclass: ['class, classes', (machine, [type = null, other = null]) => isSubclass(machine, type, other)],
  hasattr: [
    'object, name',
    (machine, [value = null, name]) =>
      machine.findAttribute(value, textOf(machine, name, 'attribute name')) !== undefined,
  ],
  getattr: ['object, name, default?', getAttribute],
  setattr: [
    'object, name, value',
    (machine, [object = null, name, value = null]) => {
      machine.setAttribute(object, textOf(machine, name, 'attribute name'), value);
      return null;
    },
  ],
  delattr: [
    'object, name',
    (machine, [object = null, name]) => {
      machine.deleteAttribute(object, textOf(machine, name, 'attribute name'));
      return null;
    },
  ],
  vars: [
    'object',
    (machine, [object = null]) => {
      if (object instanceof PyObject && !(object instanceof Foreign) && !(object instanceof PyClass))
        return attributesAsDict(object);
      throw machine.unknown('the names of this are not known here');
    },
  ],
  iter: [
    'object, sentinel?',
    (machine, [value = null, sentinel]) => {
      if (sentinel === undefined) return iteratorOf(machine, value);
      throw machine.unknown('iter with two arguments is not known here');
    },
  ],
  next: [
    'iterator, default?',
    (machine, [iterator = null, otherwise]) => nextOrStop(machine, iterator, otherwise),
  ],
  enumerate: [
    'iterable, start?',
    (machine, [items = null, start = 0n]) => lazily('enumerate', counted(machine, items, start)),
  ],
  zip: [
    '*iterables, **options',
    (machine, iterables, keywords) =>
      lazily('zip', zipped(machine, iterables, keywords.get('strict') === true)),
  ],
  map: [
    'function, *iterables',
    (machine, [callee = null, ...iterables]) => lazily('map', mapped(machine, callee, iterables)),
  ],
  filter: [
    'function, iterable',
    (machine, [callee = null, items = null]) => lazily('filter', filtered(machine, callee, items)),
  ],
  reversed: ['sequence', (machine, [items = null]) => reversed(machine, items)],
  sorted: [
    'iterable, key?, reverse?',
    (machine, [items = null, key = null, reverse = false]) =>
      new PyList(sortValues(machine, machine.list(items), key, machine.truth(reverse))),
  ],
  sum: [
    'iterable, start?',
    (machine, [items = null, start = 0n]) => {
      if (typeof start === 'string')
        throw machine.error('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
      let total: Value = start;
      for (const item of machine.iterate(items)) total = machine.binary('+', total, item);
      return total;
    },
  ],
  min: [
    '*values, **options',
    (machine, values, options) => extreme(machine, 'min', values, options, (a, b) => machine.isLess(a, b)),
  ],
  max: [
    '*values, **options',
    (machine, values, options) => extreme(machine, 'max', values, options, (a, b) => machine.isLess(b, a)),
  ],
  any: [
    'iterable',
    (machine, [items = null]) => {
      for (const item of machine.iterate(items)) if (machine.truth(item)) return true;
      return false;
    },
  ],
  all: [
    'iterable',
    (machine, [items = null]) => {
      for (const item of machine.iterate(items)) if (!machine.truth(item)) return false;
      return true;
    },
  ],
  chr: ['i', (machine, [code = null]) => character(machine, machine.index(code))],
  ord: [
    'c',
    (machine, [text]) => {
      const [first, ...more] = charactersOf(textOf(machine, text, 'ord() argument'));
      if (first === undefined || more.length > 0)
        throw machine.error(
          'TypeError',
          `ord() expected a character, but string of length ${first === undefined ? 0 : more.length + 1} found`,
        );
      return BigInt(first.codePointAt(0) ?? 0);
    },
  ],
};

function lazily(name: string, values: Generator<Value, undefined>): PyIterator {
  return new PyIterator(name, values);
}

function getAttribute(
  machine: Machine,
  [object = null, name, otherwise]: readonly (Value | undefined)[],
): Value {
  const wanted = textOf(machine, name, 'attribute name');
  if (otherwise === undefined) return machine.getAttribute(object, wanted);
  return firstGiven(machine.findAttribute(object, wanted), otherwise) ?? null;
}

function hashOf(machine: Machine, value: Value): bigint {
  const key = machine.key(value);
  if (typeof key === 'bigint') return key % (2n ** 61n - 1n);
  if (key instanceof PyObject) return BigInt(key.serial);
  machine.spend(String(key).length >> 1);
  let hash = 17;
  for (const one of String(key)) hash = (hash * 31 + (one.codePointAt(0) ?? 0)) | 0;
  return BigInt(hash);
}

function isCallable(machine: Machine, value: Value): boolean {
  if (
    value instanceof PyFunction ||
    value instanceof NativeFunction ||
    value instanceof BoundMethod ||
    value instanceof PyClass
  )
    return true;
  if (value instanceof Foreign) return true;
  return machine.findSpecial(value, '__call__') !== undefined;
}

function isSubclass(machine: Machine, type: Value, other: Value): boolean {
  if (other instanceof PyTuple) return other.items.some((one) => isSubclass(machine, type, one));
  if (other instanceof TypeHint) return other.members.some((one) => isSubclass(machine, type, one));
  if (!(type instanceof PyClass)) throw machine.error('TypeError', 'issubclass() arg 1 must be a class');
  if (other instanceof PyClass) return type.isDerivedFrom(other);
  if (other instanceof Foreign) return false;
  throw machine.error('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
}

function* counted(machine: Machine, items: Value, start: Value): Generator<Value, undefined> {
  let at = BigInt(machine.index(start));
  for (const item of machine.iterate(items)) yield pair(at++, item);
  return undefined;
}

function* zipped(
  machine: Machine,
  iterables: readonly (Value | undefined)[],
  isStrict: boolean,
): Generator<Value, undefined> {
  const sources = iterables.map((one = null) => machine.iterate(one)[Symbol.iterator]());
  while (sources.length > 0) {
    const steps: Value[] = [];
    for (const [at, source] of sources.entries()) {
      const step = source.next(null);
      if (step.done === true) {
        if (isStrict && at > 0)
          throw machine.error(
            'ValueError',
            `zip() argument ${at + 1} is shorter than argument${at > 1 ? `s 1-${at}` : ' 1'}`,
          );
        if (isStrict && sources.slice(1).some((other) => other.next(null).done !== true))
          throw machine.error('ValueError', 'zip() argument 2 is longer than argument 1');
        return undefined;
      }
      steps.push(step.value);
    }
    yield new PyTuple(steps);
  }
  return undefined;
}

function* mapped(
  machine: Machine,
  callee: Value,
  iterables: readonly (Value | undefined)[],
): Generator<Value, undefined> {
  for (const values of zipped(machine, iterables, false))
    yield machine.call(callee, values instanceof PyTuple ? values.items : []);
  return undefined;
}

function* filtered(machine: Machine, callee: Value, items: Value): Generator<Value, undefined> {
  for (const item of machine.iterate(items))
    if (machine.truth(callee === null ? item : machine.call(callee, [item]))) yield item;
  return undefined;
}

function reversed(machine: Machine, items: Value): Value {
  const own = machine.callSpecial(items, '__reversed__', []);
  if (own !== undefined) return own;
  if (items instanceof PyRange)
    return iteratorOf(
      machine,
      new PyRange(items.start + (items.length - 1n) * items.step, items.start - items.step, -items.step),
    );
  if (
    items instanceof PyObject &&
    (items.kind === 'set' || items.kind === 'generator' || items.kind === 'iterator')
  )
    throw machine.error('TypeError', `'${machine.typeOf(items).name}' object is not reversible`);
  return lazily('reversed', machine.list(items).reverse().values() as Generator<Value, undefined>);
}

function extreme(
  machine: Machine,
  name: string,
  values: readonly (Value | undefined)[],
  options: ReadonlyMap<string, Value>,
  isBetter: (candidate: Value, best: Value) => boolean,
): Value {
  const [first = null] = values;
  const key = options.get('key') ?? null;
  let best: { value: Value; key: Value } | null = null;
  const all: Iterable<Value> =
    values.length === 1 ? machine.iterate(first) : values.map((value = null) => value);
  for (const value of all) {
    const candidate = { value, key: key === null ? value : machine.call(key, [value]) };
    if (!best || isBetter(candidate.key, best.key)) best = candidate;
  }
  const otherwise = options.get('default');
  if (best) return best.value;
  if (otherwise !== undefined) return otherwise;
  throw machine.error('ValueError', `${name}() arg is an empty sequence`);
}

function character(machine: Machine, code: number): string {
  if (code < 0 || code > 0x10ffff) throw machine.error('ValueError', 'chr() arg not in range(0x110000)');
  return String.fromCodePoint(code);
}
