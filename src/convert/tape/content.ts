import type { StoredTensor } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { elementCount, type Dim } from '../../core/shape';
import type { TypedArray } from '../../core/tensor';
import type { Known } from '../../ir/op';
import { dimOf, type Size } from './size';

/** What a tensor holds at one moment: a value of the graph, or a constant that nothing has needed there yet. */
export interface Content {
  readonly dtype: Dtype;
  readonly sizes: readonly Size[];
  /** The elements of a small tensor: a text where one is a symbolic size, `null` for one unknown. */
  readonly elements: readonly Dim[] | null;
  /** Where the elements of a constant lie. */
  readonly source: Source | null;
  /** The value's name in the graph, once it is there. */
  name: string | null;
}

/** The elements of a constant: in memory, or in the file they came from. */
type Source = { kind: 'memory'; data: TypedArray } | { kind: 'stored'; stored: StoredTensor; label: string };

/** What `ir` is told of a content. */
export function knownOf({ dtype, sizes, elements }: Content): Known {
  return { dtype, shape: sizes.map(dimOf), elements };
}

/** A constant whose elements are in memory. */
export function constantOf(dtype: Dtype, dims: readonly number[], data: TypedArray): Content {
  const isSmall = elementCount(dims) <= MOST_ELEMENTS && plain.test(dtype);
  const elements = isSmall ? Array.from(data, Number) : null;
  return { dtype, sizes: dims, elements, source: { kind: 'memory', data }, name: null };
}

/** A tensor of a checkpoint, with its elements where they have been read. */
export function parameterOf(label: string, stored: StoredTensor, data?: TypedArray): Content {
  const { dtype, dims } = stored;
  const isFloat = dtype.startsWith('float');
  if (data && !isFloat) return constantOf(dtype, dims, data);
  const elements = data ? Array.from(data, Number) : null;
  return { dtype, sizes: dims, elements, source: { kind: 'stored', stored, label }, name: null };
}

/** What lies in a typed array as the number that it is. */
const plain = /^(bool|u?int(8|16|32|64)|float(32|64))$/;

/** As many as `ir` carries along: shapes, axes, scales and indices are short. */
const MOST_ELEMENTS = 64;
