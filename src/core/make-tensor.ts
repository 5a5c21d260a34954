import type { Dtype } from './dtype';
import { toHalf } from './half';
import { normal, uniform } from './random';
import { elementCount } from './shape';
import type { PlainTensor } from './tensor';

/** Dtypes that a run can be given. */
const makers: Partial<Record<Dtype, (values: ArrayLike<number>) => PlainTensor['data']>> = {
  float32: (values) => Float32Array.from(values),
  float64: (values) => Float64Array.from(values),
  float16: (values) => toHalf(Float32Array.from(values)),
  int8: (values) => Int8Array.from(values),
  int16: (values) => Int16Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(Array.from(values), (value) => BigInt(Math.trunc(value))),
  uint8: (values) => Uint8Array.from(values),
  uint16: (values) => Uint16Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  uint64: (values) => BigUint64Array.from(Array.from(values), (value) => BigInt(Math.trunc(value))),
  bool: (values) => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
  string: (values) => Array.from(values, String),
};

/** Whether a tensor of this dtype can be made from numbers. */
export function canMake(dtype: string): dtype is Dtype {
  return dtype in makers;
}

/** A tensor of numbers in a dtype that `canMake`, cut or repeated to fill its dimensions. */
export function makeTensor(dtype: Dtype, dims: readonly number[], numbers: ArrayLike<number>): PlainTensor {
  const count = elementCount(dims);
  const filled =
    numbers.length === count
      ? numbers
      : Float64Array.from({ length: count }, (_, at) => numbers[at % Math.max(1, numbers.length)] ?? 0);
  return { dtype, dims: [...dims], data: makers[dtype]?.(filled) ?? new Float32Array(filled) };
}

/** Random numbers that suit a dtype: standard normal, or whole ones from 0 to 9, or bits. */
export function randomNumbers(dtype: Dtype, count: number, seed: number): Float64Array {
  if (dtype.startsWith('float')) return Float64Array.from({ length: count }, normal(seed));
  const next = uniform(seed);
  const end = dtype === 'bool' ? 2 : 10;
  return Float64Array.from({ length: count }, () => Math.floor(end * next()));
}
