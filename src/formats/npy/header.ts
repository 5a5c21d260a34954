import type { Dtype } from '../../core/dtype';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';

/** NumPy's own reader refuses longer ones unless asked. */
const MAX_HEADER_BYTES = 64 * 1024;
/** NumPy's own limit. */
const MAX_DIMS = 64;

/** What stands before the elements of a `.npy` file. */
export interface Header {
  dtype: Dtype;
  /** Characters of each text, 0 for numbers. */
  text: number;
  dims: number[];
  bigEndian: boolean;
  columnMajor: boolean;
  /** Where the elements begin. */
  start: number;
}

/** Reads the header; the dictionary in it is matched, never evaluated. Throws `file_damaged`. */
export async function parseHeader(file: Blob, name: string): Promise<Header> {
  const damaged = (reason: string) =>
    new AppError('file_damaged', { file: name, place: 'the header', reason });
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  if (!MAGIC.every((byte, at) => head[at] === byte)) throw damaged('it is no NumPy array');
  const wide = (head[6] ?? 1) > 1;
  const view = new DataView(head.buffer);
  if (head.length < (wide ? 12 : 10)) throw damaged('it ends too early');
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > MAX_HEADER_BYTES) throw damaged(`it says it has ${formatCount(length)} bytes`);
  const start = (wide ? 12 : 10) + length;
  const text = await file.slice(start - length, start).text();
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(text);
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  if (!descr || !shape || !order) throw damaged('it describes no array of numbers or text');
  const [, endian = '', kind = '', size = ''] = descr;
  const dtype = kind === 'U' ? 'string' : kinds[kind + size];
  if (dtype === undefined) throw damaged(`it has elements of the type ${kind}${size}`);
  const dims = (shape[1] ?? '')
    .split(',')
    .filter((dim) => dim.trim() !== '')
    .map(Number);
  if (dims.length > MAX_DIMS || !dims.every(Number.isSafeInteger)) throw damaged('its shape is impossible');
  return {
    dtype,
    text: kind === 'U' ? Number(size) : 0,
    dims,
    bigEndian: endian === '>',
    columnMajor: order[1] === 'True',
    start,
  };
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const kinds: Partial<Record<string, Dtype>> = {
  ...{ f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool', c8: 'complex64', c16: 'complex128' },
  ...{ i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64' },
  ...{ u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64' },
};
