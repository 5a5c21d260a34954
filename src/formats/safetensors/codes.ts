import type { Dtype } from '../../core/dtype';

/** Element types by the names the format has for them. */
export const codes: Partial<Record<string, Dtype>> = {
  ...{ F64: 'float64', F32: 'float32', F16: 'float16', BF16: 'bfloat16', BOOL: 'bool', C64: 'complex64' },
  ...{
    I64: 'int64',
    I32: 'int32',
    I16: 'int16',
    I8: 'int8',
    U64: 'uint64',
    U32: 'uint32',
    U16: 'uint16',
    U8: 'uint8',
  },
  ...{ F8_E4M3: 'float8e4m3fn', F8_E5M2: 'float8e5m2', F8_E8M0: 'float8e8m0', F4: 'float4e2m1' },
  ...{ F8_E4M3FNUZ: 'float8e4m3fnuz', F8_E5M2FNUZ: 'float8e5m2fnuz' },
};
