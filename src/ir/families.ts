import type { Dtype } from '../core/dtype';
import type { Dim } from '../core/shape';
import { axisOf, broadcast, mapDim } from './dims';
import { softmaxTo13, toInputs, type Move } from './moves';
import { op, type Known, type Operator, type Site } from './op';

interface Words {
  type: string;
  domain?: string;
  since: number;
  says: string;
  breaks?: readonly number[];
  moves?: Readonly<Record<number, Move>>;
}

/** Operators that give each element of their first input a new value: same dtype, same shape. */
export function elementwise(words: Words): Operator {
  return op({ ...words, infer: (site) => [{ ...site.input(0), ints: null }] });
}

/** Operators of two inputs that broadcast; `of` computes whole numbers, for shapes that a graph computes. */
export function broadcasting(
  words: Words & { gives?: Dtype; of?: (a: number, b: number) => number },
): Operator {
  const { gives, of, ...rest } = words;
  return op({
    ...rest,
    breaks: [7],
    infer(site) {
      const [a, b] = [site.input(0), site.input(1)];
      const dtype = gives ?? a.dtype ?? b.dtype;
      const ints = of && gives === undefined ? combine(a.ints, b.ints, of) : null;
      return [{ dtype, shape: broadcast(a.shape, b.shape), ints }];
    },
  });
}

function combine(a: Known['ints'], b: Known['ints'], of: (a: number, b: number) => number): Dim[] | null {
  if (!a || !b || (a.length !== b.length && a.length !== 1 && b.length !== 1)) return null;
  const length = a.length === 1 ? b.length : a.length;
  return Array.from({ length }, (_, at) => {
    const [x, y] = [a[a.length === 1 ? 0 : at], b[b.length === 1 ? 0 : at]];
    if (typeof x === 'number' && typeof y === 'number') return Math.trunc(of(x, y));
    // A named dimension survives + 0, - 0, × 1 and ÷ 1.
    const same =
      typeof y === 'number' && of(7, y) === 7 ? x : typeof x === 'number' && of(x, 7) === 7 ? y : null;
    return same ?? null;
  });
}

/** Reductions over axes given as an attribute, or as the second input from `inputSince` on. */
export function reduction(words: Words & { inputSince: number }): Operator {
  const { inputSince, ...rest } = words;
  return op({
    ...rest,
    breaks: [inputSince],
    moves: { [inputSince]: toInputs({ axes: [1, 'int64'] }) },
    infer(site) {
      const { dtype, shape } = site.input(0);
      if (shape === null) return [{ dtype, shape }];
      const given = site.ints('axes') ?? numbersOf(site.input(1).ints);
      if (given === null && site.has(1)) return [{ dtype, shape: null }];
      const none = given === null || given.length === 0;
      if (none && site.int('noop_with_empty_axes', 0) === 1) return [{ dtype, shape }];
      const axes = none ? shape.map((_, at) => at) : given.map((axis) => axisOf(axis, shape.length));
      const keep = site.int('keepdims', 1) === 1;
      const kept = shape.flatMap((dim, at) => (axes.includes(at) ? (keep ? [1] : []) : [dim]));
      return [{ dtype, shape: kept }];
    },
  });
}

/** The index of the largest or smallest element along an axis. */
export function argReduction(words: Words): Operator {
  return op({
    ...words,
    infer(site) {
      const { shape } = site.input(0);
      if (shape === null) return [{ dtype: 'int64', shape }];
      const axis = axisOf(site.int('axis', 0), shape.length);
      const keep = site.int('keepdims', 1) === 1;
      const kept = shape.flatMap((dim, at) => (at === axis ? (keep ? [1] : []) : [dim]));
      return [{ dtype: 'int64', shape: kept }];
    },
  });
}

/** Pooling over the dimensions behind `[N, C]`; a second output, where there is one, holds indices. */
export function pooling(words: Words): Operator {
  return op({
    ...words,
    infer(site) {
      const { dtype, shape } = site.input(0);
      const kernel = site.ints('kernel_shape');
      if (shape === null || kernel === null) return [{ dtype, shape: null }];
      const pooled = [...shape.slice(0, 2), ...windowed(site, shape.slice(2), kernel)];
      return site.node.outputs.map((_, at) => ({ dtype: at === 1 ? 'int64' : dtype, shape: pooled }));
    },
  });
}

/** Pooling over everything behind `[N, C]`. */
export function globalPooling(words: Words): Operator {
  return op({
    ...words,
    infer(site) {
      const { dtype, shape } = site.input(0);
      return [{ dtype, shape: shape && shape.map((dim, at) => (at < 2 ? dim : 1)) }];
    },
  });
}

/** Softmax and its relatives: same shape; before operator set 13 they flattened everything behind the axis. */
export function softmax(words: Words): Operator {
  return elementwise({ ...words, breaks: [13], moves: { 13: softmaxTo13 } });
}

/** Sizes after sliding a window over `sizes`: strides, dilations, pads, auto_pad and ceil_mode of the node. */
export function windowed(site: Site, sizes: readonly Dim[], kernel: readonly number[]): Dim[] {
  const strides = site.ints('strides');
  const dilations = site.ints('dilations');
  const pads = site.ints('pads');
  const auto = site.string('auto_pad', 'NOTSET');
  const round = site.int('ceil_mode', 0) === 1 ? Math.ceil : Math.floor;
  return sizes.map((dim, at) => {
    const stride = strides?.[at] ?? 1;
    const reach = ((kernel[at] ?? 1) - 1) * (dilations?.[at] ?? 1) + 1;
    if (auto.startsWith('SAME')) return mapDim(dim, (size) => Math.ceil(size / stride));
    const pad = auto === 'VALID' ? 0 : (pads?.[at] ?? 0) + (pads?.[at + kernel.length] ?? 0);
    return mapDim(dim, (size) => round((size + pad - reach) / stride) + 1);
  });
}

/** Whole numbers without names among them; `null` otherwise. */
export function numbersOf(ints: Known['ints']): number[] | null {
  if (!ints) return null;
  const numbers = ints.filter((value) => typeof value === 'number');
  return numbers.length === ints.length ? numbers : null;
}
