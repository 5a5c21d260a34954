import type { StoredTensor } from '../../core/checkpoint';
import { byteLength } from '../../core/dtype';
import { invariant } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { sliceOf } from '../../core/strides';
import { bytesOf, type TypedArray } from '../../core/tensor';
import { tensorIn, tensorOf } from '../../ir/data';
import type { Tensor } from '../../ir/model';
import type { Content } from './content';
import { elementsOf, fingerprint } from './elements';
import type { Names } from './names';
import { dimOf } from './size';

/** Reads a stored tensor's elements row-major: `readElements` of the formats. */
export type ReadElements = (stored: StoredTensor, label: string) => Promise<TypedArray>;

/** Constants up to this many bytes are worth comparing with all others. */
const SMALL_BYTES = 1024;

/** The constants of a graph: one for each storage that tensors share, one for all small ones that are the same. */
export class Initializers {
  readonly #names: Names;
  readonly #placed = new Map<string, Content>();
  readonly #same = new Map<string, string>();
  readonly #storages = new Map<object, number>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** The name of the constant that holds this content. */
  place(content: Content): string {
    const key = this.keyOf(content);
    const found = key === null ? undefined : this.#same.get(key);
    if (found !== undefined) return found;
    const name = this.#names.unique(labelOf(content));
    this.#placed.set(name, content);
    if (key !== null) this.#same.set(key, name);
    return name;
  }

  /** The constants that are used, as tensors of a graph; what lies scattered in its file is read with `read`. */
  async collect(used: ReadonlySet<string>, read: ReadElements): Promise<Tensor[]> {
    const tensors: Tensor[] = [];
    for (const [name, content] of this.#placed) {
      if (used.has(name)) tensors.push(await tensorFor(name, content, read));
    }
    return tensors;
  }

  /** A text that is the same for the same constant; `null` where comparing is not worth it. */
  keyOf({ dtype, sizes, source }: Content): string | null {
    if (source?.kind === 'memory') {
      const { data } = source;
      return data.byteLength > SMALL_BYTES
        ? null
        : `${dtype} ${sizes.map(dimOf).join(',')} ${fingerprint(data)}`;
    }
    if (source === null || source.stored.storage.blob === null) return null;
    const { storage, offset, strides } = source.stored;
    const place = this.#storages.get(storage.blob ?? storage) ?? this.#storages.size;
    this.#storages.set(storage.blob ?? storage, place);
    return `stored ${place} ${offset} ${dtype} ${sizes.map(dimOf).join(',')} ${strides.join(',')}`;
  }
}

/** A parameter's own name; what a small constant holds: `int64_2_-1`. */
function labelOf({ dtype, sizes, source, elements }: Content): string {
  if (source?.kind === 'stored') return source.label;
  const words =
    elements && elements.length <= 4 ? elements.map((value) => String(value)) : [sizes.map(dimOf).join('x')];
  return [dtype, ...words].join('_');
}

async function tensorFor(name: string, content: Content, read: ReadElements): Promise<Tensor> {
  const { dtype, sizes, source } = content;
  const dims = sizes.filter((size) => typeof size === 'number');
  invariant(source, `${name} is a constant`);
  if (source.kind === 'memory') return tensorOf(name, dtype, dims, source.data);
  const slice = sliceOf(source.stored);
  if (slice?.size === byteLength(dtype, elementCount(dims))) return tensorIn(name, dtype, dims, slice);
  const elements = await read(source.stored, source.label);
  // One bit of truth may be any byte in a checkpoint; a graph holds 0 and 1.
  const data = dtype === 'bool' ? elementsOf('bool', Array.from(bytesOf(elements))) : elements;
  return tensorOf(name, dtype, dims, data);
}
