import { PyList, PySlice, PyTuple, pyEllipsis, type Machine, type Value } from '../../python';
import { Gap } from '../gap';
import type { Argument } from '../operators/bind';
import { callAten } from '../operators/operators';
import { reshape } from '../parts/rearrange';
import { SymInt } from '../tape/size';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';

/** How a value of the program becomes an argument; `undefined` for what none takes. */
type Take = (value: Value) => Argument | undefined;

/** `tensor[key]`: what ints, slices, `None` and `...` leave, then what tensors pick from it. */
export function subscript(tape: Tape, tensor: Tensor, key: Value, take: Take, machine: Machine): Tensor {
  const { view, indices } = partOf(tape, tensor, key, take, machine);
  return indices.length === 0 ? view : call(tape, 'index', [view, indices]);
}

/** `tensor[key] = value`. */
export function assign(tape: Tape, tensor: Tensor, key: Value, value: Argument, at: At): void {
  const { view, indices } = partOf(tape, tensor, key, at.take, at.machine);
  if (indices.length > 0) {
    const values = value instanceof Tensor ? value : tape.wrap(value as number);
    call(tape, 'index_put_', [view, indices, tape.cast(values, tensor.dtype)]);
  } else if (value instanceof Tensor) call(tape, 'copy_', [view, withoutFront(tape, value, view.rank)]);
  else call(tape, 'fill_', [view, value]);
}

/** Dimensions of 1 that a value has in front, beyond those of its place, mean nothing. */
function withoutFront(tape: Tape, value: Tensor, rank: number): Tensor {
  const more = value.rank - rank;
  const isPlain = more > 0 && value.sizes.slice(0, more).every((size) => size === 1);
  return isPlain ? reshape(tape, value, value.sizes.slice(more)) : value;
}

/** Who asks. */
interface At {
  take: Take;
  machine: Machine;
}

interface Part {
  view: Tensor;
  /** By dimension of the view; empty where no tensor picks. */
  indices: readonly (Tensor | null)[];
}

/** @see https://numpy.org/doc/stable/user/basics.indexing.html */
function partOf(tape: Tape, tensor: Tensor, key: Value, take: Take, machine: Machine): Part {
  if (key instanceof PyList && key.items.some((one) => isMore(one, take)))
    throw machine.unknown('a list of more than numbers as an index, a tuple for some versions of torch,');
  const items = (key instanceof PyTuple ? key.items : [key]).map((item) => pickOf(tape, item, take, machine));
  const taken = items.reduce<number>((sum, item) => sum + dimsOf(item), 0);
  if (taken > tensor.rank) throw machine.error('IndexError', 'too many indices for tensor');
  // Torch takes places before it looks at what tensors pick: that tells where the dimensions of those go.
  const isAlone = items.filter((item) => item instanceof Tensor).every((item) => item.rank === 0);
  const wholeAt = items.indexOf(pyEllipsis);
  const rest = Array.from({ length: tensor.rank - taken }, () => WHOLE);
  const all = wholeAt < 0 ? [...items, ...rest] : items.toSpliced(wholeAt, 1, ...rest);
  let view = tensor;
  const indices: (Tensor | null)[] = [];
  for (const item of all) {
    const dim = BigInt(indices.length);
    if (item === null) {
      view = call(tape, 'unsqueeze', [view, dim]);
      indices.push(null);
    } else if (item instanceof Tensor && item.rank === 0 && item.dtype !== 'bool') {
      if (isAlone) indices.push(item);
      else
        view = call(tape, 'select', [view, dim, tape.symbolOf(fromFront(tape, item, view, indices.length))]);
    } else if (item instanceof Tensor) {
      indices.push(item, ...Array.from({ length: dimsOf(item) - 1 }, () => null));
    } else if (item instanceof PySlice) {
      if (item !== WHOLE) view = call(tape, 'slice', [view, dim, ...boundsOf(item, take)]);
      indices.push(null);
    } else view = call(tape, 'select', [view, dim, item]);
  }
  return { view, indices: indices.some((index) => index !== null) ? withoutSpread(indices) : [] };
}

/** Whether an item of a list makes older versions of torch take the list for a tuple. */
function isMore(item: Value, take: Take): boolean {
  if (typeof item === 'bigint' || typeof item === 'boolean') return false;
  const argument = item instanceof PyList ? undefined : take(item);
  return !(argument instanceof SymInt);
}

/** A place that comes when the model runs, counted from the front. */
function fromFront(tape: Tape, place: Tensor, view: Tensor, dim: number): Tensor {
  return call(tape, 'remainder', [place, tape.scalar(view.size(dim), 'int64')]);
}

/** What one part of a key picks: a tensor, a slice, a new dimension (`null`), everything left, or one place. */
type Pick = Tensor | PySlice | typeof pyEllipsis | null | Argument;

const WHOLE = new PySlice(null, null, null);

function pickOf(tape: Tape, item: Value, take: Take, machine: Machine): Pick {
  if (item === null || item === pyEllipsis || item instanceof PySlice) return item;
  if (item instanceof PyList) return listed(tape, item, take, machine);
  const argument = take(item);
  if (typeof argument === 'boolean') throw new Gap('a truth value as an index');
  if (argument === undefined || typeof argument === 'string' || typeof argument === 'number') {
    throw machine.error('TypeError', 'only integers, slices, ellipsis, None and tensors are valid indices');
  }
  if (argument instanceof Tensor && argument.rank === 0 && argument.dtype !== 'bool') {
    // A tensor of no dimensions picks one place, as an integer does.
    const [size] = tape.sizesIn(argument) ?? [];
    return size === undefined ? argument : typeof size === 'number' ? BigInt(size) : size;
  }
  return argument;
}

/** Places in lists in lists, or truth values. */
function listed(tape: Tape, list: PyList, take: Take, machine: Machine): Tensor {
  const numbers = list.items.filter((one) => typeof one === 'bigint' || typeof one === 'boolean');
  if (numbers.length === list.items.length) {
    const areTruths = numbers.some((one) => typeof one === 'boolean');
    return tape.constant(areTruths ? 'bool' : 'int64', [numbers.length], numbers);
  }
  const parts = list.items.map((one) => {
    if (one instanceof PyList) return listed(tape, one, take, machine);
    const argument = take(one);
    if (argument instanceof Tensor) return tape.cast(argument, 'int64');
    if (typeof argument === 'bigint' || argument instanceof SymInt) return tape.scalar(argument, 'int64');
    throw machine.error('TypeError', 'only integers, slices, ellipsis, None and tensors are valid indices');
  });
  return call(tape, 'stack', [parts]);
}

/** How many dimensions of the tensor a pick uses up. */
function dimsOf(pick: Pick): number {
  if (pick === null || pick === pyEllipsis) return 0;
  return pick instanceof Tensor && pick.dtype === 'bool' ? pick.rank : 1;
}

/** Truth values of several dimensions stand for as many indices: they are one index for the operator. */
function withoutSpread(indices: readonly (Tensor | null)[]): (Tensor | null)[] {
  const kept: (Tensor | null)[] = [];
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] ?? null;
    kept.push(index);
    if (index?.dtype === 'bool') at += index.rank - 1;
  }
  return kept;
}

function boundsOf({ start, stop, step }: PySlice, take: Take): Argument[] {
  return [take(start) ?? null, take(stop) ?? null, step === null ? 1n : (take(step) ?? 1n)];
}

function call(tape: Tape, name: string, args: readonly Argument[]): Tensor {
  const result = callAten(tape, `aten::${name}`, args);
  if (result instanceof Tensor) return result;
  throw new Gap('it gives no tensor', `aten::${name}`);
}
