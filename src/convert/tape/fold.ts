import { intOf, intsOf } from '../../ir/attributes';
import { elementCount } from '../../core/shape';
import type { StoredTensor } from '../../core/checkpoint';
import { elementOf } from '../../ir/element';
import type { Node } from '../../ir/model';
import type { Known } from '../../ir/op';
import type { Content } from './content';
import { elementsOf } from './elements';
import { joined, permuted, reshaped, sliced } from './stored';

/**
 * The outputs of a node as constants, where all their elements are known already; `null` where they are not.
 */
export function foldNumbers(
  op: string,
  knowns: readonly Known[],
  made: readonly unknown[],
): Content[] | null {
  if (knowns.length < made.length || op.startsWith('Random') || op === 'Identity') return null;
  const contents = knowns.slice(0, made.length).map(constantOf);
  return contents.every((content) => content !== null) ? contents : null;
}

function constantOf({ dtype, shape, elements }: Known): Content | null {
  if (!elements || !shape || !dtype || dtype === 'float16' || dtype === 'bfloat16') return null;
  const numbers = elements.filter((value) => typeof value === 'number');
  const dims = shape.filter((dim) => typeof dim === 'number');
  const isWhole = numbers.length === elements.length && dims.length === shape.length;
  if (!isWhole || elementCount(dims) !== numbers.length) return null;
  const exact = numbers.map((value) => elementOf(value, dtype)).filter((value) => value !== null);
  if (exact.length !== numbers.length) return null;
  const source = { kind: 'memory' as const, data: elementsOf(dtype, exact) };
  return { dtype, sizes: dims, elements: exact, source, name: null };
}

/** A rearranged parameter as another view of its file, for the nodes that only move elements; `null` otherwise. */
export function foldStored(
  op: string,
  contents: readonly (Content | null)[],
  node: Node,
  made: readonly unknown[],
): Content[] | null {
  const [first] = contents;
  if (!first || first.source?.kind !== 'stored' || made.length !== 1) return null;
  const { stored, label } = first.source;
  const moved = rearranged(op, contents, stored, node);
  if (moved === null) return null;
  const source = { kind: 'stored' as const, stored: moved, label: `${label}/${op}` };
  return [{ dtype: first.dtype, sizes: moved.dims, elements: null, source, name: null }];
}

function rearranged(
  op: string,
  contents: readonly (Content | null)[],
  stored: StoredTensor,
  node: Node,
): StoredTensor | null {
  // A size that is free is among the elements too, and is no number.
  const numbers = (index: number) => {
    const elements = contents[index]?.elements?.map((element) =>
      typeof element === 'object' ? NaN : Number(element),
    );
    return elements?.every((element) => !Number.isNaN(element)) ? elements : null;
  };
  switch (op) {
    case 'Transpose': {
      const order = intsOf(node, 'perm');
      return order && permuted(stored, order);
    }
    case 'Unsqueeze': {
      const [axis, ...more] = numbers(1) ?? [];
      if (axis === undefined || axis < 0 || more.length > 0) return null;
      return reshaped(stored, stored.dims.toSpliced(axis, 0, 1));
    }
    case 'Squeeze': {
      const [axis, ...more] = numbers(1) ?? [];
      if (axis === undefined || axis < 0 || more.length > 0) return null;
      return reshaped(stored, stored.dims.toSpliced(axis, 1));
    }
    case 'Reshape': {
      const dims = numbers(1);
      return dims?.every((dim) => dim > 0) ? reshaped(stored, dims) : null;
    }
    case 'Slice':
      return slicedBy(stored, [1, 2, 3, 4].map(numbers));
    case 'Concat': {
      const parts = contents.map((content) =>
        content?.source?.kind === 'stored' ? content.source.stored : null,
      );
      const whole = parts.filter((part) => part !== null);
      return intOf(node, 'axis', 0) === 0 && whole.length === parts.length ? joined(whole) : null;
    }
    default:
      return null;
  }
}

function slicedBy(
  stored: StoredTensor,
  [starts, ends, axes, steps]: (number[] | null)[],
): StoredTensor | null {
  const [start, end, axis, step] = [starts?.[0], ends?.[0], axes?.[0], steps?.[0] ?? 1];
  if (starts?.length !== 1 || start === undefined || end === undefined || axis === undefined) return null;
  const size = stored.dims[axis];
  if (size === undefined || step !== 1) return null;
  const within = (at: number) => Math.min(size, Math.max(0, at < 0 ? at + size : at));
  return sliced(stored, axis, within(start), within(end));
}
