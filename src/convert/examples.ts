import { dtypes, type Dtype } from '../core/dtype';
import type { Example, Request } from './request';

/**
 * An input as people write it: `float32[batch,3,224,224]`; without a dtype it is float32. `null` where it cannot be
 * read.
 */
export function parseExample(name: string, text: string): Example | null {
  const match = /^\s*([a-z]+\d*\w*)?\s*\[([^\]]*)\]\s*$/.exec(text);
  if (!match) return null;
  const dtype = match[1] ?? 'float32';
  const dims = (match[2] ?? '')
    .split(',')
    .map((dim) => dim.trim())
    .filter(Boolean);
  if (!(dtype in dtypes) || dims.some((dim) => !/^(\d+|[A-Za-z_]\w*)$/.test(dim))) return null;
  return { name, dtype: dtype as Dtype, dims: dims.map((dim) => (/^\d/.test(dim) ? Number(dim) : dim)) };
}

/** An input as `parseExample` reads it. */
export function printExample({ dtype, dims }: Example): string {
  return `${dtype}[${dims.join(',')}]`;
}

/** The inputs of a request, with those that were answered as `input.<name>`. */
export function examplesOf({ examples, answers }: Request): Example[] {
  const answered = Object.entries(answers).flatMap(([id, text]) => {
    const example = id.startsWith('input.') ? parseExample(id.slice('input.'.length), text) : null;
    return example ? [example] : [];
  });
  const names = new Set(answered.map(({ name }) => name));
  return [...answered, ...examples.filter(({ name }) => !names.has(name))];
}
