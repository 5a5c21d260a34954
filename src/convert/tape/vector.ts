import { invariant } from '../../core/problem';
import { boundsOf } from './bounds';
import type { Recorder } from './recorder';
import { dimOf, SymInt, type Factor, type Size, type Term } from './size';
import type { Tensor } from './tensor';

/** Sizes as an int64 vector: a constant where all are numbers, else computed by the graph, once for equal ones. */
export function vectorOf(tape: Recorder, sizes: readonly Size[]): Tensor {
  const numbers = sizes.filter((size) => typeof size === 'number');
  if (numbers.length === sizes.length) return tape.constant('int64', [sizes.length], numbers);
  return tape.once(`sizes ${sizes.map(dimOf).join(', ')}`, () => {
    const parts = grouped(tape, sizes).map((group) => partOf(tape, group));
    const [only, ...more] = parts;
    invariant(only, 'there is a size');
    return more.length === 0 ? only : tape.node('Concat', parts, { axis: 0 }, { elements: sizes });
  });
}

/** Sizes in stretches that one node gives: numbers, neighbours in the shape of one value, single expressions. */
function grouped(tape: Recorder, sizes: readonly Size[]): Size[][] {
  const groups: Size[][] = [];
  for (const size of sizes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last !== undefined && areNeighbours(tape, last, size)) group.push(size);
    else groups.push([size]);
  }
  return groups;
}

function areNeighbours(tape: Recorder, a: Size, b: Size): boolean {
  if (typeof a === 'number' || typeof b === 'number') return typeof a === typeof b;
  const [first, second] = [tape.homeOf(a.text), tape.homeOf(b.text)];
  if (first?.axis == null || second === undefined) return false;
  return first.content === second.content && first.axis + 1 === second.axis;
}

function partOf(tape: Recorder, group: readonly Size[]): Tensor {
  const symbols = group.filter((size) => size instanceof SymInt);
  const [first] = symbols;
  if (first === undefined) return tape.constant('int64', [group.length], group.map(Number));
  const home = tape.homeOf(first.text);
  if (home === undefined) return expressed(tape, first);
  const { content, axis } = home;
  if (axis === null)
    return tape.node('Reshape', [tape.tensor(content), [1]], {}, { sizes: [1], elements: group });
  const span = { start: axis, end: axis + group.length };
  return tape.node('Shape', [tape.tensor(content)], span, { sizes: [group.length], elements: group });
}

/** An expression computed on vectors of one element. */
function expressed(tape: Recorder, size: SymInt): Tensor {
  // A sum begins with something that is added, so that what is taken off stands behind it.
  const terms = [...size.terms].sort((a, b) => Number(a.count < 0) - Number(b.count < 0));
  let sum: Tensor | null = null;
  const done: Term[] = [];
  for (const term of terms) {
    done.push(term);
    const isLess: boolean = sum !== null && term.count < 0;
    const next: Tensor = ofTerm(tape, isLess ? { ...term, count: -term.count } : term);
    sum =
      sum === null
        ? next
        : tape.node(isLess ? 'Sub' : 'Add', [sum, next], {}, { elements: [new SymInt([...done])] });
  }
  invariant(sum, 'an expression has terms');
  return sum;
}

function ofTerm(tape: Recorder, { count, factors }: Term): Tensor {
  let product: Tensor | null = null;
  let text: Term = { count: 1, factors: [] };
  for (const factor of factors) {
    const size = new SymInt([{ count: 1, factors: [factor] }]);
    const next = factor.made ? ofTwo(tape, factor.made, size) : vectorOf(tape, [size]);
    text = { count: 1, factors: [...text.factors, factor] };
    product =
      product === null ? next : tape.node('Mul', [product, next], {}, { elements: [new SymInt([text])] });
  }
  if (product === null) return tape.constant('int64', [1], [count]);
  if (count === 1) return product;
  const elements = [new SymInt([{ count, factors }])];
  return tape.node('Mul', [product, tape.constant('int64', [1], [count])], {}, { elements });
}

/** A function of two sizes. Division cuts off here, which rounds down where nothing is below 0. */
function ofTwo(tape: Recorder, { how, a, b }: NonNullable<Factor['made']>, size: SymInt): Tensor {
  const [x, y] = [vectorOf(tape, [a]), vectorOf(tape, [b])];
  const [least] = boundsOf(a, (name) => tape.leastOf(name));
  const isBelow = how === 'floor' && least < 0;
  const whole = isBelow ? tape.node('Sub', [x, tape.node('Mod', [x, y])]) : x;
  return tape.node(operations[how], [whole, y], {}, { elements: [size] });
}

const operations = { floor: 'Div', mod: 'Mod', max: 'Max', min: 'Min' } as const;
