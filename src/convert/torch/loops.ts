import { Foreign, type Loop, type Machine, type Value } from '../../python';
import { Gap } from '../gap';
import { loop } from '../tape/loop';
import { productOf } from '../tape/symint';
import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { isAlike, isLeaf, itemsOf, leafLike, leavesOf, tensorOf, withItems, type Leaf } from './leaves';
import { Undecided } from './undecided';
import { SizeTest } from './size-test';
import { fromResult, SizeValue, TensorValue } from './values';

/** `range` to a number that is known when the model runs. */
class SizeRange extends Foreign {
  readonly typeName = 'range';
  readonly tape: Tape;
  readonly count: Size;

  constructor(tape: Tape, count: Size) {
    super();
    this.tape = tape;
    this.count = count;
  }

  override iterate(): null {
    return null;
  }

  override length(): Value {
    return fromResult(this.tape, this.count);
  }
}

/** `range(…)`, of sizes too. */
export function rangeOf(machine: Machine, args: readonly Value[]): Value {
  const [count = null, ...more] = args;
  if (count instanceof SizeValue && more.length === 0) return new SizeRange(count.tape, count.size);
  return machine.call(machine.type('range'), args);
}

/**
 * Goes through a loop whose rounds only running the model counts, as an ONNX Loop: the names that the body gives values
 * to are carried from round to round.
 */
export function decideLoop(tape: Tape, program: Loop): ReadonlyMap<string, Value> | null {
  const { subject, before } = program;
  const carried = new Map<string, Value>();
  for (const [name, value] of before) if (value !== undefined && leavesOf(value)) carried.set(name, value);
  const isCounted = subject instanceof SizeRange;
  if (!isCounted && !(subject instanceof TensorValue || subject instanceof SizeTest)) return null;
  const count = isCounted ? tape.scalar(asScalar(subject.count), 'int64') : null;
  const first = [...carried.values()].flatMap((value) => leavesOf(value) ?? []);
  const states = first.map((leaf) => tensorOf(tape, leaf));
  const condition = isCounted ? null : tape.cast(tensorOf(tape, subject), 'bool');
  const given = new Map<string, Value>();
  const after = loop(
    tape,
    count,
    states,
    (number, inputs) => {
      const names = rebuilt(tape, carried, inputs);
      const item = isCounted ? fromResult(tape, tape.symbolOf(number)) : undefined;
      const outcome = program.round(names, item);
      if (outcome.ended !== 'falls' && outcome.ended !== 'continues')
        throw new Gap('a loop that the data end in the middle of a round');
      const results = [...carried].flatMap(([name, value]) =>
        resultsLike(name, value, outcome.assigned.get(name) ?? names.get(name) ?? value),
      );
      for (const name of outcome.assigned.keys())
        if (!carried.has(name)) given.set(name, new Undecided(name));
      const goesOn = isCounted ? null : conditionOf(tape, outcome.again);
      return { states: results.map((leaf, at) => checked(tensorOf(tape, leaf), states[at])), goesOn };
    },
    condition,
  );
  return new Map([...given, ...rebuilt(tape, carried, after)]);
}

function asScalar(size: Size) {
  return typeof size === 'number' ? BigInt(size) : size;
}

function conditionOf(tape: Tape, again: Value): Tensor {
  if (!isLeaf(again)) throw new Gap('a loop that goes on for something else than a number');
  const tensor = tensorOf(tape, again);
  if (productOf(tensor.sizes) !== 1) throw new Gap('a loop that goes on for a tensor of several elements');
  return tape.cast(tensor, 'bool');
}

/** A round has to give what it takes: dtypes and ranks stay. */
function checked(tensor: Tensor, state: Tensor | undefined): Tensor {
  if (tensor.dtype !== state?.dtype || tensor.rank !== state.rank)
    throw new Gap('a loop that makes another kind of tensor of one that it carries');
  if (tensor.quantized) throw new Gap('a loop that carries a quantized tensor');
  return tensor;
}

/** The values of names with other tensors in them. */
function rebuilt(
  tape: Tape,
  names: ReadonlyMap<string, Value>,
  tensors: readonly Tensor[],
): Map<string, Value> {
  let next = 0;
  const again = (like: Value): Value => {
    if (!isLeaf(like)) return withItems(like, (itemsOf(like) ?? []).map(again));
    const tensor = tensors[next++];
    if (!tensor) throw new Gap('a loop that gives less than it carries');
    return leafLike(tape, like, tensor);
  };
  return new Map(Array.from(names, ([name, value]) => [name, again(value)]));
}

function resultsLike(name: string, like: Value, value: Value): Leaf[] {
  if (isLeaf(like)) {
    if (isLeaf(value)) return [value];
  } else if (isAlike(like, value)) {
    const items = itemsOf(value) ?? [];
    return (itemsOf(like) ?? []).flatMap((item, at) => resultsLike(name, item, items[at] ?? null));
  }
  throw new Gap(`${name} is another kind of value after a round of a loop`);
}
