import type { Dtype } from '../core/dtype';

/**
 * The dtypes in the order of the numbers ONNX gives them; attributes such as `to` of Cast hold these too.
 * @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types
 */
export const dtypeNumbers: readonly (Dtype | null)[] = [
  null,
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
];

/** The dtype of an ONNX number: `null` for 0, which means open, `undefined` for what no version defines. */
export function dtypeOf(number: number): Dtype | null | undefined {
  return dtypeNumbers[number];
}

/** The ONNX number of a dtype. */
export function numberOf(dtype: Dtype | null): number {
  return dtypeNumbers.indexOf(dtype);
}
