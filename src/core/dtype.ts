/** Element types, named as NumPy names them where NumPy has them, else as ONNX does. */
export const dtypes = {
  float32: { bits: 32 },
  float64: { bits: 64 },
  float16: { bits: 16 },
  bfloat16: { bits: 16 },
  int8: { bits: 8 },
  int16: { bits: 16 },
  int32: { bits: 32 },
  int64: { bits: 64 },
  uint8: { bits: 8 },
  uint16: { bits: 16 },
  uint32: { bits: 32 },
  uint64: { bits: 64 },
  bool: { bits: 8 },
  complex64: { bits: 64 },
  complex128: { bits: 128 },
  float8e4m3fn: { bits: 8 },
  float8e4m3fnuz: { bits: 8 },
  float8e5m2: { bits: 8 },
  float8e5m2fnuz: { bits: 8 },
  float8e8m0: { bits: 8 },
  float4e2m1: { bits: 4 },
  int4: { bits: 4 },
  uint4: { bits: 4 },
  int2: { bits: 2 },
  uint2: { bits: 2 },
  string: { bits: 0 },
} as const;

export type Dtype = keyof typeof dtypes;

/** Whether a text is the name of a dtype. */
export function isDtype(text: string): text is Dtype {
  return Object.hasOwn(dtypes, text);
}

/** Bytes that `count` elements take when packed as ONNX packs them (sub-byte types share bytes). */
export function byteLength(dtype: Dtype, count: number): number {
  return Math.ceil((dtypes[dtype].bits * count) / 8);
}
