/**
 * SHA-256 of files of any size: the browser's own digest needs all bytes in memory, so larger files go through
 * the same algorithm written here, a slice at a time.
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf
 */

/** Up to this a file is read whole. */
const WHOLE_BYTES = 64 * 1024 * 1024;
const SLICE_BYTES = 1024 * 1024;

/** The SHA-256 of a file in 64 hex digits; at most 64 MiB of it are in memory at a time. */
export async function sha256(file: Blob): Promise<string> {
  // Pages opened over plain http have no `crypto.subtle`.
  if (file.size <= WHOLE_BYTES && 'subtle' in crypto) {
    return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
  }
  const state = Int32Array.from(INITIAL);
  const whole = file.size - (file.size % 64);
  for await (const slice of slices(file.slice(0, whole))) compress(state, slice);
  compress(state, padding(new Uint8Array(await file.slice(whole).arrayBuffer()), file.size));
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/**
 * The bytes of a Blob in pieces of whole blocks. Where the browser has byte streams all pieces share one buffer:
 * a buffer each would be garbage of many megabytes before anybody collects it.
 */
async function* slices(blob: Blob): AsyncGenerator<DataView> {
  const reader = byteReader(blob);
  if (!reader) {
    for (let start = 0; start < blob.size; start += SLICE_BYTES) {
      yield new DataView(await blob.slice(start, start + SLICE_BYTES).arrayBuffer());
    }
    return;
  }
  let buffer = new ArrayBuffer(SLICE_BYTES);
  for (let left = blob.size; left > 0;) {
    const length = Math.min(SLICE_BYTES, left);
    let filled = 0;
    while (filled < length) {
      const { value } = await reader.read(new Uint8Array(buffer, filled, length - filled));
      if (!value) throw new DOMException('The file ended before its size.', 'NotReadableError');
      buffer = value.buffer;
      filled += value.byteLength;
    }
    yield new DataView(buffer, 0, length);
    left -= length;
  }
}

function byteReader(blob: Blob): ReadableStreamBYOBReader | null {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

/** The last, incomplete block with a 1 bit, zeros and the length in bits behind it. */
function padding(rest: Uint8Array, size: number): DataView {
  const bytes = new Uint8Array(rest.length + 9 > 64 ? 128 : 64);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(size) * 8n);
  return view;
}

const schedule = new Int32Array(64);

function compress(state: Int32Array, blocks: DataView): void {
  const w = schedule;
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = blocks.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] as number;
      const y = w[i - 2] as number;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = ((((w[i - 16] as number) + s0) | 0) + (((w[i - 7] as number) + s1) | 0)) | 0;
    }
    rounds(state, w, ROUNDS);
  }
}

function rounds(state: Int32Array, w: Int32Array, k: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const message = ((k[i] as number) + (w[i] as number)) | 0;
    const t1 = (((((h + s1) | 0) + (g ^ (e & (f ^ g)))) | 0) + message) | 0;
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  // Stores into an Int32Array wrap around as the algorithm asks.
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

const primes = firstPrimes(64);
/** The first 32 bits of the fractions of the square roots of the first eight primes. */
const INITIAL = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
/** The same of the cube roots of the first 64. */
const ROUNDS = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
