import { parseExample, type Example } from '../core/example';
import type { Dim } from '../core/shape';
import type { Freedom, Request } from './request';

/** The inputs of a request, with those that were answered as `input.<name>`. */
export function examplesOf({ examples, answers }: Request): Example[] {
  const answered = Object.entries(answers).flatMap(([id, text]) => {
    const example = id.startsWith('input.') ? parseExample(id.slice('input.'.length), text) : null;
    return example ? [example] : [];
  });
  const names = new Set(answered.map(({ name }) => name));
  return [...answered, ...examples.filter(({ name }) => !names.has(name))];
}

/** Examples with the sizes that may differ from run to run as names. Names that people gave stay. */
export function freed(examples: readonly Example[], { extent, but }: Freedom): Example[] {
  if (extent === 'none') return [...examples];
  const batch = examples[0]?.dims[0];
  const first = new Map<number, string>(typeof batch === 'number' ? [[batch, 'batch']] : []);
  const later = new Map<number, string>();
  const isFree = (example: Example, axis: number, size: number) => {
    if (axis === 0 && size === batch) return true;
    if (extent === 'batch') return false;
    if (isLikely(examples, example, axis)) return true;
    // Channels that come first are found to be one number; the steps are behind them.
    if (axis === 2 && example.dims.length === 3 && but.has(`${example.name}_1`)) return true;
    return extent === 'all' && isThinkable(examples, example, axis);
  };
  return examples.map((example) => {
    const dims = example.dims.map((size, axis) => {
      if (typeof size !== 'number' || size < 2 || !isFree(example, axis, size)) return size;
      // A sequence may have as many steps as there are samples: that does not make them the same size.
      const isSequence = example === examples[0] || example.dims.length > 2;
      const shared = axis > 0 && isSequence && example.dims[0] === size ? undefined : first.get(size);
      const known = axis === 0 ? (shared ?? later.get(size)) : (later.get(size) ?? shared);
      const name = known ?? `${example.name}_${axis}`;
      const names = axis === 0 ? first : later;
      if (!names.has(size) && name !== 'batch') names.set(size, name);
      return but.has(name) ? size : name;
    });
    return { ...example, dims };
  });
}

/** Steps of sequences, and what several inputs of a graph count alike: nodes, edges. */
function isLikely(examples: readonly Example[], example: Example, axis: number): boolean {
  if (!mayDiffer(example, axis)) return false;
  // What another input has as its steps are this one's too, where it has one number a step: a mask.
  if (axis === 1 && example.dims[0] === examples[0]?.dims[0]) return true;
  return examples.some((other) => other !== example && counts(other, example.dims[axis]));
}

/**
 * Frames of a video, before or behind its channels; the ends of edges where nothing else counts these; a mask in
 * fractions; what has a number for every node of a graph.
 */
function isThinkable(examples: readonly Example[], { dtype, dims }: Example, axis: number): boolean {
  const [rows, last] = [examples[0]?.dims[0], dims.length - 1];
  if (dims.length === 5) return axis === 1 || axis === 2;
  if (dims.length !== 2 || dims === examples[0]?.dims) return false;
  const isMask = examples.some(
    (one) => one.dims.length > 2 && one.dims[0] === rows && one.dims[1] === dims[1],
  );
  if (dims[0] === rows && axis === 1 && isMask) return true;
  const isEdges = dtype.startsWith('int') && axis === last && dims[0] === 2;
  return isEdges || dims[last] === rows;
}

/** The last axis of floats counts features, and images have the size they were trained with. */
function mayDiffer({ dtype, dims }: Example, axis: number): boolean {
  const isFloat = dtype.includes('float');
  return dims.length <= 3 && (axis === 0 || axis < dims.length - (isFloat ? 1 : 0));
}

function counts(example: Example, size: Dim | undefined): boolean {
  return example.dims.some((one, axis) => one === size && mayDiffer(example, axis));
}
