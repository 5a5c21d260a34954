import type { Digits } from './digits.svelte';
import type { Ink } from './ink.svelte';
import type { Replay } from './replay.svelte';

/** The drawing stays this long after the pen is up. */
const CLEAR_AFTER_MS = 5_000;
/** Nobody draws for this long: the page writes by itself. */
const PLAY_AFTER_MS = 4_000;
const SHOW_SAMPLE_MS = 2_600;

/** A stand's mode: clears itself after a pause and writes sample digits while nobody draws. */
export class Demo {
  running = $state(false);
  readonly #ink: Ink;
  readonly #digits: Digits;
  readonly #replay: Replay;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void = () => undefined;
  #writing = false;

  constructor(ink: Ink, digits: Digits, replay: Replay) {
    this.#ink = ink;
    this.#digits = digits;
    this.#replay = replay;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.#stopListening = this.#ink.onChange(() => this.#wait());
    this.#schedule(800, () => this.#play());
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.#timer);
    this.#stopListening();
  }

  #wait(): void {
    if (this.#writing) return;
    if (this.#ink.isDrawing) clearTimeout(this.#timer);
    else if (this.#ink.isEmpty) this.#schedule(PLAY_AFTER_MS, () => this.#play());
    else this.#schedule(CLEAR_AFTER_MS, () => this.#ink.clear());
  }

  async #play(): Promise<void> {
    const { strokes } = await this.#digits.next();
    this.#writing = true;
    await this.#replay.write(strokes, 900);
    this.#writing = false;
    if (!this.#ink.isDrawing) this.#schedule(SHOW_SAMPLE_MS, () => this.#play());
  }

  #schedule(ms: number, next: () => unknown): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.running) void next();
    }, ms);
  }
}
