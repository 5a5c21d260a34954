import { NativeFunction } from '../../values/callable';
import { PyList, PyTuple } from '../../values/containers';
import { PyDict, PySet } from '../../values/dict';
import type { Machine } from '../../values/machine';
import { firstGiven, Instance, PyClass, type Keywords, type Value } from '../../values/object';
import { functions } from '../native';
import { deepCopy } from './copy';

interface Field {
  name: string;
  /** What it is when it is not given; `undefined` where it must be. */
  value: Value | undefined;
  factory: Value | undefined;
  isInit: boolean;
  isShown: boolean;
  isCompared: boolean;
  isKeywordOnly: boolean;
  /** Given to `__post_init__` and not kept. */
  isPassed: boolean;
}

/** `dataclasses`: `@dataclass`, `field`, `asdict` and what goes with them. */
export function dataclassesModule(machine: Machine): [string, Value][] {
  const fieldType = new PyClass('Field', [machine.type('object')]);
  const known = new WeakMap<PyClass, readonly Field[]>();
  const fieldsOf = (inner: Machine, value: Value): readonly Field[] => {
    const type = value instanceof PyClass ? value : inner.typeOf(value);
    const found = type.mro.map((one) => known.get(one)).find((one) => one !== undefined);
    if (!found) throw inner.error('TypeError', 'must be called with a dataclass type or instance');
    return found;
  };
  const decorate = (inner: Machine, type: Value, options: Keywords) => {
    if (!(type instanceof PyClass)) throw inner.error('TypeError', 'a dataclass must be a class');
    const inherited = type.mro
      .slice(1)
      .reverse()
      .flatMap((one) => known.get(one) ?? []);
    const all = new Map(inherited.map((field) => [field.name, field]));
    for (const field of ownFields(inner, type, fieldType, options.get('kw_only') === true))
      all.set(field.name, field);
    inner.spend(200);
    known.set(type, [...all.values()]);
    addMethods(type, [...all.values()], options);
    return type;
  };
  return [
    ['Field', fieldType],
    ['MISSING', new Instance(new PyClass('_MISSING_TYPE', [machine.type('object')]))],
    ['KW_ONLY', new Instance(new PyClass('_KW_ONLY_TYPE', [machine.type('object')]))],
    ['InitVar', new PyClass('InitVar', [machine.type('object')])],
    ...functions({
      dataclass: [
        'class?, **options',
        (inner, [type], options) =>
          type === undefined
            ? new NativeFunction('dataclass', 'class', (within, [given = null]) =>
                decorate(within, given, options),
              )
            : decorate(inner, type, options),
      ],
      field: [
        '**options',
        (_, __, options) => {
          const made = new Instance(fieldType);
          made.attributes = new Map(options);
          return made;
        },
      ],
      fields: [
        'class_or_instance',
        (inner, [value = null]) =>
          new PyTuple(
            fieldsOf(inner, value).map(({ name, value: otherwise }) => {
              const made = new Instance(fieldType);
              made.attributes = new Map<string, Value>([
                ['name', name],
                ['default', otherwise ?? null],
              ]);
              return made;
            }),
          ),
      ],
      is_dataclass: [
        'object',
        (inner, [value = null]) =>
          (value instanceof PyClass ? value : inner.typeOf(value)).mro.some((one) => known.has(one)),
      ],
      asdict: [
        'instance, **options',
        (inner, [value = null]) =>
          plainCopy(inner, value, (one) =>
            one.subclass?.mro.some((type) => known.has(type)) ? fieldsOf(inner, one) : null,
          ),
      ],
      astuple: [
        'instance, **options',
        (inner, [value = null]) =>
          new PyTuple(fieldsOf(inner, value).map(({ name }) => inner.getAttribute(value, name))),
      ],
      replace: [
        'instance, **changes',
        (inner, [value = null], changes) => {
          const all = new Map(
            fieldsOf(inner, value)
              .filter(({ isInit }) => isInit)
              .map(({ name }) => [
                name,
                firstGiven(changes.get(name), inner.getAttribute(value, name)) ?? null,
              ]),
          );
          return inner.call(inner.typeOf(value), [], all);
        },
      ],
    }),
  ];
}

function ownFields(machine: Machine, type: PyClass, fieldType: PyClass, allKeywords: boolean): Field[] {
  const annotations = type.own.get('__annotations__');
  const fields: Field[] = [];
  let isKeywordOnly = allKeywords;
  for (const [key, hint] of annotations instanceof PyDict ? annotations.entries.values() : []) {
    const [name, text] = [machine.str(key), machine.str(hint)];
    if (/\bClassVar\b/.test(text)) continue;
    if (/\bKW_ONLY$/.test(text)) {
      isKeywordOnly = true;
      continue;
    }
    const given = type.own.get(name);
    const options = given instanceof Instance && given.subclass === fieldType ? given.attributes : null;
    const value = options ? options.get('default') : given;
    if (value instanceof PyList || value instanceof PyDict || value instanceof PySet)
      throw machine.error(
        'ValueError',
        `mutable default ${machine.repr(machine.typeOf(value))} for field ${name} is not allowed: use default_factory`,
      );
    if (options && value === undefined) type.own.delete(name);
    else if (options && value !== undefined) type.own.set(name, value);
    fields.push({
      ...{ name, value, factory: options?.get('default_factory') },
      ...{
        isInit: options?.get('init') !== false,
        isShown: options?.get('repr') !== false,
        isCompared: options?.get('compare') !== false,
      },
      isKeywordOnly: isKeywordOnly || options?.get('kw_only') === true,
      isPassed: /\bInitVar\b/.test(text),
    });
  }
  return fields;
}

