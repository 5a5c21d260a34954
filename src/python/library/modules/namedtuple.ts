import { ClassFunction, NativeFunction, Property, PyFunction } from '../../values/callable';
import { PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import type { Machine } from '../../values/machine';
import { firstGiven, PyClass, type Keywords, type Value } from '../../values/object';

/** A class of tuples whose items have names. */
export function namedTuple(
  machine: Machine,
  name: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  more: Iterable<readonly [string, Value]> = [],
): PyClass {
  machine.spend(300 + 20 * fields.length);
  const fill = (inner: Machine, given: readonly Value[], keywords: Keywords): Value[] => {
    if (given.length > fields.length)
      throw inner.error(
        'TypeError',
        `${name}.__new__() takes ${fields.length + 1} positional arguments but ${given.length + 1} were given`,
      );
    for (const key of keywords.keys())
      if (!fields.includes(key))
        throw inner.error('TypeError', `${name}.__new__() got an unexpected keyword argument '${key}'`);
    const missing = fields.filter(
      (field, at) => at >= given.length && !keywords.has(field) && !defaults.has(field),
    );
    if (missing.length > 0)
      throw inner.error(
        'TypeError',
        `${name}.__new__() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.map((one) => `'${one}'`).join(' and ')}`,
      );
    return fields.map((field, at) => firstGiven(given[at], keywords.get(field), defaults.get(field)) ?? null);
  };
  const make = (type: Value | undefined, items: readonly Value[]) => {
    const made = new PyTuple(items);
    made.subclass = type instanceof PyClass ? type : null;
    return made;
  };
  const items = (value: Value | undefined) => (value instanceof PyTuple ? value.items : []);
  const methods: [string, Value][] = [
    [
      '__new__',
      new NativeFunction(name, 'cls, *args, **keywords', (inner, [type, ...args], keywords) =>
        make(type, fill(inner, args as Value[], keywords)),
      ),
    ],
    [
      '_make',
      new ClassFunction(
        'classmethod',
        new NativeFunction(
          '_make',
          'cls, iterable',
          (inner, [type, values = null]) => make(type, inner.list(values)),
          true,
        ),
      ),
    ],
    ['_fields', new PyTuple([...fields])],
    ['__match_args__', new PyTuple([...fields])],
    [
      '_asdict',
      new NativeFunction(
        '_asdict',
        'self',
        (_, [self]) => {
          const dict = new PyDict();
          for (const [at, field] of fields.entries()) dict.set(field, items(self)[at] ?? null);
          return dict;
        },
        true,
      ),
    ],
    [
      '_replace',
      new NativeFunction(
        '_replace',
        'self, **keywords',
        (_, [self], keywords) =>
          make(
            self instanceof PyTuple ? (self.subclass ?? undefined) : undefined,
            fields.map((field, at) => firstGiven(keywords.get(field), items(self)[at]) ?? null),
          ),
        true,
      ),
    ],
    [
      '__repr__',
      new NativeFunction(
        '__repr__',
        'self',
        (inner, [self = null]) =>
          `${inner.typeOf(self).name}(${fields.map((field, at) => `${field}=${inner.repr(items(self)[at] ?? null)}`).join(', ')})`,
        true,
      ),
    ],
    ...fields.map((field, at): [string, Value] => [
      field,
      new Property(new NativeFunction(field, 'self', (_, [self]) => items(self)[at] ?? null)),
    ]),
  ];
  return new PyClass(name, [machine.type('tuple')], [...methods, ...more], true);
}

/** `typing.NamedTuple`: a class derived from it becomes one whose fields are its annotated names. */
export function namedTupleBase(machine: Machine): PyClass {
  const base = new PyClass('NamedTuple', [machine.type('tuple')]);
  base.derive = (derived) => {
    const annotations = derived.own.get('__annotations__');
    const fields =
      annotations instanceof PyDict ? [...annotations.entries.values()].map(([key]) => machine.str(key)) : [];
    const defaults = new Map(
      fields.flatMap((field) => {
        const value = derived.own.get(field);
        return value === undefined || value instanceof PyFunction ? [] : [[field, value] as const];
      }),
    );
    for (const [name, value] of namedTuple(machine, derived.name, fields, defaults).own)
      if (!derived.own.has(name) || fields.includes(name)) derived.own.set(name, value);
  };
  return base;
}
