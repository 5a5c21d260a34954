/**
 * Calls `then` when a time has come, unless it is put off or called off before. Putting it off only reads the clock: a
 * timer that is due sooner is left to look again, so that what is put off a hundred times a second sets and clears
 * none.
 */
export class Deadline {
  readonly #then: () => void;
  /** When `then` is to be called, and when there will be a look; of `performance.now()`. */
  #at = Infinity;
  #lookAt = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(then: () => void) {
    this.#then = then;
  }

  /** In `ms` milliseconds from now, whatever was said before. */
  set(ms: number): void {
    this.#at = performance.now() + ms;
    if (this.#at < this.#lookAt) this.#lookIn(ms);
  }

  /** Not at all. */
  callOff(): void {
    this.#at = Infinity;
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#lookAt = performance.now() + ms;
    this.#timer = setTimeout(() => this.#look(), Math.ceil(ms));
  }

  #look(): void {
    this.#lookAt = Infinity;
    const left = this.#at - performance.now();
    if (left === Infinity) return;
    if (left > 0) {
      this.#lookIn(left);
      return;
    }
    this.#at = Infinity;
    this.#then();
  }
}
