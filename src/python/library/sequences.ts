import { plainItem, plainSetItem, sliceBounds } from '../evaluate/operators/items';
import { sortValues } from '../evaluate/operators/sort';
import { PyList, PyRange, PySlice, PyTuple } from '../values/containers';
import type { Machine } from '../values/machine';
import { PyClass, type Value } from '../values/object';
import { addMethods, addProperties, selfAs, setMaker } from './native';

/** `list`, `tuple`, `range` and `slice`. */
export function addSequences(classes: ReadonlyMap<string, PyClass>): void {
  const [list, tuple] = [classes.get('list'), classes.get('tuple')];
  const [range, slice] = [classes.get('range'), classes.get('slice')];
  if (!list || !tuple || !range || !slice) return;
  addList(list);
  addTuple(tuple);
  const asRange = selfAs('range', (value) => value instanceof PyRange);
  setMaker(range, 'start, stop?, step?', (machine, [, first = null, second, third]) => {
    const [start, stop, step] = second === undefined ? [0n, first, 1n] : [first, second, third ?? 1n];
    const whole = (value: Value) => wholeNumber(machine, value);
    if (whole(step) === 0n) throw machine.error('ValueError', 'range() arg 3 must not be zero');
    return new PyRange(whole(start), whole(stop), whole(step));
  });
  addProperties(range, asRange, {
    start: (self) => self.start,
    stop: (self) => self.stop,
    step: (self) => self.step,
  });
  const asSlice = selfAs('slice', (value) => value instanceof PySlice);
  setMaker(slice, 'start, stop?, step?', (_, [, first = null, second, third = null]) =>
    second === undefined ? new PySlice(null, first, null) : new PySlice(first, second, third),
  );
  addProperties(slice, asSlice, {
    start: (self) => self.start,
    stop: (self) => self.stop,
    step: (self) => self.step,
  });
  addMethods(slice, asSlice, {
    indices: [
      'length',
      (machine, self, [length = 0n]) => {
        const { start, stop, step } = sliceBounds(machine, self, machine.index(length));
        return new PyTuple([start, stop, step].map(BigInt));
      },
    ],
  });
}

function wholeNumber(machine: Machine, value: Value): bigint {
  if (typeof value === 'bigint') return value;
  return BigInt(machine.index(value));
}

function addList(type: PyClass): void {
  const self = selfAs('list', (value) => value instanceof PyList);
  const changing = (machine: Machine, value: Value) => {
    const list = self(machine, value);
    machine.touch(list);
    return list;
  };
  setMaker(type, '*args, **keywords', (_, [cls = null]) => {
    const made = new PyList();
    if (cls instanceof PyClass && cls !== type) made.subclass = cls;
    return made;
  });
  addMethods(type, self, {
    ...shared<PyList>(),
    copy: ['', (machine, list) => new PyList(machine.list(list))],
    __getitem__: ['key', (machine, list, [key = null]) => plainItem(machine, list, key)],
    __len__: ['', (_, list) => BigInt(list.items.length)],
    __contains__: [
      'item',
      (machine, list, [item = null]) => list.items.some((one) => machine.equals(one, item)),
    ],
  });
  addMethods(type, changing, {
    __init__: [
      'iterable?',
      (machine, list, [items]) => {
        list.items = items === undefined ? [] : machine.list(items);
        return null;
      },
    ],
    append: [
      'object',
      (machine, list, [item = null]) => {
        machine.allocate(1);
        list.items.push(item);
        return null;
      },
    ],
    extend: [
      'iterable',
      (machine, list, [items = null]) => {
        for (const item of machine.list(items)) list.items.push(item);
        return null;
      },
    ],
    __iadd__: [
      'iterable',
      (machine, list, [items = null]) => {
        for (const item of machine.list(items)) list.items.push(item);
        return list;
      },
    ],
    insert: [
      'index, object',
      (machine, list, [at = 0n, item = null]) => {
        const { start } = sliceBounds(machine, new PySlice(at, null, null), list.items.length);
        machine.allocate(1);
        machine.spend((list.items.length - start) >> 4);
        list.items.splice(start, 0, item);
        return null;
      },
    ],
    pop: [
      'index?',
      (machine, list, [at = -1n]) => {
        if (list.items.length === 0) throw machine.error('IndexError', 'pop from empty list');
        const index = machine.index(at);
        const from = index < 0 ? index + list.items.length : index;
        machine.spend(Math.max(0, list.items.length - from) >> 4);
        const [item] = from < 0 ? [] : list.items.splice(from, 1);
        if (item === undefined) throw machine.error('IndexError', 'pop index out of range');
        return item;
      },
    ],
    remove: [
      'value',
      (machine, list, [item = null]) => {
        const at = list.items.findIndex((one) => machine.equals(one, item));
        if (at < 0) throw machine.error('ValueError', 'list.remove(x): x not in list');
        list.items.splice(at, 1);
        return null;
      },
    ],
    clear: [
      '',
      (_, list) => {
        list.items = [];
        return null;
      },
    ],
    reverse: [
      '',
      (machine, list) => {
        machine.spend(list.items.length >> 4);
        list.items.reverse();
        return null;
      },
    ],
    sort: [
      'key?, reverse?',
      (machine, list, [key = null, reverse = false]) => {
        list.items = sortValues(machine, list.items, key, machine.truth(reverse));
        return null;
      },
    ],
    __setitem__: [
      'key, value',
      (machine, list, [key = null, value = null]) => {
        plainSetItem(machine, list, key, value);
        return null;
      },
    ],
  });
}

function addTuple(type: PyClass): void {
  const self = selfAs('tuple', (value) => value instanceof PyTuple);
  setMaker(type, 'iterable?', (machine, [cls = null, items]) => {
    const made = new PyTuple(items === undefined ? [] : machine.list(items));
    if (cls instanceof PyClass && cls !== type) made.subclass = cls;
    return made;
  });
  addMethods(type, self, {
    ...shared<PyTuple>(),
    __getitem__: ['key', (machine, tuple, [key = null]) => plainItem(machine, tuple, key)],
    __len__: ['', (_, tuple) => BigInt(tuple.items.length)],
  });
}

/** What lists and tuples both can. */
function shared<T extends PyList | PyTuple>() {
  return {
    index: [
      'value, start?, stop?',
      (
        machine: Machine,
        { items, kind }: T,
        [item = null, start = null, stop = null]: readonly (Value | undefined)[],
      ) => {
        const bounds = sliceBounds(machine, new PySlice(start, stop, null), items.length);
        const at = items.findIndex(
          (one, index) => index >= bounds.start && index < bounds.stop && machine.equals(one, item),
        );
        if (at < 0)
          throw machine.error(
            'ValueError',
            kind === 'list' ? `${machine.repr(item)} is not in list` : 'tuple.index(x): x not in tuple',
          );
        return BigInt(at);
      },
    ],
    count: [
      'value',
      (machine: Machine, { items }: T, [item = null]: readonly (Value | undefined)[]) =>
        BigInt(items.filter((one) => machine.equals(one, item)).length),
    ],
  } as const;
}