function addMethods(type: PyClass, fields: readonly Field[], options: Keywords): void {
  const set = (name: string, parameters: string, run: NativeFunction['run']) => {
    if (!type.own.has(name)) type.own.set(name, new NativeFunction(name, parameters, run, true));
  };
  const compared = (self: Value, machine: Machine) =>
    new PyTuple(
      fields.filter(({ isCompared }) => isCompared).map(({ name }) => machine.getAttribute(self, name)),
    );
  type.own.set(
    '__match_args__',
    new PyTuple(
      fields.filter(({ isInit, isKeywordOnly }) => isInit && !isKeywordOnly).map(({ name }) => name),
    ),
  );
  if (options.get('init') !== false)
    set('__init__', 'self, *args, **keywords', (machine, [self = null, ...args], keywords) =>
      initialize(machine, type, fields, self, args as Value[], keywords),
    );
  if (options.get('repr') !== false)
    set('__repr__', 'self', (machine, [self = null]) => {
      const shown = fields
        .filter((field) => field.isShown && !field.isPassed)
        .map(({ name }) => `${name}=${machine.repr(machine.getAttribute(self, name))}`);
      return `${machine.str(machine.getAttribute(machine.typeOf(self), '__qualname__'))}(${shown.join(', ')})`;
    });
  if (options.get('eq') !== false)
    set(
      '__eq__',
      'self, other',
      (machine, [self = null, other = null]) =>
        machine.typeOf(self) === machine.typeOf(other) &&
        machine.equals(compared(self, machine), compared(other, machine)),
    );
  if (options.get('order') === true)
    for (const [name, op] of [
      ['__lt__', '<'],
      ['__le__', '<='],
      ['__gt__', '>'],
      ['__ge__', '>='],
    ] as const)
      set(name, 'self, other', (machine, [self = null, other = null]) =>
        machine.compare(op, compared(self, machine), compared(other, machine)),
      );
  if (options.get('frozen') === true || options.get('unsafe_hash') === true)
    set('__hash__', 'self', (machine, [self = null]) => compared(self, machine));
  if (options.get('frozen') !== true) return;
  const refuse: NativeFunction['run'] = (machine, [, name = null]) => {
    throw machine.error('AttributeError', `cannot assign to field ${machine.repr(name)}`);
  };
  set('__setattr__', 'self, name, value', refuse);
}

function initialize(
  machine: Machine,
  type: PyClass,
  fields: readonly Field[],
  self: Value,
  args: readonly Value[],
  keywords: Keywords,
): null {
  const taken = fields.filter(({ isInit }) => isInit);
  const positional = taken.filter(({ isKeywordOnly }) => !isKeywordOnly);
  const fail = (text: string) => machine.error('TypeError', `${type.name}.__init__() ${text}`);
  if (args.length > positional.length)
    throw fail(
      `takes ${positional.length + 1} positional argument${positional.length === 0 ? '' : 's'} but ${args.length + 1} were given`,
    );
  for (const name of keywords.keys()) {
    const at = positional.findIndex((field) => field.name === name);
    if (!taken.some((field) => field.name === name))
      throw fail(`got an unexpected keyword argument '${name}'`);
    if (at >= 0 && at < args.length) throw fail(`got multiple values for argument '${name}'`);
  }
  const passed: Value[] = [];
  const missing: string[] = [];
  for (const field of fields) {
    const at = positional.indexOf(field);
    const given = field.isInit
      ? firstGiven(at >= 0 ? args[at] : undefined, keywords.get(field.name))
      : undefined;
    const value =
      given === undefined && field.value === undefined && field.factory !== undefined
        ? machine.call(field.factory, [])
        : firstGiven(given, field.value);
    if (value === undefined && field.isInit) missing.push(`'${field.name}'`);
    else if (value !== undefined && field.isPassed) passed.push(value);
    else if (value !== undefined) machine.plainSetAttribute(self, field.name, value);
  }
  if (missing.length > 0)
    throw fail(
      `missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.join(' and ')}`,
    );
  machine.callSpecial(self, '__post_init__', passed);
  return null;
}

/** `asdict`: dataclasses become dicts, at any depth. */
function plainCopy(
  machine: Machine,
  value: Value,
  fieldsOf: (value: Instance) => readonly Field[] | null,
): Value {
  machine.spend(1);
  const again = (one: Value) => plainCopy(machine, one, fieldsOf);
  const fields = value instanceof Instance ? fieldsOf(value) : null;
  if (fields) {
    const dict = new PyDict();
    for (const { name, isPassed } of fields)
      if (!isPassed) dict.set(name, again(machine.getAttribute(value, name)));
    return dict;
  }
  if (value instanceof PyList) return new PyList(value.items.map(again));
  if (value instanceof PyTuple && !value.subclass) return new PyTuple(value.items.map(again));
  if (value instanceof PyDict) {
    const dict = new PyDict();
    for (const [key, [name, item]] of value.entries) dict.put(key, name, again(item));
    return dict;
  }
  return deepCopy(machine, value);
}
