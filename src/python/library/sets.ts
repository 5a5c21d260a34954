import { keyError } from '../evaluate/operators/items';
import { PySet, type Key } from '../values/dict';
import type { Machine } from '../values/machine';
import { PyClass, type Value } from '../values/object';
import { addMethods, selfAs, setMaker } from './native';

/** `set` and `frozenset`, with their methods. */
export function addSets(classes: ReadonlyMap<string, PyClass>): void {
  for (const type of [classes.get('set'), classes.get('frozenset')]) if (type) addSet(type);
}

const asSet = selfAs('set', (value) => value instanceof PySet);

/** The items of any iterable as a set. */
function setOf(machine: Machine, value: Value, kind: PySet['kind'] = 'set'): PySet {
  if (value instanceof PySet && value.kind === kind) return value;
  const set = new PySet(kind);
  for (const item of machine.list(value)) set.add(machine.key(item), item);
  return set;
}

function addSet(type: PyClass): void {
  const kind = type.name === 'set' ? 'set' : 'frozenset';
  setMaker(type, 'iterable?', (machine, [cls = null, items]) => {
    const made = new PySet(kind);
    if (cls instanceof PyClass && cls !== type) made.subclass = cls;
    for (const item of items === undefined ? [] : machine.list(items)) made.add(machine.key(item), item);
    return made;
  });
  const combine = (op: '|' | '&' | '-' | '^') =>
    [
      '*others',
      (machine: Machine, self: PySet, others: readonly (Value | undefined)[]) =>
        others.reduce<Value>(
          (result, other = null) => machine.binary(op, result, setOf(machine, other)),
          op === '|' ? setCopy(self) : self,
        ),
    ] as const;
  const isWithin = (machine: Machine, small: PySet, large: PySet) => {
    machine.spend(small.entries.size);
    return [...small.entries.keys()].every((key) => large.entries.has(key));
  };
  addMethods(type, asSet, {
    ...{ union: combine('|'), intersection: combine('&'), difference: combine('-') },
    symmetric_difference: combine('^'),
    copy: ['', (_, set) => setCopy(set)],
    issubset: ['other', (machine, set, [other = null]) => isWithin(machine, set, setOf(machine, other))],
    issuperset: ['other', (machine, set, [other = null]) => isWithin(machine, setOf(machine, other), set)],
    isdisjoint: [
      'other',
      (machine, set, [other = null]) =>
        ![...setOf(machine, other).entries.keys()].some((key) => set.entries.has(key)),
    ],
  });
  if (kind === 'set') addSetChanges(type);
}

function setCopy(set: PySet): PySet {
  const copy = new PySet(set.kind);
  for (const [key, value] of set.entries) copy.add(key, value);
  return copy;
}

function addSetChanges(type: PyClass): void {
  const changing = (machine: Machine, value: Value) => {
    const set = asSet(machine, value);
    machine.touch(set);
    return set;
  };
  const update = (change: (set: PySet, key: Key, item: Value) => void) =>
    [
      '*others',
      (machine: Machine, set: PySet, others: readonly (Value | undefined)[]) => {
        for (const other of others)
          for (const item of machine.list(other ?? null)) change(set, machine.key(item), item);
        return null;
      },
    ] as const;
  addMethods(type, changing, {
    add: [
      'item',
      (machine, set, [item = null]) => {
        machine.allocate(1);
        const key = machine.key(item);
        set.add(key, item);
        return null;
      },
    ],
    discard: [
      'item',
      (machine, set, [item = null]) => {
        set.entries.delete(machine.key(item));
        return null;
      },
    ],
    remove: [
      'item',
      (machine, set, [item = null]) => {
        if (!set.entries.delete(machine.key(item))) throw keyError(machine, item);
        return null;
      },
    ],
    pop: [
      '',
      (machine, set) => {
        for (const [key, item] of set.entries) {
          set.entries.delete(key);
          return item;
        }
        throw machine.raise(machine.call(machine.type('KeyError'), ['pop from an empty set']));
      },
    ],
    clear: [
      '',
      (_, set) => {
        set.entries.clear();
        return null;
      },
    ],
    update: update((set, key, item) => set.add(key, item)),
    difference_update: update((set, key) => set.entries.delete(key)),
    intersection_update: [
      'other',
      (machine, set, [other = null]) => {
        const kept = setOf(machine, other).entries;
        for (const key of [...set.entries.keys()]) if (!kept.has(key)) set.entries.delete(key);
        return null;
      },
    ],
  });
}
