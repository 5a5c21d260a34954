import type { Dtype } from '../../core/dtype';
import { Foreign, PyClass, type Machine, type Value } from '../../python';

/** `torch.float32`. */
export class DtypeValue extends Foreign {
  readonly typeName = 'dtype';
  readonly dtype: Dtype;

  constructor(dtype: Dtype) {
    super();
    this.dtype = dtype;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name === 'is_floating_point') return /float/.test(this.dtype);
    return name === 'is_complex' ? this.dtype.startsWith('complex') : undefined;
  }

  override compare(_machine: Machine, op: string, other: Value): Value | undefined {
    const isSame = other instanceof DtypeValue && other.dtype === this.dtype;
    return op === '==' ? isSame : op === '!=' ? !isSame : undefined;
  }

  override repr(): string {
    return `torch.${this.dtype}`;
  }
}

const values = new Map<Dtype, DtypeValue>();

/** A dtype as a program holds it: there is one of each, as in torch. */
export function dtypeValue(dtype: Dtype): DtypeValue {
  const value = values.get(dtype) ?? new DtypeValue(dtype);
  values.set(dtype, value);
  return value;
}

/** `torch.device('cpu')`: whatever device a program names, its graph runs where it is run. */
export class DeviceValue extends Foreign {
  readonly typeName = 'device';

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name === 'type') return 'cpu';
    return name === 'index' ? null : undefined;
  }

  override compare(_machine: Machine, op: string, other: Value): Value | undefined {
    const isSame = other instanceof DeviceValue || other === 'cpu';
    return op === '==' ? isSame : op === '!=' ? !isSame : undefined;
  }

  override repr(): string {
    return 'cpu';
  }
}

const spellings: Readonly<Record<string, Dtype>> = {
  ...{ float: 'float32', double: 'float64', half: 'float16', cfloat: 'complex64', cdouble: 'complex128' },
  ...{ long: 'int64', int: 'int32', short: 'int16', qint8: 'int8', quint8: 'uint8', qint32: 'int32' },
};

const plain: readonly Dtype[] = [
  ...(['float64', 'float32', 'float16', 'bfloat16', 'complex64', 'complex128', 'bool'] as const),
  ...(['int64', 'int32', 'int16', 'int8', 'uint8'] as const),
];

/** The dtypes by every name that `torch` has for them. */
export const dtypeNames: ReadonlyMap<string, Dtype> = new Map([
  ...plain.map((dtype) => [dtype, dtype] as const),
  ...Object.entries(spellings),
]);

/** The dtypes by the methods that give them: `x.half()`. */
export const dtypeMethods: ReadonlyMap<string, Dtype> = new Map([
  ...dtypeNames,
  ['char', 'int8'],
  ['byte', 'uint8'],
]);

/** The dtypes of the older classes of tensors. */
export const tensorTypes: ReadonlyMap<string, Dtype> = new Map([
  ['FloatTensor', 'float32'],
  ['DoubleTensor', 'float64'],
  ['HalfTensor', 'float16'],
  ['BFloat16Tensor', 'bfloat16'],
  ['LongTensor', 'int64'],
  ['IntTensor', 'int32'],
  ['ShortTensor', 'int16'],
  ['CharTensor', 'int8'],
  ['ByteTensor', 'uint8'],
  ['BoolTensor', 'bool'],
]);

/** `torch.Tensor`, and the older classes of tensors: with a dtype. */
export abstract class TensorClass extends Foreign {
  /** `null` where it stands for tensors of any dtype. */
  abstract readonly dtype: Dtype | null;
}

/** The dtype that a program names: `torch.long`, `float`, `'float32'`, `torch.FloatTensor`. */
export function dtypeIn(value: Value): Dtype | undefined {
  if (value instanceof DtypeValue) return value.dtype;
  if (value instanceof TensorClass) return value.dtype ?? 'float32';
  if (typeof value === 'string') {
    const name = value.replace(/^torch\.(cuda\.)?/, '');
    return dtypeNames.get(name) ?? tensorTypes.get(name);
  }
  if (!(value instanceof PyClass) || value.isOpen) return undefined;
  return new Map<string, Dtype>([
    ['float', 'float32'],
    ['int', 'int64'],
    ['bool', 'bool'],
  ]).get(value.name);
}
