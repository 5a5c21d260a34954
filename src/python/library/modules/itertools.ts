import { iteratorOf } from '../../evaluate/iteration';
import { ClassFunction, NativeFunction } from '../../values/callable';
import { PyIterator, PyList, PyTuple } from '../../values/containers';
import type { Machine } from '../../values/machine';
import { firstGiven, PyClass, type Keywords, type Value } from '../../values/object';
import { functions, setMaker, type Functions } from '../native';

type Values = Generator<Value, undefined>;
type Args = readonly (Value | undefined)[];

/** `itertools`: everything is made when it is asked for. */
export function itertoolsModule(machine: Machine): [string, Value][] {
  const chain = new PyClass('chain', [machine.type('object')]);
  setMaker(
    chain,
    '*iterables',
    (inner, [, ...iterables]) => new PyIterator('chain', chained(inner, iterables as Value[])),
  );
  const from = new NativeFunction(
    'from_iterable',
    'iterable',
    (inner, [items = null]) => new PyIterator('chain', chained(inner, inner.iterate(items))),
  );
  chain.own.set('from_iterable', new ClassFunction('staticmethod', from));
  return [...functions(table), ['chain', chain]];
}

/** A function that gives values one by one. */
function lazy(
  name: string,
  parameters: string,
  run: (machine: Machine, args: Args, keywords: Keywords) => Values,
): Functions {
  return {
    [name]: [parameters, (machine, args, keywords) => new PyIterator(name, run(machine, args, keywords))],
  };
}

function* chained(machine: Machine, iterables: Iterable<Value>): Values {
  for (const items of iterables) yield* machine.iterate(items) as Values;
  return undefined;
}

/** Every way to take one of each list, the last changing first. */
function* product(machine: Machine, lists: readonly Value[][]): Values {
  if (lists.some((list) => list.length === 0)) return undefined;
  const at = lists.map(() => 0);
  for (;;) {
    machine.allocate(lists.length + 1);
    yield new PyTuple(lists.map((list, index) => list[at[index] ?? 0] ?? null));
    let turning = lists.length - 1;
    while (turning >= 0 && at[turning] === (lists[turning]?.length ?? 0) - 1) at[turning--] = 0;
    if (turning < 0) return undefined;
    at[turning] = (at[turning] ?? 0) + 1;
  }
}

/** Positions below a count, so many at a time, in every order that is allowed. */
function* choices(
  machine: Machine,
  count: number,
  size: number,
  isAllowed: (at: number, before: readonly number[]) => boolean,
): Generator<readonly number[], undefined> {
  const chosen: number[] = [];
  let next = 0;
  for (;;) {
    machine.spend(1 + (chosen.length >> 2));
    if (chosen.length === size) yield chosen;
    while (chosen.length < size && next < count && !isAllowed(next, chosen)) {
      machine.spend(1 + (chosen.length >> 4));
      next += 1;
    }
    if (chosen.length < size && next < count) {
      chosen.push(next);
      next = 0;
    } else {
      const last = chosen.pop();
      if (last === undefined) return undefined;
      next = last + 1;
    }
  }
}

function* chosen(
  machine: Machine,
  items: Value,
  size: Value | undefined,
  isAllowed: (at: number, before: readonly number[]) => boolean,
): Values {
  const all = machine.list(items);
  const wanted = size === undefined || size === null ? all.length : machine.index(size);
  if (wanted < 0) throw machine.error('ValueError', 'r must be non-negative');
  for (const positions of choices(machine, all.length, wanted, isAllowed)) {
    machine.allocate(positions.length + 1);
    yield new PyTuple(positions.map((at) => all[at] ?? null));
  }
  return undefined;
}

function* grouped(machine: Machine, items: Value, key: Value): Values {
  let group: { key: Value; items: Value[] } | null = null;
  for (const item of machine.iterate(items)) {
    const own = key === null ? item : machine.call(key, [item]);
    if (group && machine.equals(group.key, own)) group.items.push(item);
    else {
      if (group) yield new PyTuple([group.key, iteratorOf(machine, new PyList(group.items))]);
      group = { key: own, items: [item] };
    }
  }
  if (group) yield new PyTuple([group.key, iteratorOf(machine, new PyList(group.items))]);
  return undefined;
}

