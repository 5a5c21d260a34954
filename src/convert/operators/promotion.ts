import type { Dtype } from '../../core/dtype';
import { invariant } from '../../core/problem';
import { defaultDtype } from '../tape/scalars';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Bool, whole numbers, floats: a higher kind wins whatever the widths. */
export function kindOf(dtype: Dtype): 'bool' | 'int' | 'float' | 'complex' {
  if (dtype === 'bool') return 'bool';
  if (dtype.startsWith('complex')) return 'complex';
  return dtype.startsWith('float') || dtype === 'bfloat16' ? 'float' : 'int';
}

/** Whether a dtype holds fractions. */
export function isFloat(dtype: Dtype): boolean {
  return kindOf(dtype) === 'float';
}

/** Each dtype before those that hold all its elements, as torch promotes two tensors. */
const ladders: readonly (readonly Dtype[])[] = [
  ['bool', 'uint8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64'],
  ['bool', 'int8', 'int16', 'int32', 'int64', 'bfloat16', 'float32', 'float64'],
];

/**
 * The dtype that two dtypes meet in.
 * @see https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc
 */
export function promoteTypes(a: Dtype, b: Dtype): Dtype {
  if (a === b) return a;
  if (kindOf(a) !== kindOf(b)) {
    const order = ['bool', 'int', 'float', 'complex'];
    return order.indexOf(kindOf(a)) > order.indexOf(kindOf(b)) ? a : b;
  }
  const ranks = [a, b].map((dtype) => Math.max(...ladders.map((ladder) => ladder.indexOf(dtype))));
  const [left = 0, right = 0] = ranks;
  if (left !== right) return left > right ? a : b;
  // uint8 with int8, float16 with bfloat16: the next that holds both.
  const next = ladders[0]?.[left + 1];
  invariant(next, `${a} and ${b} have a dtype in common`);
  return next;
}

/**
 * The dtype of an operator on these tensors: those with dimensions decide, then those without, then numbers; a
 * weaker one counts only where its kind is higher.
 * @see https://pytorch.org/docs/stable/generated/torch.result_type.html
 */
export function resultType(tensors: readonly Tensor[]): Dtype {
  const classes: (Dtype | null)[] = [null, null, null];
  for (const tensor of tensors) {
    const level = tensor.isWrapped ? 2 : tensor.rank === 0 ? 1 : 0;
    const dtype = tensor.isWrapped && isFloat(tensor.dtype) ? defaultDtype : tensor.dtype;
    const before = classes[level] ?? null;
    classes[level] = before === null ? dtype : promoteTypes(before, dtype);
  }
  const [shaped = null, single = null, wrapped = null] = classes;
  const result = combined(shaped, combined(single, wrapped));
  invariant(result, 'there is a tensor');
  return result;
}

function combined(strong: Dtype | null, weak: Dtype | null): Dtype | null {
  if (strong === null || weak === null) return strong ?? weak;
  if (isFloat(strong)) return strong;
  return strong === 'bool' || isFloat(weak) ? promoteTypes(strong, weak) : strong;
}

/** The tensors in the dtype that torch computes with. */
export function promoted<const T extends readonly Tensor[]>(
  tape: Tape,
  tensors: T,
): { [K in keyof T]: Tensor } {
  const dtype = resultType(tensors);
  return tensors.map((tensor) => tape.cast(tensor, dtype)) as { [K in keyof T]: Tensor };
}

/** A tensor in a float dtype: its own, or float32 for whole numbers and truth values. */
export function asFloat(tape: Tape, tensor: Tensor): Tensor {
  return isFloat(tensor.dtype) ? tensor : tape.cast(tensor, defaultDtype);
}
