/**
 * Calls `then` once nothing was heard for `ms` milliseconds. Hearing something only reads the clock while a timer is
 * under way: what moves a hundred times a second sets and clears none.
 */
export class Rest {
  readonly #ms: number;
  readonly #then: () => void;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, then: () => void) {
    this.#ms = ms;
    this.#then = then;
  }

  /** Something happened: the rest begins anew. */
  heard(): void {
    this.#heardAt = performance.now();
    this.#timer ??= setTimeout(() => this.#look(), this.#ms);
  }

  /** Forgets what was heard: `then` is not called for it. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#timer = undefined;
    const left = this.#heardAt + this.#ms - performance.now();
    if (left > 0) this.#timer = setTimeout(() => this.#look(), Math.ceil(left));
    else this.#then();
  }
}
