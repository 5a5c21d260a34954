import type { Branch, Outcome, Value } from '../../python';
import { Gap } from '../gap';
import { mergeWays, recordWay, type Way } from '../tape/branch';
import type { Content } from '../tape/content';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { isAlike, isLeaf, itemsOf, leafLike, leavesOf, tensorOf, withItems, type Leaf } from './leaves';
import { SizeTest } from './size-test';
import { Undecided } from './undecided';
import { SizeValue, TensorValue } from './values';

/**
 * Decides a branch that only running the model decides: both ways become the graphs of an ONNX If. A way that only
 * raises an exception is taken not to be gone, and `told` hears so.
 */
export function decideBranch(tape: Tape, branch: Branch, told: (text: string) => void): Outcome | null {
  const { condition } = branch;
  if (!(condition instanceof TensorValue || condition instanceof SizeTest)) return null;
  const isOfInputs = condition instanceof SizeTest && condition.isOfInputs;
  const first = recorded(tape, branch.then);
  const second = recorded(tape, branch.otherwise);
  const [a, b] = [first.outcome, second.outcome];
  if (a.ended === 'raises' || b.ended === 'raises') {
    if (a.ended === b.ended) return a;
    const holds = b.ended === 'raises';
    // An equality would fix a size that is free elsewhere.
    if (!isMeant(holds ? b : a) || (isOfInputs && isFixing(condition, holds))) return null;
    const text =
      condition instanceof SizeTest ? condition.repr() : branch.text.replace(/^(el)?if (.*):$/, '$2');
    told(`${text} is taken ${holds ? '' : 'not '}to hold: else the program raises an exception`);
    return (holds ? branch.then : branch.otherwise)();
  }
  if (isOfInputs || a.ended !== b.ended || (a.ended !== 'falls' && a.ended !== 'returns')) return null;
  return joined(tape, branch, condition.tensor, first, second);
}

/** Whether an exception is one that programs raise, rather than what comes of values that are not known here. */
function isMeant({ value }: Outcome): boolean {
  const name = typeof value === 'object' ? value?.subclass?.name : undefined;
  return name !== undefined && !/^(Attribute|Name|UnboundLocal|Type|Key|Index)Error$/.test(name);
}

function isFixing({ op }: SizeTest, holds: boolean): boolean {
  return op === (holds ? '==' : '!=');
}

/** A way that was gone: how it ended, and what its tensors held then. */
interface Gone {
  way: Way;
  outcome: Outcome;
  contents: Map<Tensor, Content>;
}

function recorded(tape: Tape, side: () => Outcome): Gone {
  const found: { outcome?: Outcome } = {};
  const contents = new Map<Tensor, Content>();
  const way = recordWay(tape, () => {
    const outcome = side();
    found.outcome = outcome;
    const values = [outcome.value, ...outcome.assigned.values()];
    for (const leaf of values.flatMap((value) => leavesOf(value) ?? []))
      if (leaf instanceof TensorValue) contents.set(leaf.tensor, leaf.tensor.content);
    return [];
  });
  if (!found.outcome) throw new Gap('a branch that did not end');
  return { way, outcome: found.outcome, contents };
}

/** One outcome of both ways: what differs is chosen when the model runs. */
function joined(tape: Tape, branch: Branch, condition: Tensor, first: Gone, second: Gone): Outcome {
  const pairs: [Content, Content][] = [];
  const makers: (() => Value)[] = [];
  let merged: readonly Tensor[] = [];
  const names = new Set([...first.outcome.assigned.keys(), ...second.outcome.assigned.keys()]);
  const join = (name: string, a: Value | undefined, b: Value | undefined): (() => Value) => {
    if (a === undefined || b === undefined) return () => new Undecided(name);
    if (a === b) return () => a;
    if (isLeaf(a) && isLeaf(b)) {
      const pair: [Content, Content] = [contentOf(tape, first, a), contentOf(tape, second, b)];
      if (pair[0].sizes.length !== pair[1].sizes.length || isMore(a) || isMore(b))
        return () => new Undecided(name);
      const at = pairs.push(pair) - 1;
      const like = a instanceof TensorValue || typeof b === 'number' ? a : b;
      return () => leafLike(tape, kindOf(a, b, like), merged[at] ?? condition);
    }
    if (a === null || b === null) throw new Gap(`${name} is None on one side of a condition alone`);
    if (!isAlike(a, b)) return () => new Undecided(name);
    const others = itemsOf(b) ?? [];
    const items = (itemsOf(a) ?? []).map((item, at) => join(name, item, others[at] ?? null));
    return () =>
      withItems(
        a,
        items.map((make) => make()),
      );
  };
  for (const name of names) {
    const before = branch.before(name);
    const of = ({ outcome }: Gone) => (outcome.assigned.has(name) ? outcome.assigned.get(name) : before);
    makers.push(join(name, of(first), of(second)));
  }
  const value = join('what it gives', first.outcome.value, second.outcome.value);
  merged = mergeWays(tape, condition, [first.way, second.way], pairs);
  const assigned = new Map([...names].map((name, at) => [name, makers[at]?.() ?? null]));
  return { ended: first.outcome.ended, value: value(), assigned };
}

/** Two numbers of the program of one kind stay such; others are tensors. */
function kindOf(a: Leaf, b: Leaf, like: Leaf): Leaf {
  if (a instanceof TensorValue || b instanceof TensorValue) return a instanceof TensorValue ? a : b;
  const isWhole = (leaf: Leaf) => typeof leaf === 'bigint' || leaf instanceof SizeValue;
  if (isWhole(a) && isWhole(b)) return a;
  return typeof a === 'number' || typeof b === 'number' ? 0.5 : like;
}

/** Whether a tensor stands for more than its elements, which an If does not pass on. */
function isMore(leaf: Leaf): boolean {
  return leaf instanceof TensorValue && (leaf.tensor.quantized ?? leaf.tensor.packed) !== null;
}

/** What a leaf holds at the end of a way; one from before it may have been written to. */
function contentOf(tape: Tape, { way, contents }: Gone, leaf: Leaf): Content {
  if (!(leaf instanceof TensorValue)) return tape.resume(way.frame, () => tensorOf(tape, leaf).content);
  const { tensor } = leaf;
  const held = contents.get(tensor) ?? way.written.get(tensor);
  if (held) return held;
  if (tensor.isView && way.written.size > 0) throw new Gap('a view of what a branch writes to');
  return tensor.content;
}
