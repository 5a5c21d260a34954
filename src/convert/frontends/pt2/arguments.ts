import type { Dtype } from '../../../core/dtype';
import { fieldOf } from '../../../core/json';
import type { Argument } from '../../operators/bind';
import { Gap } from '../../gap';
import type { Result } from '../../operators/aten';

/** Values of a graph by name. */
export type Values = ReadonlyMap<string, Result>;

/**
 * The dtypes by the numbers of the exported schema, which are not those of TorchScript.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/_export/serde/schema.py (ScalarType)
 */
export const scalarTypes: Readonly<Partial<Record<number, Dtype>>> = {
  ...{ 1: 'uint8', 2: 'int8', 3: 'int16', 4: 'int32', 5: 'int64', 6: 'float16', 7: 'float32', 8: 'float64' },
  ...{ 10: 'complex64', 11: 'complex128', 12: 'bool', 13: 'bfloat16', 28: 'uint16' },
};

/** What kind of thing a union of the schema is, and its content; older archives write all other kinds as null. */
export function unionOf(value: unknown): [kind: string, content: unknown] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.find(([, content]) => content !== null && content !== undefined) ?? ['as_none', null];
}

/** An argument of a node; `undefined` for what a graph has no use for: devices, layouts, memory formats. */
export function argumentOf(value: unknown, values: Values): Argument | undefined {
  const [kind, content] = unionOf(value);
  switch (kind) {
    case 'as_none':
      return null;
    case 'as_tensor':
      return named(content, values);
    case 'as_tensors':
      return listed(content, (one) => named(one, values));
    case 'as_optional_tensor':
      return optional(content, values);
    case 'as_optional_tensors':
      return listed(content, (one) => optional(one, values));
    case 'as_int':
      return wholeOf(content);
    case 'as_ints':
      return listed(content, wholeOf);
    case 'as_float':
      return floatOf(content);
    case 'as_floats':
      return listed(content, floatOf);
    case 'as_bool':
      return content === true;
    case 'as_bools':
      return listed(content, (one) => one === true);
    case 'as_string':
      return String(content);
    case 'as_strings':
      return listed(content, String);
    case 'as_sym_int':
    case 'as_sym_float':
    case 'as_sym_bool':
      return symbolic(content, values);
    case 'as_sym_ints':
    case 'as_sym_floats':
    case 'as_sym_bools':
      return listed(content, (one) => symbolic(one, values));
    case 'as_scalar_type':
      return scalarTypes[Number(content)] ?? null;
    case 'as_memory_format':
    case 'as_layout':
    case 'as_device':
      return undefined;
    default:
      throw new Gap(`an argument of the kind ${kind.replace('as_', '')} has no counterpart`);
  }
}

function listed(content: unknown, each: (one: unknown) => Argument): Argument {
  return Array.isArray(content) ? content.map(each) : [];
}

function optional(value: unknown, values: Values): Argument {
  const [kind, content] = unionOf(value);
  return kind === 'as_tensor' ? named(content, values) : null;
}

function named(content: unknown, values: Values): Argument {
  const name = fieldOf(content, 'name');
  const value = typeof name === 'string' ? values.get(name) : undefined;
  if (value === undefined) throw new Gap(`the program takes ${String(name)} before it makes it`);
  return wholeAsBigint(value);
}

/** `{ as_name }` is a size that the program calculates, others are plain. */
function symbolic(content: unknown, values: Values): Argument {
  const [kind, inner] = unionOf(content);
  if (kind === 'as_name') return named({ name: inner }, values);
  if (kind === 'as_int') return wholeOf(inner);
  return kind === 'as_bool' ? inner === true : floatOf(inner);
}

function wholeAsBigint(value: Result): Argument {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function wholeOf(content: unknown): bigint {
  if (typeof content !== 'number' || !Number.isInteger(content)) throw new Gap('a whole number is none');
  return BigInt(content);
}

/** JSON has no infinities; they are written as texts. */
function floatOf(content: unknown): number {
  if (typeof content !== 'string') return Number(content);
  return Number(content.replace(/inf(inity)?/i, 'Infinity'));
}
