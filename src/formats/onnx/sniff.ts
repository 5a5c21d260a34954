import type { Probe } from '../probe';

/**
 * Whether a file begins as a ModelProto: known fields of the right wire type, among them the IR version, which
 * every model has, and a graph that begins as one. Names and extensions are not asked.
 */
export async function sniffOnnx(probe: Probe): Promise<boolean> {
  const head = await probe.head();
  const fields = readFields(head, modelFields);
  if (fields === null) return false;
  if (fields.some(({ field, value, start }) => texts.includes(field) && !isText(head, start, value))) {
    return false;
  }
  const version = fields.find(({ field }) => field === IR_VERSION);
  if (version !== undefined) return version.value >= 1 && version.value < 1000;
  const graph = fields.find(({ field }) => field === GRAPH);
  if (graph === undefined) return false;
  const inside = readFields(head.subarray(graph.start, graph.start + graph.value), graphFields);
  return inside !== null && inside.length > 0;
}

/** Producer, its version and the domain are short and readable; a TensorFlow SavedModel has its graph there. */
const texts: readonly number[] = [2, 3, 4];

function isText(bytes: Uint8Array, start: number, length: number): boolean {
  return length < 1024 && bytes.subarray(start, start + length).every((byte) => byte >= 32);
}

const IR_VERSION = 1;
const GRAPH = 7;

/** Field number → wire type. */
const modelFields: Readonly<Record<number, number>> = {
  1: 0,
  2: 2,
  3: 2,
  4: 2,
  5: 0,
  6: 2,
  7: 2,
  8: 2,
  14: 2,
  20: 2,
  25: 2,
  26: 2,
};
const graphFields: Readonly<Record<number, number>> = {
  1: 2,
  2: 2,
  5: 2,
  10: 2,
  11: 2,
  12: 2,
  13: 2,
  14: 2,
  15: 2,
  16: 2,
};

interface Field {
  field: number;
  /** The number, or the length of the bytes that begin at `start`. */
  value: number;
  start: number;
}

/** The fields at the beginning, as far as the bytes go; `null` where one is not among those allowed. */
function readFields(bytes: Uint8Array, allowed: Readonly<Record<number, number>>): Field[] | null {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    if (tag === null) break;
    const field = Math.floor(tag.value / 8);
    if (allowed[field] !== tag.value % 8) return null;
    const number = readVarint(bytes, tag.next);
    if (number === null) break;
    fields.push({ field, value: number.value, start: number.next });
    at = number.next + (tag.value % 8 === 2 ? number.value : 0);
  }
  return fields;
}

function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return { value, next: at + 10 };
}
