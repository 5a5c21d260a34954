import type { Dtype } from '../core/dtype';
import type { Dim } from '../core/shape';
import { axisOf, broadcast, fixedCount, mapDim, ofRank } from './dims';
import { elementOf } from './element';
import { shapeOf } from './known';
import { softmaxTo13, toInputs, type Move } from './moves';
import { op, type Arity, type Known, type Operator, type Site } from './op';

interface Words {
  type: string;
  domain?: string;
  since: number;
  says: string;
  inputs?: Arity;
  outputs?: Arity;
  requires?: readonly string[];
  breaks?: readonly number[];
  moves?: Readonly<Record<number, Move>>;
}

/** Operators that give each element of their first input a new value: same dtype unless `gives`, same shape. */
export function elementwise({ gives, of, ...words }: Elementwise): Operator {
  return op({
    inputs: [1, 1],
    ...words,
    infer(site) {
      const { dtype, shape, elements } = site.input(0);
      if (!of || !elements) return [{ dtype: gives ?? dtype, shape }];
      const keepsNames = keepsAll(of);
      const each = (value: Dim) => {
        if (typeof value !== 'number') return keepsNames ? value : null;
        const element = elementOf(value, dtype);
        return element === null ? null : elementOf(of(element), gives ?? dtype);
      };
      return [{ dtype: gives ?? dtype, shape, elements: elements.map(each) }];
    },
  });
}

type Elementwise = Words & { gives?: Dtype; of?: (value: number) => number };

/** Operators of two inputs that broadcast; `of` computes small numbers, for shapes that a graph computes. */
export function broadcasting({
  gives,
  of,
  ...words
}: Words & { gives?: Dtype; of?: (a: number, b: number) => number }): Operator {
  return op({
    inputs: [2, 2],
    breaks: [7],
    ...words,
    infer(site) {
      const [a, b] = [site.input(0), site.input(1)];
      return [
        {
          dtype: gives ?? a.dtype ?? b.dtype,
          shape: site.opset < 7 && !gives ? a.shape : broadcast(a.shape, b.shape),
          elements: of ? combined(a, b, gives ?? null, of) : null,
        },
      ];
    },
  });
}

/** Operators of any number of inputs that broadcast. */
export function variadic({ of, ...words }: Words & { of?: (a: number, b: number) => number }): Operator {
  return op({
    inputs: [1, Infinity],
    breaks: [8],
    ...words,
    infer(site) {
      const [first, ...rest] = site.node.inputs.map((_, at) => site.input(at));
      if (first === undefined) return [];
      return [
        rest.reduce(
          (a, b) => ({
            dtype: a.dtype ?? b.dtype,
            shape: broadcast(a.shape, b.shape),
            elements: of ? combined(a, b, null, of) : null,
          }),
          first,
        ),
      ];
    },
  });
}

function combined(
  a: Known,
  b: Known,
  gives: Dtype | null,
  of: (a: number, b: number) => number,
): Dim[] | null {
  const [left, right] = [a.elements, b.elements];
  if (!left || !right) return null;
  if (left.length !== right.length && left.length !== 1 && right.length !== 1) return null;
  const length = left.length === 1 ? right.length : left.length;
  // Both may stretch along dimensions of their own: the elements are then more than either has.
  if ((fixedCount(broadcast(a.shape, b.shape)) ?? length) !== length) return null;
  return Array.from({ length }, (_, at) => {
    const [x, y] = [left[left.length === 1 ? 0 : at], right[right.length === 1 ? 0 : at]];
    if (typeof x === 'number' && typeof y === 'number') {
      const [first, second] = [elementOf(x, a.dtype ?? b.dtype), elementOf(y, b.dtype ?? a.dtype)];
      if (first === null || second === null) return null;
      return elementOf(of(first, second), gives ?? a.dtype ?? b.dtype);
    }
    if (typeof y === 'number' && keepsAll((size) => of(size, y))) return x ?? null;
    return typeof x === 'number' && keepsAll((size) => of(x, size)) ? (y ?? null) : null;
  });
}

