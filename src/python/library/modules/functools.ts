import { updateDict } from '../mappings';
import { NativeFunction, Property, PyFunction } from '../../values/callable';
import { PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import type { Machine } from '../../values/machine';
import { noKeywords, PyClass, PyObject, type Keywords, type Value } from '../../values/object';
import { functions, textOf, type Functions } from '../native';

/** `functools`; caches are what they cache, asked again. */
export function functoolsModule(): [string, Value][] {
  return functions(table);
}

/** A function with some arguments given before others. */
function partial(machine: Machine, callee: Value, args: readonly Value[], keywords: Keywords): Value {
  machine.spend(30);
  const name = machine.findAttribute(callee, '__name__') ?? 'partial';
  const made = new NativeFunction(machine.str(name), '*more, **others', (inner, more, others) =>
    inner.call(callee, [...args, ...(more as Value[])], new Map([...keywords, ...others])),
  );
  const named = new PyDict();
  updateDict(machine, named, undefined, keywords);
  made.attributes = new Map<string, Value>([
    ['func', callee],
    ['args', new PyTuple(args)],
    ['keywords', named],
  ]);
  return made;
}

/** Makes a function look like another. */
function wraps(machine: Machine, made: Value, original: Value): Value {
  if (!(made instanceof PyFunction)) return made;
  const name = machine.findAttribute(original, '__name__');
  if (typeof name === 'string') made.name = name;
  made.attributes = new Map([
    ...(original instanceof PyObject ? (original.attributes ?? []) : []),
    ['__wrapped__', original],
  ]);
  return made;
}

const identity: Functions[string] = [
  'function?, **options',
  (_, [callee]) =>
    callee instanceof PyFunction
      ? callee
      : new NativeFunction('decorator', 'function', (__, [decorated = null]) => decorated),
];

const table: Functions = {
  lru_cache: identity,
  cache: identity,
  singledispatch: identity,
  partial: [
    'function, *args, **keywords',
    (machine, [callee = null, ...args], keywords) => partial(machine, callee, args as Value[], keywords),
  ],
  wraps: [
    'wrapped, **options',
    (_, [original = null]) =>
      new NativeFunction('wraps', 'wrapper', (machine, [made = null]) => wraps(machine, made, original)),
  ],
  update_wrapper: [
    'wrapper, wrapped, **options',
    (machine, [made = null, original = null]) => wraps(machine, made, original),
  ],
  reduce: [
    'function, iterable, initial?',
    (machine, [callee = null, items = null, initial]) => {
      let total = initial;
      for (const item of machine.iterate(items))
        total = total === undefined ? item : machine.call(callee, [total, item]);
      if (total === undefined)
        throw machine.error('TypeError', 'reduce() of empty iterable with no initial value');
      return total;
    },
  ],
  cached_property: [
    'function',
    (machine, [getter = null]) =>
      new Property(getter, null, textOf(machine, machine.getAttribute(getter, '__name__'), 'name')),
  ],
  total_ordering: ['class', (_, [type = null]) => (type instanceof PyClass ? ordered(type) : type)],
  cmp_to_key: [
    'function',
    (machine, [callee = null]) => {
      const isLess = new NativeFunction(
        '__lt__',
        'self, other',
        (inner, [self = null, other = null]) =>
          inner.compare(
            '<',
            inner.call(callee, [inner.getAttribute(self, 'value'), inner.getAttribute(other, 'value')]),
            0n,
          ),
        true,
      );
      const type = machine.makeClass('K', [], new Map([['__lt__', isLess]]), noKeywords);
      return new NativeFunction('key', 'value', (inner, [value = null]) => {
        const made = inner.call(type, []);
        inner.setAttribute(made, 'value', value);
        return made;
      });
    },
  ],
};

/** Gives a class the comparisons that follow from the one it has and from equality. */
function ordered(type: PyClass): PyClass {
  const base = (['__lt__', '__gt__', '__le__', '__ge__'] as const).find((name) => type.own.has(name));
  if (base === undefined) return type;
  const isStrict = base === '__lt__' || base === '__gt__';
  const isLess = base === '__lt__' || base === '__le__';
  const rules: [string, boolean, boolean][] = [
    ['__lt__', isLess, true],
    ['__le__', isLess, false],
    ['__gt__', !isLess, true],
    ['__ge__', !isLess, false],
  ];
  for (const [name, forwards, strict] of rules) {
    if (type.own.has(name)) continue;
    const run = (machine: Machine, self: Value, other: Value) => {
      const [a, b] = forwards ? [self, other] : [other, self];
      const direct = machine.truth(machine.call(type.own.get(base) ?? null, [a, b]));
      if (strict === isStrict) return direct;
      const same = machine.equals(self, other);
      return strict ? direct && !same : direct || same;
    };
    type.own.set(
      name,
      new NativeFunction(
        name,
        'self, other',
        (machine, [self = null, other = null]) => run(machine, self, other),
        true,
      ),
    );
  }
  return type;
}
