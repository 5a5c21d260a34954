import type { Value } from '../../core/checkpoint';
import { dtypes, type Dtype } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { elementCount } from '../../core/shape';
import { viewElements } from '../../core/tensor';
import { fromHalf } from '../../core/half';
import { contiguous, storageOf } from '../checkpoint/storage';
import { both, known } from './python';
import type { Callable, Site } from './scope';
import { asKind, itemsOf, narrow, opaque } from './values';

/** What pickled NumPy arrays and scalars are rebuilt with, under the module names of NumPy 1 and 2. */
export const numpy: readonly (readonly [string, Callable])[] = [
  known('numpy.dtype'),
  ['numpy.ndarray', (args) => opaque('numpy.ndarray', args)],
  ['numpy.ndarray.__setstate__', setState],
  ...core('multiarray._reconstruct', () => opaque('numpy.ndarray', [])),
  ...core('multiarray.scalar', scalar),
  ...core('numeric._frombuffer', fromBuffer),
  ...both('numpy.random', 'numpy.random._pickle', '__randomstate_ctor', (args) =>
    opaque('numpy.random.RandomState', args),
  ),
  ['numpy.random._pickle.__generator_ctor', (args) => opaque('numpy.random.Generator', args)],
  ['numpy.random._pickle.__bit_generator_ctor', (args) => opaque('numpy.random.BitGenerator', args)],
];

function core(name: string, make: Callable): (readonly [string, Callable])[] {
  return [
    [`numpy.core.${name}`, make],
    [`numpy._core.${name}`, make],
  ];
}

/** A number's type; text and what JavaScript has no numbers for are `null`. */
function elementType(value: Value | undefined): { dtype: Dtype | null; code: string; bigEndian: boolean } {
  const described = asKind(value, 'object');
  const code = described?.arguments[0];
  const order = itemsOf(described?.state)?.[1];
  const text = typeof code === 'string' ? code : '';
  return {
    dtype: types[text.replace(/^[<>|=]/, '')] ?? null,
    code: text,
    bigEndian: order === '>' || text.startsWith('>'),
  };
}

const types: Partial<Record<string, Dtype>> = {
  ...{ f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool', c8: 'complex64', c16: 'complex128' },
  ...{ i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64' },
  ...{ u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64' },
};

/** `ndarray.__setstate__((version, shape, dtype, is_fortran, elements))` */
function setState([array, state]: readonly Value[], site: Site): Value {
  const [, shape, type, columnMajor, elements] = itemsOf(state) ?? [];
  const dims = sizes(shape, site);
  const bytes = asKind(elements, 'bytes');
  const { dtype, bigEndian } = elementType(type);
  if (dtype === null || bytes === null) {
    const kept = asKind(array, 'object') ?? opaque('numpy.ndarray', []);
    kept.state = state ?? null;
    return kept;
  }
  return arrayOf(dtype, dims, bytes.bytes, { bigEndian, columnMajor: columnMajor === true }, site);
}

/** `_frombuffer(bytes, dtype, shape, order)` */
function fromBuffer([elements, type, shape, order]: readonly Value[], site: Site): Value {
  const bytes = asKind(elements, 'bytes');
  const { dtype, bigEndian } = elementType(type);
  if (dtype === null || bytes === null)
    return opaque('numpy.ndarray', [elements ?? null, type ?? null, shape ?? null]);
  return arrayOf(dtype, sizes(shape, site), bytes.bytes, { bigEndian, columnMajor: order === 'F' }, site);
}

function arrayOf(
  dtype: Dtype,
  dims: readonly number[],
  bytes: Uint8Array<ArrayBuffer>,
  { bigEndian, columnMajor }: { bigEndian: boolean; columnMajor: boolean },
  site: Site,
): Value {
  const needed = (elementCount(dims) * dtypes[dtype].bits) / 8;
  if (needed !== bytes.length) {
    throw site.damaged(`an array of ${dims.join(' × ')} ${dtype} has ${formatCount(bytes.length)} bytes`);
  }
  site.spend(Math.ceil(bytes.length / 64));
  const storage = { ...storageOf('', dtype, new Blob([bytes])), bigEndian };
  const tensor = contiguous(dtype, dims, storage);
  if (!columnMajor) return tensor;
  return { ...tensor, strides: dims.map((_, at) => elementCount(dims.slice(0, at))) };
}

function sizes(value: Value | undefined, site: Site): number[] {
  const dims = itemsOf(value) ?? [];
  if (dims.length > MAX_DIMS) throw site.damaged(`an array has ${dims.length} dimensions`);
  return dims.map((dim) => {
    if (typeof dim !== 'number' || !Number.isSafeInteger(dim) || dim < 0)
      throw site.damaged('an array has an impossible shape');
    return dim;
  });
}

/** Characters of a text that is shown. */
const MAX_TEXT = 10_000;
/** NumPy's own limit. */
const MAX_DIMS = 64;

/** `scalar(dtype, bytes)` as a number where JavaScript has one, text where it is text. */
function scalar([type, elements]: readonly Value[], site: Site): Value {
  const { dtype, code, bigEndian } = elementType(type);
  const bytes = asKind(elements, 'bytes')?.bytes;
  if (bytes && /^[<>|=]?U/.test(code)) {
    const view = new DataView(bytes.slice().buffer);
    const points = Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) =>
      view.getUint32(at * 4, !bigEndian),
    );
    return String.fromCodePoint(
      ...points.filter((point) => point > 0 && point <= 0x10ffff).slice(0, MAX_TEXT),
    );
  }
  if (dtype === null || !bytes || dtype.startsWith('complex'))
    return opaque(`numpy.${dtype ?? 'scalar'}`, [type ?? null, elements ?? null]);
  if (bytes.length !== dtypes[dtype].bits / 8)
    throw site.damaged(`a ${dtype} has ${formatCount(bytes.length)} bytes`);
  const view = viewElements(dtype, bigEndian ? bytes.slice().reverse() : bytes.slice());
  if (dtype === 'float16') return fromHalf(view as Uint16Array)[0] ?? null;
  const value = view[0];
  if (dtype === 'bool') return value !== 0;
  return typeof value === 'bigint' ? narrow(value) : (value ?? null);
}
