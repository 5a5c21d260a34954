import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';

/** A list of more files than any archive of arrays has. */
const MAX_ENTRIES = 100_000;
/** Bytes of the list of files: some hundred a file. */
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20;
const END_BYTES = 22;
/** The end of the list, with the longest comment. */
const LONGEST_END = END_BYTES + 65_535;
const LOCAL_BYTES = 30;
const LISTED_BYTES = 46;

/** A file as the list at the end of an archive has it. */
export interface Listed {
  name: string;
  method: number;
  encrypted: boolean;
  packedBytes: number;
  bytes: number;
  /** Where its own header begins. */
  offset: number;
}

/**
 * The list of files at the end of a zip archive, zip64 too. Throws `file_truncated` for an archive without its end,
 * with the first file that is cut off, and `file_damaged`.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readDirectory(file: Blob, name: string, mostEntries = MAX_ENTRIES): Promise<Listed[]> {
  const damaged = (reason: string) =>
    new AppError('file_damaged', { file: name, place: 'the archive', reason });
  const { count, bytes, start, end } = await findDirectory(file, name, damaged);
  if (count > mostEntries) throw damaged(`it lists ${formatCount(count)} files`);
  if (bytes > MAX_DIRECTORY_BYTES || bytes > end)
    throw damaged(`its list of files has ${formatCount(bytes)} bytes`);
  const first = (await signatureAt(file, start)) === LISTED || count === 0 ? start : end - bytes;
  const view = new DataView(await file.slice(first, first + bytes).arrayBuffer());
  // Archives behind other bytes, such as a program that unpacks them, count from their own beginning.
  const shift = first - start;
  const listed: Listed[] = [];
  for (let at = 0; listed.length < count;) {
    if (at + LISTED_BYTES > view.byteLength || view.getUint32(at, true) !== LISTED) {
      throw damaged(`it lists ${formatCount(count)} files but names ${formatCount(listed.length)}`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const next = at + LISTED_BYTES + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
    if (next > view.byteLength) throw damaged(`the entry of file ${listed.length} is longer than the list`);
    const entry = {
      name: utf8.decode(new Uint8Array(view.buffer, at + LISTED_BYTES, nameBytes)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    widen(entry, new DataView(view.buffer, at + LISTED_BYTES + (nameBytes ?? 0), extraBytes));
    entry.offset += shift;
    listed.push(entry);
    at = next;
  }
  return listed;
}

/** Where the bytes of a file lie in its archive; throws `file_damaged` and `file_truncated`. */
export async function locate(
  file: Blob,
  name: string,
  { name: place, offset, packedBytes }: Listed,
): Promise<Blob> {
  const header = new DataView(await file.slice(offset, offset + LOCAL_BYTES).arrayBuffer());
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL) {
    throw new AppError('file_damaged', {
      file: name,
      place,
      reason: `it is not at byte ${formatCount(offset)}, where the list says`,
    });
  }
  const start = offset + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + packedBytes > file.size) {
    const found = Math.max(0, file.size - start);
    throw new AppError('file_truncated', { file: name, place, expected: packedBytes, found });
  }
  return file.slice(start, start + packedBytes);
}

const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const utf8 = new TextDecoder();

interface Directory {
  count: number;
  bytes: number;
  /** Where it begins, as the archive counts, and where it ends in the file. */
  start: number;
  end: number;
}

async function findDirectory(
  file: Blob,
  name: string,
  damaged: (reason: string) => AppError,
): Promise<Directory> {
  const from = Math.max(0, file.size - LONGEST_END);
  const tail = new DataView(await file.slice(from).arrayBuffer());
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw await cutShort(file, name);
  const locator = at - 20;
  if (locator >= 0 && tail.getUint32(locator, true) === LOCATOR64) {
    const place = Number(tail.getBigUint64(locator + 8, true));
    const wide = new DataView(await file.slice(place, place + 56).arrayBuffer());
    if (wide.byteLength === 56 && wide.getUint32(0, true) === END64) {
      const [count = 0, bytes = 0, start = 0] = [32, 40, 48].map((field) =>
        Number(wide.getBigUint64(field, true)),
      );
      return { count, bytes, start, end: place };
    }
  }
  const [disk, firstDisk] = [tail.getUint16(at + 4, true), tail.getUint16(at + 6, true)];
  if (disk !== 0 || firstDisk !== 0)
    throw damaged('it is one part of an archive in several; join the parts first');
  return {
    count: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    start: tail.getUint32(at + 16, true),
    end: from + at,
  };
}

async function signatureAt(file: Blob, at: number): Promise<number | null> {
  const view = new DataView(await file.slice(at, at + 4).arrayBuffer());
  return view.byteLength === 4 ? view.getUint32(0, true) : null;
}

/** Sizes that do not fit four bytes stand in an extra field, those that do not fit only, in this order. */
function widen(entry: Listed, extra: DataView): void {
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const bytes = extra.getUint16(at + 2, true);
    let field = at + 4;
    const end = Math.min(field + bytes, extra.byteLength);
    if (extra.getUint16(at, true) === 1) {
      for (const key of ['bytes', 'packedBytes', 'offset'] as const) {
        if (entry[key] !== 0xffffffff || field + 8 > end) continue;
        entry[key] = Number(extra.getBigUint64(field, true));
        field += 8;
      }
      return;
    }
    at += 4 + bytes;
  }
}

/** The problem of an archive that ends before its list of files: the first file it has not all of. */
async function cutShort(file: Blob, name: string): Promise<AppError> {
  const truncated = (place: string, expected: number, found: number) =>
    new AppError('file_truncated', { file: name, place, expected, found });
  let at = 0;
  for (let files = 0; files < MAX_ENTRIES; files++) {
    const head = new DataView(await file.slice(at, at + LOCAL_BYTES).arrayBuffer());
    if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL) {
      if (at > 0) break;
      return new AppError('file_damaged', {
        file: name,
        place: 'the archive',
        reason: 'it is no zip archive',
      });
    }
    const start = at + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
    const bytes = head.getUint32(18, true);
    const place = await file.slice(at + LOCAL_BYTES, at + LOCAL_BYTES + head.getUint16(26, true)).text();
    if (start + bytes > file.size) return truncated(place, bytes, Math.max(0, file.size - start));
    at = start + bytes;
  }
  return truncated('the list of files at its end', END_BYTES, 0);
}
