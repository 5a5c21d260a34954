import { isDtype, type Dtype } from './dtype';
import type { Dim } from './shape';

/** An input of a model by its type; a text is the name of a size that is free. */
export interface Example {
  name: string;
  dtype: Dtype;
  dims: readonly (number | string)[];
}

/**
 * An input as people write it: `float32[batch,3,224,224]`, or its sizes alone: `1,3,224,224`, `1x3x224x224`,
 * `[batch, 3, 224, 224]`. Without a dtype it is float32. `null` where it cannot be read.
 */
export function parseExample(name: string, text: string): Example | null {
  const read = readExample(text);
  return 'fault' in read ? null : { name, ...read };
}

/** What keeps a text from being read as an input, as the end of a sentence; `null` where it can be. */
export function faultOfExample(text: string): string | null {
  const read = readExample(text);
  return 'fault' in read ? read.fault : null;
}

/** An input as `parseExample` reads it. */
export function printExample({ dtype, dims }: Example): string {
  return `${dtype}[${dims.join(',')}]`;
}

type Read = Omit<Example, 'name'> | { fault: string };

/** A dtype, if any, then a list of sizes in brackets, or without any where it is more than one. */
const FORM =
  /^(?:([A-Za-z]\w*)\s*(?=[[(])|([a-z]+\d+\w*|bool)\s+)?(?:\[([^[\]()]*)\]|\(([^[\]()]*)\)|([^[\]()]*))$/;
/** `1x3x224x224`, `batch×3×224`: sizes as people say them. */
const TIMES = /^(?:\d+|[A-Za-z]+?)(?:\s*[x×*]\s*\d+)+$/;

function readExample(text: string): Read {
  const match = FORM.exec(text.trim());
  if (!match) return { fault: 'its brackets do not open and close around one list of sizes' };
  const [, before, apart, square, round, bare] = match;
  const dtype = before ?? apart ?? 'float32';
  if (!isDtype(dtype)) return { fault: `“${dtype}” is no type of numbers; float32, int64 and bool are` };
  const list = (square ?? round ?? bare ?? '').trim();
  const sizes = list.split(TIMES.test(list) ? /\s*[x×*]\s*/ : /\s*,\s*/).filter(Boolean);
  const wrong = sizes.find((size) => !/^(\d+|[A-Za-z_]\w*)$/.test(size));
  if (wrong !== undefined) return { fault: `“${wrong}” is neither a whole number nor a name` };
  if (bare !== undefined && sizes.length < 2) {
    return { fault: sizes.length === 0 ? 'it has no sizes' : `“${list}” alone is no list of sizes` };
  }
  return {
    dtype,
    dims: sizes.map((size): Dim & (number | string) => (/^\d/.test(size) ? Number(size) : size)),
  };
}
