import type { Dtype } from '../../core/dtype';
import type { Dim } from '../../core/shape';
import { Gap } from '../gap';
import type { Content } from './content';
import type { Size } from './size';

/** How a tensor looks at another one's elements, as `x[0]` does, and how what is written to it gets there. */
export interface View {
  base: Tensor;
  read: (base: Tensor) => Tensor;
  /** The base with `value` in the place that the view shows; `null` where that cannot be said. */
  write: ((base: Tensor, value: Tensor) => Tensor) | null;
  /** How far apart its neighbours along each dimension lie in what is shown; `null` where it is not known. */
  strides: readonly Size[] | null;
}

/** Where elements are steps of a scale: what `dequantize` multiplies with. */
export interface Quantized {
  scales: readonly number[];
  zeroPoints: readonly number[];
  /** The dimension that has a scale for each of its places; `null` where there is one scale. */
  axis: number | null;
}

/** A packed sequence before it was packed: `[steps, batch, ...]`, and how many steps each of the batch has. */
export interface Packed {
  padded: Tensor;
  lengths: Tensor;
}

/** Who is told before a tensor changes. */
export interface Witness {
  /** How many graphs deep nodes are recorded now. */
  readonly depth: number;
  beforeChange: (tensor: Tensor) => void;
}

/**
 * A torch tensor whose elements come when the model runs. What it holds is a value of a graph; writing to it in
 * place lets it hold another one, and tensors that view it follow.
 */
export class Tensor {
  readonly #witness: Witness;
  #content: Content;
  #view: View | null = null;
  /** The version of the base that the content was read at. */
  #seen = 0;
  #version = 0;
  /** How many graphs deep it was made. */
  readonly depth: number;
  /** A number of the program rather than a tensor of its own: promotion takes its kind, not its dtype. */
  readonly isWrapped: boolean;
  quantized: Quantized | null = null;
  /** What it was packed from, where it is the data of a packed sequence. */
  packed: Packed | null = null;

  constructor(witness: Witness, content: Content, isWrapped = false) {
    this.#witness = witness;
    this.#content = content;
    this.isWrapped = isWrapped;
    this.depth = witness.depth;
  }

  /** What it holds now. */
  get content(): Content {
    this.#follow();
    return this.#content;
  }

  get dtype(): Dtype {
    return this.content.dtype;
  }

  get sizes(): readonly Size[] {
    return this.content.sizes;
  }

  get rank(): number {
    return this.content.sizes.length;
  }

  /** The elements of a small tensor, as far as they are known; a text is a symbolic size. */
  get elements(): readonly Dim[] | null {
    return this.content.elements;
  }

  /** The elements of a small constant; `null` where one of them is not known. */
  get numbers(): readonly number[] | null {
    const { elements } = this.content;
    const numbers = elements?.filter((value) => typeof value === 'number');
    return numbers?.length === elements?.length ? (numbers ?? null) : null;
  }

  /** The only element of an int64 constant, which as a number may have lost its last bits; `null` for any other. */
  get long(): bigint | null {
    const { source } = this.content;
    const data = source?.kind === 'memory' ? source.data : null;
    return data instanceof BigInt64Array && data.length === 1 ? (data[0] ?? null) : null;
  }

  /** Whether it shows another one's elements. */
  get isView(): boolean {
    return this.#view !== null;
  }

  /** What a view says of how its elements lie; `null` where it is not known. */
  get strides(): readonly Size[] | null {
    return this.#view?.strides ?? null;
  }

  /** Grows whenever what it holds changes. */
  get version(): number {
    this.#follow();
    return this.#version;
  }

  /** The size of a dimension, counted from the end where it is below 0. */
  size(dim: number): Size {
    const size = this.sizes.at(dim);
    if (size === undefined) throw new Gap(`a tensor of ${this.rank} dimensions has no ${dim}`);
    return size;
  }

  /** Another tensor that holds the same. */
  copy(): Tensor {
    const copy = new Tensor(this.#witness, this.content);
    copy.quantized = this.quantized;
    return copy;
  }

  /** Makes it show a part of another tensor from now on. */
  lookAt(view: View): void {
    this.#view = view;
    this.#seen = view.base.version;
  }

  /** Holds what `value` holds, as in-place operators do; what it is a view of changes with it. */
  become(value: Tensor): void {
    this.#follow();
    const { content } = value;
    const view = this.#view;
    this.#witness.beforeChange(this);
    if (view) {
      if (view.write === null) throw new Gap('this view cannot be written through');
      view.base.become(view.write(view.base, value));
      this.#seen = view.base.version;
    }
    this.#set(content);
  }

  /** Holds what `value` holds without writing anything, as `unsqueeze_` and `resize_` do. */
  rebind(value: Tensor): void {
    const view = value.#view;
    const before = new Tensor(this.#witness, this.content);
    before.#view = this.#view;
    before.#seen = this.#seen;
    this.#set(value.content);
    this.#view = view && { ...view, base: view.base === this ? before : view.base };
    this.#seen = this.#view?.base.version ?? 0;
  }

  /** What brings it back to how it is now. */
  snapshot(): () => void {
    const [content, view, seen, version] = [this.#content, this.#view, this.#seen, this.#version];
    return () => {
      this.#content = content;
      this.#view = view;
      this.#seen = seen;
      this.#version = version;
    };
  }

  #set(content: Content): void {
    this.#witness.beforeChange(this);
    this.#content = content;
    // It was packed from other elements.
    this.packed = null;
    this.#version += 1;
  }

  #follow(): void {
    if (this.#view === null || this.#view.base.version === this.#seen) return;
    const { base, read } = this.#view;
    const { content } = read(base);
    this.#set(content);
    this.#seen = base.version;
  }
}
