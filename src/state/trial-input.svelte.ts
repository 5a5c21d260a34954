import type { PortFacts } from '../core/facts';
import { canMake, makeTensor, randomNumbers } from '../core/make-tensor';
import { AppError } from '../core/problem';
import { elementCount, type Dim } from '../core/shape';
import type { PlainTensor } from '../core/tensor';
import { numbersOf } from './trial-outcome';

/** Where an input's numbers come from. */
export type Source = 'random' | 'zeros' | 'ones' | 'numbers' | 'file' | 'image';

/** One input of the model being tried. */
export class TrialInput {
  readonly port: PortFacts;
  source = $state<Source>('random');
  seed = $state(1);
  /** Numbers as typed. */
  text = $state('');
  /** What a file or an image gave. */
  given = $state.raw<PlainTensor | null>(null);
  givenName = $state('');

  constructor(port: PortFacts) {
    this.port = port;
  }

  /** Whether numbers can be made for it; a sequence or a map has to come from a file. */
  get makes(): boolean {
    return canMake(this.port.dtype);
  }

  /** Names of its dimensions that a person has to choose, with their axes. */
  get free(): { name: string; axis: number }[] {
    return (this.port.shape ?? []).flatMap((dim, axis) =>
      typeof dim === 'number' ? [] : [{ name: freeName(this.port, dim, axis), axis }],
    );
  }

  give(array: PlainTensor, name: string, source: 'file' | 'image'): void {
    this.given = array;
    this.givenName = name;
    this.source = source;
  }

  /** Its dimensions with the free ones as chosen. */
  dims(sizes: Readonly<Record<string, number | null>>): number[] {
    return (this.port.shape ?? []).map((dim, at) =>
      typeof dim === 'number' ? dim : (sizes[freeName(this.port, dim, at)] ?? 1),
    );
  }

  /** Its dimensions as a run takes them; throws `run_size` for a chosen one that is no size. */
  checkedDims(sizes: Readonly<Record<string, number | null>>): number[] {
    for (const { name } of this.source === 'file' ? [] : this.free) {
      const size = sizes[name] ?? NaN;
      if (!Number.isInteger(size) || size < 1)
        throw new AppError('run_size', { dimension: name, size: sizes[name] ?? null });
    }
    return this.dims(sizes);
  }

  /** Its tensor for dimensions that are all known; throws `input_unreadable`. */
  tensor(dims: number[]): PlainTensor {
    const { dtype, name } = this.port;
    const count = elementCount(dims);
    if (this.source === 'file' || this.source === 'image') {
      if (!this.given)
        throw new AppError('input_unreadable', { file: name, reason: 'has been given no file' });
      return fit(this.given, dtype, dims);
    }
    if (!canMake(dtype))
      throw new AppError('input_unreadable', { file: name, reason: `is of the type ${dtype}` });
    if (this.source === 'numbers') return makeTensor(dtype, dims, parseNumbers(this.text, name));
    if (this.source === 'random') return makeTensor(dtype, dims, randomNumbers(dtype, count, this.seed));
    return makeTensor(dtype, dims, [this.source === 'ones' ? 1 : 0]);
  }
}

/** The name a free dimension is asked for by; an unknown one is named by its input and place. */
function freeName({ name }: PortFacts, dim: Dim, at: number): string {
  return typeof dim === 'string' ? dim : `${name}, axis ${at}`;
}

/** A given array as an input's dtype and dimensions; throws `input_unreadable` where it holds another number of elements. */
function fit(given: PlainTensor, dtype: string, dims: number[]): PlainTensor {
  const count = elementCount(given.dims);
  if (count !== elementCount(dims)) {
    const reason = `holds ${given.dims.join(' × ')} elements; the input takes ${dims.join(' × ')}`;
    throw new AppError('input_unreadable', { file: 'The file', reason });
  }
  if (given.dtype === dtype || !canMake(dtype)) return { ...given, dims };
  return makeTensor(dtype, dims, numbersOf(given) ?? []);
}

function parseNumbers(text: string, name: string): number[] {
  const words = text.split(/[\s,;[\]()]+/).filter(Boolean);
  const numbers = words.map(Number);
  const wrong = words.find((_, at) => Number.isNaN(numbers[at]));
  if (wrong !== undefined) {
    throw new AppError('input_unreadable', {
      file: name,
      reason: `was given “${wrong.slice(0, 40)}”, which is no number`,
    });
  }
  return numbers;
}
