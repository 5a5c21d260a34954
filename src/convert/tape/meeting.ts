import { intOf } from '../../ir/attributes';
import type { Node } from '../../ir/model';
import type { Content } from './content';
import { dimOf, namesIn, type Size } from './size';
import type { SizeNames } from './size-names';
import { productOf, times } from './symint';

/**
 * A size that is free in the inputs has to be one number: a model that says it takes any would fail with all others.
 * Whoever left it free does better to try again without.
 */
export class FixedSize extends Error {
  /** The free sizes of inputs that it is made of. */
  readonly names: readonly string[];

  constructor(names: readonly string[], reason: string) {
    super(reason);
    this.name = 'FixedSize';
    this.names = names;
  }
}

/** Sizes that an operator wants to be the same; where it stretches, a size may be 1 instead. */
interface Meeting {
  sizes: readonly (Size | undefined)[];
  stretches?: boolean;
}

/** Throws `FixedSize` where a size that inputs are free in meets another one. */
export function checkMeetings(node: Node, contents: readonly (Content | null)[], sizeNames: SizeNames): void {
  const isFree = (size: Size) => sizeNames.isOfInputs(size);
  if (node.op === 'Reshape') checkReshape(contents, sizeNames);
  for (const { sizes, stretches = false } of meetingsAt(node, contents)) {
    const there = sizes.filter((size) => size !== undefined && !(stretches && size === 1)) as Size[];
    const free = there.find((size) => typeof size !== 'number' && isFree(size));
    const fixed = there.find((size) => typeof size === 'number');
    if (free !== undefined && fixed !== undefined) throw meeting(free, fixed);
    const [one, ...others] = there.filter((size) => isPlain(size) && isFree(size));
    const other = others.find((size) => one !== undefined && dimOf(size) !== dimOf(one));
    if (one !== undefined && other !== undefined) throw meeting(other, one);
  }
}

function meeting(free: Size, fixed: Size): FixedSize {
  return new FixedSize(namesIn(free), `the size ${String(dimOf(free))} has to be ${String(dimOf(fixed))}`);
}

/** A name alone: two of these are the same or nothing is said of them, unlike `2*(steps//2)` and `steps`. */
function isPlain(size: Size): boolean {
  return typeof size === 'object' && namesIn(size)[0] === size.text;
}

function meetingsAt(node: Node, contents: readonly (Content | null)[]): Meeting[] {
  const [a, b] = contents.map((content) => content?.sizes ?? null);
  switch (node.op) {
    case 'MatMul':
    case 'MatMulInteger': {
      if (!a || !b) return [];
      return [
        ...stretched([a.slice(0, -2), b.slice(0, -2)]),
        { sizes: [a.at(-1), b.at(b.length === 1 ? 0 : -2)] },
      ];
    }
    case 'Gemm':
      return [{ sizes: [a?.[intOf(node, 'transA', 0) ? 0 : 1], b?.[intOf(node, 'transB', 0) ? 1 : 0]] }];
    case 'Conv':
    case 'ConvInteger':
      return [{ sizes: [a?.[1], b?.[1] === undefined ? undefined : times(b[1], intOf(node, 'group', 1))] }];
    case 'ConvTranspose':
    case 'BatchNormalization':
    case 'InstanceNormalization':
      return [{ sizes: [a?.[1], b?.[0]] }];
    case 'LSTM':
    case 'GRU':
    case 'RNN':
      return [{ sizes: [a?.[2], b?.[2]] }];
    case 'Concat':
      return a ? sameBut(intOf(node, 'axis', 0), contents, a.length) : [];
    default:
      return STRETCHING.has(node.op) ? stretched(contents.map((content) => content?.sizes ?? [])) : [];
  }
}

/** Operators whose inputs are stretched to one shape. */
const STRETCHING: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Max', 'Min', 'PRelu', 'Where', 'And', 'Or', 'Xor'],
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'LayerNormalization'],
]);

function stretched(shapes: readonly (readonly Size[])[]): Meeting[] {
  const rank = Math.max(0, ...shapes.map((sizes) => sizes.length));
  return Array.from({ length: rank }, (_, at) => ({
    sizes: shapes.map((sizes) => sizes.at(-1 - at)),
    stretches: true,
  }));
}

function sameBut(axis: number, contents: readonly (Content | null)[], rank: number): Meeting[] {
  const joined = axis < 0 ? axis + rank : axis;
  return Array.from({ length: rank }, (_, at) => ({
    sizes: at === joined ? [] : contents.map((content) => content?.sizes[at]),
  }));
}

/** Sizes that are written down in a program have to be those of other inputs too. */
function checkReshape([from, shape]: readonly (Content | null)[], sizeNames: SizeNames): void {
  const wanted = shape?.elements?.flatMap((dim) => (dim === null ? [] : (sizeNames.find(dim) ?? [])));
  const isWhole =
    wanted?.length === shape?.elements?.length && wanted?.every((size) => size !== 0 && size !== -1);
  if (!from || !wanted || !isWhole || ![...from.sizes, ...wanted].every((size) => sizeNames.isOfInputs(size)))
    return;
  const [before, after] = [productOf(from.sizes), productOf(wanted)];
  const lost = namesIn(before).filter((name) => !namesIn(after).includes(name));
  if (lost.length === 0) return;
  throw new FixedSize(lost, `${String(dimOf(before))} elements have to be ${String(dimOf(after))}`);
}
