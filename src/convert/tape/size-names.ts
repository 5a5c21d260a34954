import type { Dim } from '../../core/shape';
import type { Home } from './frame';
import type { Size, SymInt } from './size';
import { symbol } from './symint';

/** What the names in shapes stand for, and which of them are sizes that inputs are free in. */
export class SizeNames {
  readonly #sizes = new Map<string, Size>();
  readonly #free = new Set<string>();

  /** A size that an input is free in. */
  free(name: string): SymInt {
    this.#free.add(name);
    return symbol(name);
  }

  learn(size: Size): void {
    if (typeof size === 'object') this.#sizes.set(size.text, size);
  }

  /** A size as the shapes of a graph say it; `null` where nobody has said what it is. */
  find(dim: Dim): Size | null {
    return typeof dim === 'string' ? (this.#sizes.get(dim) ?? null) : dim;
  }

  /**
   * The least that a symbol is taken to stand for: 2 for free sizes of inputs, so that what a program does with a
   * size of 1 alone is left out; 0 for what is counted when the model runs. Elements of tensors may be anything.
   */
  leastOf(name: string, home: Home | undefined): number {
    if (this.#free.has(name)) return 2;
    return home?.axis === null ? -Infinity : 0;
  }

  /** Whether a size is made of free sizes of inputs alone. */
  isOfInputs(size: Size): boolean {
    if (typeof size === 'number') return true;
    const factors = size.terms.flatMap((term) => term.factors);
    return factors.every(({ text, made }) =>
      made ? this.isOfInputs(made.a) && this.isOfInputs(made.b) : this.#free.has(text),
    );
  }
}