/** Whether sizes, and so named dimensions, come out as they went in: + 0, × 1, ÷ 1 and the like. */
function keepsAll(of: (size: number) => number): boolean {
  return [0, 1, 7, 2 ** 31].every((size) => of(size) === size);
}

/** Reductions over axes given as an attribute, or as the second input from `inputSince` on. */
export function reduction({
  inputSince,
  of,
  ...words
}: Words & { inputSince: number; of?: (elements: readonly Dim[]) => Dim }): Operator {
  return op({
    inputs: [1, 2],
    ...words,
    breaks: [inputSince],
    moves: { [inputSince]: toInputs({ axes: [1, 'int64'] }) },
    infer(site) {
      const { dtype, shape, elements } = site.input(0);
      const given = site.ints('axes') ?? numbersOf(site.input(1).elements);
      const keeps = site.int('keepdims', 1) === 1;
      if (shape === null) {
        const whole = given === null && !site.has(1) && !keeps;
        return [{ dtype, shape: whole ? [] : null }];
      }
      if (given === null && site.has(1)) {
        const [count = null] = site.input(1).shape ?? [];
        if (keeps) return [{ dtype, shape: ofRank(shape.length) }];
        return [
          { dtype, shape: typeof count === 'number' && count > 0 ? ofRank(shape.length - count) : null },
        ];
      }
      const none = given === null || given.length === 0;
      if (none && site.int('noop_with_empty_axes', 0) === 1) return [{ dtype, shape }];
      const axes = none ? shape.map((_, at) => at) : given.map((axis) => axisOf(axis, shape.length));
      const kept = shape.flatMap((dim, at) => (axes.includes(at) ? (keeps ? [1] : []) : [dim]));
      const exact = elements?.map((value) => (typeof value === 'number' ? elementOf(value, dtype) : value));
      const whole = of && exact && axes.length === shape.length ? of(exact) : null;
      const element = typeof whole === 'number' ? elementOf(whole, dtype) : whole;
      return [{ dtype, shape: kept, elements: element === null ? null : [element] }];
    },
  });
}

/** The index of the largest or smallest element along an axis. */
export function argReduction(words: Words): Operator {
  return op({
    inputs: [1, 1],
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
    inputs: [1, 1],
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
    inputs: [1, 1],
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
    const before = auto === 'VALID' ? 0 : (pads?.[at] ?? 0);
    const behind = auto === 'VALID' ? 0 : (pads?.[at + kernel.length] ?? 0);
    return mapDim(dim, (size) => {
      const count = round((size + before + behind - reach) / stride) + 1;
      // A last window that begins behind the elements is left out.
      return (count - 1) * stride >= size + before ? count - 1 : count;
    });
  });
}

/** A window of the length in the first input, as signals are multiplied by before a Fourier transform. */
export function taper(words: Words): Operator {
  return op({
    inputs: [1, 1],
    ...words,
    infer(site) {
      const [length = null] = site.input(0).elements ?? [];
      return [{ dtype: site.dtype('output_datatype', 'float32'), shape: [length] }];
    },
  });
}

/** Random numbers of a shape in an attribute, or of the shape of an input. */
export function randomly(words: Words): Operator {
  return op({
    inputs: [1, 1],
    ...words,
    infer(site) {
      const like = site.input(0);
      const dtype = site.dtype('dtype', site.has(0) ? like.dtype : 'float32');
      return [{ dtype, shape: site.has(0) ? like.shape : site.ints('shape') }];
    },
  });
}

/** Operators on quantized numbers that keep dtype and shape of their first input. */
export function quantized(words: Words): Operator {
  return op({ ...words, inputs: words.inputs ?? [4, 5], infer: (site) => [shapeOf(site.input(0))] });
}

/** Numbers without names among them; `null` otherwise. */
export function numbersOf(elements: Known['elements']): number[] | null {
  if (!elements) return null;
  const numbers = elements.filter((value) => typeof value === 'number');
  return numbers.length === elements.length ? numbers : null;
}
