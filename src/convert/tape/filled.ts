import type { Dtype } from '../../core/dtype';
import type { Scalar } from './recorder';
import { SymInt, type Size } from './size';
import { productOf } from './symint';
import type { Tape } from './tape';
import type { Tensor } from './tensor';

/** Constants up to this many elements are written down; larger ones the graph makes. */
const MOST_ELEMENTS = 64;

/** A tensor of one number. */
export function filled(tape: Tape, sizes: readonly Size[], value: Scalar, dtype: Dtype): Tensor {
  const count = productOf(sizes);
  const dims = sizes.filter((size) => typeof size === 'number');
  if (
    !(value instanceof SymInt) &&
    typeof count === 'number' &&
    count <= MOST_ELEMENTS &&
    dims.length === sizes.length
  ) {
    return tape.constant(dtype, dims, new Array<Exclude<Scalar, SymInt>>(count).fill(value));
  }
  return tape.node('Expand', [tape.scalar(value, dtype), sizes], {}, { sizes });
}
