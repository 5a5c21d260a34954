import type { Dtype } from '../../core/dtype';

/**
 * The dtype of a storage class (`torch.FloatStorage`) or of a dtype (`torch.float32`), without its module. Quantized
 * ones are the integers they are kept as; four and two bits are packed, the first element lowest.
 * @see https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch-dtype
 */
export function torchDtype(name: string): Dtype | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(storages, last)
    ? (storages[last] ?? null)
    : Object.hasOwn(names, last)
      ? (names[last] ?? null)
      : null;
}

const storages: Partial<Record<string, Dtype>> = {
  ...{
    FloatStorage: 'float32',
    DoubleStorage: 'float64',
    HalfStorage: 'float16',
    BFloat16Storage: 'bfloat16',
  },
  ...{ LongStorage: 'int64', IntStorage: 'int32', ShortStorage: 'int16', CharStorage: 'int8' },
  ...{ ByteStorage: 'uint8', BoolStorage: 'bool', UntypedStorage: 'uint8' },
  ...{ ComplexFloatStorage: 'complex64', ComplexDoubleStorage: 'complex128' },
  ...{ QInt8Storage: 'int8', QUInt8Storage: 'uint8', QInt32Storage: 'int32' },
  ...{ QUInt4x2Storage: 'uint4', QUInt2x4Storage: 'uint2' },
};

const names: Partial<Record<string, Dtype>> = {
  ...{
    float32: 'float32',
    float: 'float32',
    float64: 'float64',
    double: 'float64',
    float16: 'float16',
    half: 'float16',
  },
  ...{ bfloat16: 'bfloat16', int8: 'int8', int16: 'int16', int32: 'int32', int64: 'int64', uint8: 'uint8' },
  ...{ uint16: 'uint16', uint32: 'uint32', uint64: 'uint64', bool: 'bool' },
  ...{ complex64: 'complex64', complex128: 'complex128', qint8: 'int8', quint8: 'uint8', qint32: 'int32' },
  ...{ quint4x2: 'uint4', quint2x4: 'uint2', float4_e2m1fn_x2: 'float4e2m1' },
  ...{ float8_e4m3fn: 'float8e4m3fn', float8_e4m3fnuz: 'float8e4m3fnuz', float8_e5m2: 'float8e5m2' },
  ...{ float8_e5m2fnuz: 'float8e5m2fnuz', float8_e8m0fnu: 'float8e8m0' },
};