const table: Functions = {
  ...lazy('count', 'start?, step?', function* (machine, [start = 0n, step = 1n]) {
    for (let at = start; ; at = machine.binary('+', at, step)) yield at;
  }),
  ...lazy('cycle', 'iterable', function* (machine, [items = null]) {
    const all = machine.list(items);
    while (all.length > 0) yield* all;
    return undefined;
  }),
  ...lazy('repeat', 'object, times?', function* (machine, [value = null, times]) {
    for (let left = times === undefined ? Infinity : machine.index(times); left > 0; left--) yield value;
    return undefined;
  }),
  ...lazy(
    'islice',
    'iterable, start, stop?, step?',
    function* (machine, [items = null, first = null, second, third = null]) {
      const [start, stop] = second === undefined ? [null, first] : [first, second];
      const [from, to, step] = [
        start === null ? 0 : machine.index(start),
        stop === null ? Infinity : machine.index(stop),
        third === null ? 1 : machine.index(third),
      ];
      let at = 0;
      if (to <= from) return undefined;
      for (const item of machine.iterate(items)) {
        if (at >= from && (at - from) % step === 0) yield item;
        at += 1;
        if (at >= to) return undefined;
      }
      return undefined;
    },
  ),
  ...lazy(
    'accumulate',
    'iterable, func?, initial?',
    function* (machine, [items = null, callee = null, initial = null]) {
      let total: Value | undefined = initial ?? undefined;
      if (total !== undefined) yield total;
      for (const item of machine.iterate(items)) {
        total =
          total === undefined
            ? item
            : callee === null
              ? machine.binary('+', total, item)
              : machine.call(callee, [total, item]);
        yield total;
      }
      return undefined;
    },
  ),
  ...lazy('product', '*iterables, **options', (machine, iterables, options) => {
    const times = machine.index(options.get('repeat') ?? 1n);
    const once = iterables.map((items = null) => machine.list(items));
    if (times * once.length > 50) throw machine.limit('a product has too many parts');
    return product(machine, Array.from({ length: Math.max(0, times) }, () => once).flat());
  }),
  ...lazy('permutations', 'iterable, r?', (machine, [items = null, size]) =>
    chosen(machine, items, size, (at, before) => !before.includes(at)),
  ),
  ...lazy('combinations', 'iterable, r', (machine, [items = null, size]) =>
    chosen(machine, items, size, (at, before) => at > (before.at(-1) ?? -1)),
  ),
  ...lazy('combinations_with_replacement', 'iterable, r', (machine, [items = null, size]) =>
    chosen(machine, items, size, (at, before) => at >= (before.at(-1) ?? 0)),
  ),
  ...lazy('starmap', 'function, iterable', function* (machine, [callee = null, items = null]) {
    for (const args of machine.iterate(items)) yield machine.call(callee, machine.list(args));
    return undefined;
  }),
  ...lazy('takewhile', 'predicate, iterable', function* (machine, [test = null, items = null]) {
    for (const item of machine.iterate(items)) {
      if (!machine.truth(machine.call(test, [item]))) return undefined;
      yield item;
    }
    return undefined;
  }),
  ...lazy('dropwhile', 'predicate, iterable', function* (machine, [test = null, items = null]) {
    let isDropping = true;
    for (const item of machine.iterate(items)) {
      isDropping = isDropping && machine.truth(machine.call(test, [item]));
      if (!isDropping) yield item;
    }
    return undefined;
  }),
  ...lazy('pairwise', 'iterable', function* (machine, [items = null]) {
    let before: Value | undefined;
    for (const item of machine.iterate(items)) {
      if (before !== undefined) yield new PyTuple([before, item]);
      before = item;
    }
    return undefined;
  }),
  ...lazy('zip_longest', '*iterables, **options', function* (machine, iterables, options) {
    const all = iterables.map((items = null) => machine.list(items));
    const fill = options.get('fillvalue') ?? null;
    for (let at = 0; at < Math.max(0, ...all.map((items) => items.length)); at++)
      yield new PyTuple(all.map((items) => firstGiven(items[at], fill) ?? null));
    return undefined;
  }),
  ...lazy('groupby', 'iterable, key?', (machine, [items = null, key = null]) => grouped(machine, items, key)),
  tee: [
    'iterable, n?',
    (machine, [items = null, count = 2n]) => {
      const all = machine.list(items);
      return new PyTuple(
        Array.from({ length: Math.min(machine.index(count), 100) }, () =>
          iteratorOf(machine, new PyList(all)),
        ),
      );
    },
  ],
};
