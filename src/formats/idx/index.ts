import { formatBytes } from '../../core/format';
import { AppError } from '../../core/problem';

/** More dimensions than any data set has. */
const MAX_DIMS = 8;
/** More than any IDX file of images has: a short gzip stream can go on for gigabytes. */
const MAX_UNPACKED = 1024 ** 3;

/** Bytes with dimensions, as MNIST and its relatives are kept. */
export interface Idx {
  dims: number[];
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * An IDX file of unsigned bytes, unpacked first where it is compressed with gzip. Throws `file_damaged` or
 * `file_truncated`.
 * @see http://yann.lecun.com/exdb/mnist/ (the IDX file format)
 */
export async function readIdx(file: Blob, name: string, mostUnpacked = MAX_UNPACKED): Promise<Idx> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  const plain = packed ? await unpack(file, name, mostUnpacked) : await file.arrayBuffer();
  const view = new DataView(plain);
  const damaged = (reason: string) =>
    new AppError('file_damaged', { file: name, place: 'the header', reason });
  if (plain.byteLength < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== UNSIGNED_BYTE) {
    throw damaged('it is no IDX file of bytes');
  }
  const rank = view.getUint8(3);
  if (rank > MAX_DIMS || plain.byteLength < 4 + rank * 4) throw damaged(`it says it has ${rank} dimensions`);
  const dims = Array.from({ length: rank }, (_, at) => view.getUint32(4 + at * 4));
  const expected = dims.reduce((product, dim) => product * dim, 1);
  const found = plain.byteLength - 4 - rank * 4;
  if (found < expected)
    throw new AppError('file_truncated', { file: name, place: 'the data', expected, found });
  return { dims, bytes: new Uint8Array(plain, 4 + rank * 4, expected) };
}

const UNSIGNED_BYTE = 8;

async function unpack(file: Blob, name: string, most: number): Promise<ArrayBuffer> {
  let bytes = 0;
  const limited = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > most) throw new Error(`it unpacks to more than ${formatBytes(most)}`);
      controller.enqueue(chunk);
    },
  });
  try {
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(limited);
    return await new Response(unpacked).arrayBuffer();
  } catch (error) {
    const reason = `its gzip stream is broken (${error instanceof Error ? error.message : String(error)})`;
    throw new AppError('file_damaged', { file: name, place: 'the archive', reason });
  }
}
