import type { Dtype } from '../../core/dtype';
import type { Scalar } from './recorder';
import { SymInt } from './size';

/** What torch makes of a float without a dtype. */
export const defaultDtype: Dtype = 'float32';

/** The dtype of a number of the program: int64, float32, bool. */
export function dtypeOfScalar(value: Scalar): Dtype {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || value instanceof SymInt ? 'int64' : defaultDtype;
}
