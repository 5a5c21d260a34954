import { PyDict, PyList, PyTuple, type Value } from '../../python';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import { SizeTest } from './size-test';
import { fromResult, SizeValue, TensorValue } from './values';

/** Values that a graph can carry from one place to another, as the program holds them. */
export type Leaf = TensorValue | SizeValue | SizeTest | bigint | number | boolean;

export function isLeaf(value: Value | undefined): value is Leaf {
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return true;
  return value instanceof TensorValue || value instanceof SizeValue || value instanceof SizeTest;
}

/** The tensors and numbers in a value, in their order; `null` where something else is in it. */
export function leavesOf(value: Value): Leaf[] | null {
  if (isLeaf(value)) return [value];
  const items = itemsOf(value)?.map(leavesOf);
  return items === undefined || items.includes(null) ? null : items.flatMap((list) => list ?? []);
}

/** What holds other values, in their order; `undefined` for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  return value instanceof PyDict ? [...value.entries.values()].map(([, item]) => item) : undefined;
}

/** A value like another one, with these items in it. */
export function withItems(like: Value, items: readonly Value[]): Value {
  if (like instanceof PyDict) {
    const dict = new PyDict();
    for (const [at, [key, [name]]] of [...like.entries].entries()) dict.put(key, name, items[at] ?? null);
    return dict;
  }
  const made = like instanceof PyList ? new PyList([...items]) : new PyTuple(items);
  if (like instanceof PyTuple) made.subclass = like.subclass;
  return made;
}

/** Whether two values hold others in the same way. */
export function isAlike(a: Value, b: Value): boolean {
  const [first, second] = [itemsOf(a), itemsOf(b)];
  if (first === undefined || first.length !== second?.length) return false;
  if (a instanceof PyDict && b instanceof PyDict) {
    const keys = [...b.entries.keys()];
    return [...a.entries.keys()].every((key, at) => key === keys[at]);
  }
  return (a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple);
}

/** A leaf as a tensor of the graph that is recorded now. */
export function tensorOf(tape: Tape, leaf: Leaf): Tensor {
  if (leaf instanceof TensorValue || leaf instanceof SizeTest) return leaf.tensor;
  if (leaf instanceof SizeValue) return tape.scalar(leaf.size, 'int64');
  return tape.scalar(
    leaf,
    typeof leaf === 'bigint' ? 'int64' : typeof leaf === 'number' ? 'float32' : 'bool',
  );
}

/** A tensor as the kind of value that it stands for: whole numbers of the program are sizes. */
export function leafLike(tape: Tape, like: Leaf, tensor: Tensor): Value {
  if (like instanceof TensorValue) return new TensorValue(tape, tensor);
  if (typeof like === 'bigint' || like instanceof SizeValue) return fromResult(tape, tape.symbolOf(tensor));
  return new TensorValue(tape, new Tensor(tape, tensor.content, typeof like === 'number'));
}
