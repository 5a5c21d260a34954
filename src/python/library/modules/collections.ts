import { PyClass, type Value } from '../../values/object';
import { PyIterator, PyList, PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import { sortValues } from '../../evaluate/operators/sort';
import { NativeFunction } from '../../values/callable';
import type { Machine } from '../../values/machine';
import { updateDict } from '../mappings';
import { addMethods, addProperties, functions, selfAs } from '../native';
import { namedTuple } from './namedtuple';

/** `collections`: dicts that are more, a list with two ends, and tuples with names. */
export function collectionsModule(machine: Machine): [string, Value][] {
  const dict = machine.type('dict');
  const ordered = new PyClass('OrderedDict', [dict]);
  ordered.module = 'collections';
  addMethods(ordered, asDict, {
    __repr__: [
      '',
      (inner, self) => {
        const pairs = [...self.entries.values()].map((entry) => new PyTuple(entry));
        return `OrderedDict(${pairs.length > 0 ? inner.repr(new PyList(pairs)) : ''})`;
      },
    ],
  });
  return [
    ['OrderedDict', ordered],
    ['defaultdict', defaultDict(dict)],
    ['Counter', counter(dict)],
    ['deque', deque(machine)],
    ['UserDict', dict],
    ['UserList', machine.type('list')],
    ...functions({
      namedtuple: [
        'typename, field_names, rename?, defaults?, module?',
        (inner, [name = '', fields = null, , defaults = null]) => {
          const names =
            typeof fields === 'string'
              ? fields.split(/[\s,]+/).filter((one) => one !== '')
              : inner.list(fields).map((one) => inner.str(one));
          const values = defaults === null ? [] : inner.list(defaults);
          const optional = new Map(
            values.map((value, at) => [names[names.length - values.length + at] ?? '', value]),
          );
          return namedTuple(inner, inner.str(name), names, optional);
        },
      ],
    }),
  ];
}

const asDict = selfAs('dict', (value) => value instanceof PyDict);

function defaultDict(dict: PyClass): PyClass {
  const type = new PyClass('defaultdict', [dict]);
  type.module = 'collections';
  addMethods(type, asDict, {
    __init__: [
      'default_factory?, iterable?, **keywords',
      (machine, self, [factory = null, source], keywords) => {
        self.attributes = new Map([['default_factory', factory]]);
        if (factory !== null)
          self.missing = (key) => {
            const value = machine.call(factory, []);
            machine.setItem(self, key, value);
            return value;
          };
        updateDict(machine, self, source, keywords);
        return null;
      },
    ],
    __repr__: [
      '',
      (machine, self) =>
        `defaultdict(${machine.repr(self.attributes?.get('default_factory') ?? null)}, ${machine.repr(new PyDict(self.entries))})`,
    ],
  });
  return type;
}

function counter(dict: PyClass): PyClass {
  const type = new PyClass('Counter', [dict]);
  type.module = 'collections';
  const count = (machine: Machine, self: PyDict, key: Value, by: Value) => {
    const at = machine.key(key);
    self.put(at, key, machine.binary('+', self.entries.get(at)?.[1] ?? 0n, by));
  };
  const add = (machine: Machine, self: PyDict, source: Value | undefined) => {
    if (source instanceof PyDict)
      for (const [key, value] of source.entries.values()) count(machine, self, key, value);
    else if (source !== undefined && source !== null)
      for (const key of machine.list(source)) count(machine, self, key, 1n);
    return null;
  };
  addMethods(type, asDict, {
    __init__: [
      'iterable?, **keywords',
      (machine, self, [source], keywords) => {
        self.missing = () => 0n;
        for (const [name, value] of keywords) self.set(name, value);
        return add(machine, self, source);
      },
    ],
    update: ['iterable?', (machine, self, [source]) => add(machine, self, source)],
    __repr__: [
      '',
      (machine, self) =>
        `Counter(${self.entries.size > 0 ? machine.repr(dictOf(machine, byCount(machine, self))) : ''})`,
    ],
    most_common: [
      'n?',
      (machine, self, [most = null]) => {
        const sorted = byCount(machine, self).map((entry) => new PyTuple(entry));
        return new PyList(most === null ? sorted : sorted.slice(0, machine.index(most)));
      },
    ],
    elements: [
      '',
      (machine, self) => {
        const values = [...self.entries.values()].flatMap(([key, times]) => {
          machine.allocate(Math.max(0, machine.index(times)));
          return new Array<Value>(Math.max(0, machine.index(times))).fill(key);
        });
        return new PyIterator('chain', values.values());
      },
    ],
    total: [
      '',
      (machine, self) =>
        [...self.entries.values()].reduce<Value>((sum, [, value]) => machine.binary('+', sum, value), 0n),
    ],
  });
  return type;
}

/** The entries of a counter, the most frequent first. */
function byCount(machine: Machine, self: PyDict): (readonly [Value, Value])[] {
  const entries = [...self.entries.values()];
  const count = new NativeFunction('count', 'entry', (_, [entry]) =>
    entry instanceof PyTuple ? (entry.items[1] ?? 0n) : 0n,
  );
  const sorted = sortValues(
    machine,
    entries.map((entry) => new PyTuple(entry)),
    count,
    true,
  );
  return sorted.map((entry) =>
    entry instanceof PyTuple ? [entry.items[0] ?? null, entry.items[1] ?? null] : [null, null],
  );
}

function dictOf(machine: Machine, entries: readonly (readonly [Value, Value])[]): PyDict {
  const dict = new PyDict();
  for (const [key, value] of entries) dict.put(machine.key(key), key, value);
  return dict;
}

function deque(machine: Machine): PyClass {
  const type = new PyClass('deque', [machine.type('list')]);
  type.module = 'collections';
  const self = selfAs('deque', (value) => value instanceof PyList);
  const longest = (list: PyList) => {
    const most = list.attributes?.get('maxlen');
    return typeof most === 'bigint' ? Number(most) : Infinity;
  };
  const added = (inner: Machine, list: PyList, items: readonly Value[], atStart: boolean) => {
    inner.touch(list);
    inner.allocate(items.length);
    for (const item of items) {
      if (atStart) list.items.unshift(item);
      else list.items.push(item);
      if (list.items.length > longest(list)) {
        if (atStart) list.items.pop();
        else list.items.shift();
      }
    }
    inner.spend(list.items.length >> 4);
    return null;
  };
  addMethods(type, self, {
    __init__: [
      'iterable?, maxlen?',
      (inner, list, [items, most = null]) => {
        list.attributes = new Map([['maxlen', most]]);
        return items === undefined ? null : added(inner, list, inner.list(items), false);
      },
    ],
    append: ['x', (inner, list, [item = null]) => added(inner, list, [item], false)],
    appendleft: ['x', (inner, list, [item = null]) => added(inner, list, [item], true)],
    extend: ['iterable', (inner, list, [items = null]) => added(inner, list, inner.list(items), false)],
    extendleft: ['iterable', (inner, list, [items = null]) => added(inner, list, inner.list(items), true)],
    popleft: [
      '',
      (inner, list) => {
        inner.touch(list);
        const item = list.items.shift();
        if (item === undefined) throw inner.error('IndexError', 'pop from an empty deque');
        return item;
      },
    ],
    rotate: [
      'n?',
      (inner, list, [by = 1n]) => {
        inner.touch(list);
        inner.spend(list.items.length);
        const steps =
          list.items.length === 0
            ? 0
            : ((inner.index(by) % list.items.length) + list.items.length) % list.items.length;
        list.items = [
          ...list.items.slice(list.items.length - steps),
          ...list.items.slice(0, list.items.length - steps),
        ];
        return null;
      },
    ],
    __repr__: [
      '',
      (inner, list) => {
        const most = list.attributes?.get('maxlen');
        return `deque(${inner.repr(new PyList(list.items))}${most === null || most === undefined ? '' : `, maxlen=${inner.repr(most)}`})`;
      },
    ],
  });
  addProperties(type, self, { maxlen: (list) => list.attributes?.get('maxlen') ?? null });
  return type;
}
