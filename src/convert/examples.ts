import { isDtype } from '../core/dtype';
import type { Example, Freedom, Request } from './request';

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
  if (!isDtype(dtype) || dims.some((dim) => !/^(\d+|[A-Za-z_]\w*)$/.test(dim))) return null;
  return { name, dtype, dims: dims.map((dim) => (/^\d/.test(dim) ? Number(dim) : dim)) };
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

/**
 * Examples with the sizes that may differ from run to run as names: the batch, and with `all` the steps of sequences
 * and what several inputs of a graph count alike (nodes, edges). Names that people gave stay.
 */
export function freed(examples: readonly Example[], freedom: Freedom): Example[] {
  if (freedom === 'none') return [...examples];
  const batch = examples[0]?.dims[0];
  const names = new Map<number, string>(typeof batch === 'number' ? [[batch, 'batch']] : []);
  const isFree = (example: Example, axis: number, size: number) => {
    if (axis === 0 && size === batch) return true;
    if (freedom === 'batch' || !mayDiffer(example, axis)) return false;
    // What another input has as its steps are this one's too, where it has one number a step: a mask.
    const isSequence = axis === 1 && example.dims[0] === batch;
    return isSequence || examples.some((other) => other !== example && counts(other, size));
  };
  return examples.map((example) => {
    const dims = example.dims.map((size, axis) => {
      if (typeof size !== 'number' || size < 2 || !isFree(example, axis, size)) return size;
      const name = names.get(size) ?? `${example.name}_${axis}`;
      names.set(size, name);
      return name;
    });
    return { ...example, dims };
  });
}

/** The last axis of floats counts features, and images have the size they were trained with. */
function mayDiffer({ dtype, dims }: Example, axis: number): boolean {
  const isFloat = dtype.includes('float');
  return dims.length <= 3 && (axis === 0 || axis < dims.length - (isFloat ? 1 : 0));
}

function counts(example: Example, size: number): boolean {
  return example.dims.some((one, axis) => one === size && mayDiffer(example, axis));
}
