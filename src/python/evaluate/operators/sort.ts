import type { Machine } from '../../values/machine';
import type { Value } from '../../values/object';

/** Values in the order of `<` of themselves or of their keys; equal ones keep theirs, in either direction. */
export function sortValues(
  machine: Machine,
  values: readonly Value[],
  key: Value,
  reverse: boolean,
): Value[] {
  machine.allocate(values.length);
  const keyed = values.map((value) => ({ value, key: key === null ? value : machine.call(key, [value]) }));
  if (reverse) keyed.reverse();
  const sorted = mergeSort(machine, keyed);
  if (reverse) sorted.reverse();
  return sorted.map(({ value }) => value);
}

interface Keyed {
  value: Value;
  key: Value;
}

/** JavaScript's own sort may ask a comparison that contradicts itself for as long as it likes. */
function mergeSort(machine: Machine, items: Keyed[]): Keyed[] {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = mergeSort(machine, items.slice(0, middle));
  const right = mergeSort(machine, items.slice(middle));
  const merged: Keyed[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [left[i], right[j]];
    if (!a) return merged.concat(right.slice(j));
    if (!b) return merged.concat(left.slice(i));
    machine.spend(1);
    if (machine.isLess(b.key, a.key)) {
      merged.push(b);
      j += 1;
    } else {
      merged.push(a);
      i += 1;
    }
  }
}
