import { isDtype, type Dtype } from '../../core/dtype';
import type { Scalar } from '../tape/recorder';
import { SymInt } from '../tape/size';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import { isFloat } from './promotion';
import type { Parameter, ParameterType, Schema } from './schema';

/** What a program hands to an operator. Whole numbers are bigints; a number is a float. */
export type Argument =
  Tensor | SymInt | bigint | number | boolean | string | null | object | readonly Argument[];

/** How freely arguments are taken: as they are, or with numbers for tensors and tensors of one element for numbers. */
export type Manner = 'strict' | 'loose';

/** The arguments of a call by the names of a schema, defaults filled in; `null` where they do not fit it. */
export function bind(
  tape: Tape,
  { parameters }: Schema,
  given: readonly Argument[],
  named: Readonly<Record<string, Argument>>,
  manner: Manner,
): Record<string, unknown> | null {
  const known = new Set(parameters.map(({ name }) => name));
  if (Object.keys(named).some((name) => !known.has(name))) return null;
  const places = parameters.filter(({ isKeyword }) => !isKeyword).length;
  if (given.length > (manner === 'loose' ? parameters.length : places)) return null;
  const bound: Record<string, unknown> = {};
  for (const [at, parameter] of parameters.entries()) {
    const value = at < given.length ? given[at] : named[parameter.name];
    const taken = value === undefined ? defaultOf(parameter) : take(tape, parameter.type, value, manner);
    if (taken === undefined) return null;
    bound[parameter.name] = taken;
  }
  return bound;
}

function defaultOf({ type, otherwise }: Parameter): unknown {
  if (otherwise === null) return type.isOptional ? null : undefined;
  if (otherwise === 'None') return null;
  if (otherwise === 'True' || otherwise === 'False') return otherwise === 'True';
  if (otherwise.startsWith('"') || otherwise.startsWith("'")) return otherwise.slice(1, -1);
  if (type.list) {
    const items = otherwise
      .replace(/^\[|\]$/g, '')
      .split(',')
      .filter(Boolean)
      .map((item) => plain(type.base, item));
    return repeated(items, type.list.length);
  }
  return plain(type.base, otherwise);
}

function plain(base: string, text: string): unknown {
  if (base === 'Scalar' && /^-?\d+$/.test(text)) return BigInt(text);
  const number = Number(text);
  // `reduction=Mean` and the like name constants of the C++ library.
  return Number.isNaN(number) ? (constants[text] ?? null) : number;
}

const constants: Readonly<Record<string, number | null>> = { Mean: 1, contiguous_format: null };

function take(tape: Tape, type: ParameterType, value: Argument, manner: Manner): unknown {
  if (value === null && type.isOptional) return null;
  if (type.list === null) return takeOne(tape, type.base, value, manner);
  const { length, ofOptional } = type.list;
  if (!Array.isArray(value)) {
    if (length === null) return undefined;
    const one = takeOne(tape, type.base, value, manner);
    return one === undefined ? undefined : repeated([one], length);
  }
  const items = (value as readonly Argument[]).map((item) =>
    item === null && ofOptional ? null : takeOne(tape, type.base, item, manner),
  );
  if (items.includes(undefined)) return undefined;
  return repeated(items, length);
}

/** One number for a list of fixed length stands for all of them. */
function repeated(items: readonly unknown[], length: number | null): readonly unknown[] {
  return items.length === 1 && length !== null && length > 1
    ? new Array<unknown>(length).fill(items[0])
    : items;
}

function takeOne(tape: Tape, base: string, value: Argument, manner: Manner): unknown {
  if (base === 'Tensor') {
    if (value instanceof Tensor) return value;
    return manner === 'loose' && isScalar(value) ? tape.wrap(value) : undefined;
  }
  const one = manner === 'loose' && value instanceof Tensor ? elementOf(tape, value) : value;
  switch (base) {
    case 'int':
    case 'SymInt':
      if (typeof one === 'bigint') return Number(one);
      if (typeof one === 'boolean' && manner === 'loose') return Number(one);
      if (base === 'SymInt' && one instanceof SymInt) return one;
      return typeof one === 'number' && Number.isInteger(one) ? one : undefined;
    case 'float':
      return typeof one === 'bigint' || typeof one === 'number' ? Number(one) : undefined;
    case 'Scalar':
      return isScalar(one) ? one : undefined;
    case 'bool':
      if (typeof one === 'bigint' && manner === 'loose') return one !== 0n;
      return typeof one === 'boolean' ? one : undefined;
    case 'str':
      return typeof one === 'string' ? one : undefined;
    case 'ScalarType':
      return dtypeFor(one);
    default:
      return one ?? undefined;
  }
}

function isScalar(value: Argument | undefined): value is Scalar {
  return ['number', 'bigint', 'boolean'].includes(typeof value) || value instanceof SymInt;
}

/** The element of a tensor that holds one known number or size. */
function elementOf(tape: Tape, tensor: Tensor): Argument | undefined {
  if (tensor.elements?.length !== 1) return undefined;
  const [size] = tape.sizesIn(tensor) ?? [];
  if (size === undefined || typeof size === 'object') return size;
  if (tensor.dtype === 'bool') return size !== 0;
  return isFloat(tensor.dtype) ? size : (tensor.long ?? BigInt(size));
}

/** The dtype that a name or TorchScript's number says; `undefined` for others. */
export function dtypeFor(value: Argument | undefined): Dtype | undefined {
  if (typeof value === 'string') return isDtype(value) ? value : undefined;
  return typeof value === 'bigint' ? scalarTypes[Number(value)] : undefined;
}

/** The number that TorchScript writes for what a tensor holds; `undefined` where it has none. */
export function scalarTypeOf({ dtype, quantized }: Tensor): number | undefined {
  const at = quantized ? scalarTypes.lastIndexOf(dtype) : scalarTypes.indexOf(dtype);
  return at < 0 ? undefined : at;
}

/**
 * The dtypes by the numbers that TorchScript writes; quantized ones as what they are stored in.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/headeronly/core/ScalarType.h
 */
const scalarTypes: readonly (Dtype | undefined)[] = [
  ...(['uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64'] as const),
  ...([undefined, 'complex64', 'complex128', 'bool', 'int8', 'uint8', 'int32', 'bfloat16'] as const),
];
