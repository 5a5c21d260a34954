import type { Sample, Stroke } from '../ink/stroke';
import type { Ink } from './ink.svelte';

/** Milliseconds a written sample takes, whatever its length. */
const WRITING_MS = 420;

/** Writes a drawing onto the paper as a pen would; any other change of the ink ends it. */
export class Replay {
  readonly #ink: Ink;
  readonly #still: () => boolean;
  #frame = 0;

  constructor(ink: Ink, still: () => boolean) {
    this.#ink = ink;
    this.#still = still;
  }

  /** Clears the paper and writes; resolves when done or interrupted. With less motion wanted it is there at once. */
  async write(strokes: readonly Stroke[], duration = WRITING_MS): Promise<void> {
    cancelAnimationFrame(this.#frame);
    this.#ink.cancel();
    if (this.#still()) {
      this.#ink.replace(strokes);
      return;
    }
    this.#ink.replace([]);
    const total = strokes.reduce((count, stroke) => count + stroke.length, 0);
    const began = performance.now();
    let written = 0;
    for (const stroke of strokes) {
      for (let i = 0; i < stroke.length;) {
        const due = Math.ceil(((performance.now() - began) / duration) * total) - written;
        const part = stroke.slice(i, i + Math.max(1, due));
        if (!this.#add(part, i === 0)) return;
        i += part.length;
        written += part.length;
        const { version } = this.#ink;
        await new Promise((resolve) => (this.#frame = requestAnimationFrame(resolve)));
        if (this.#ink.version !== version) return;
      }
      this.#ink.finish();
    }
  }

  #add(samples: readonly Sample[], first: boolean): boolean {
    const [head] = samples;
    if (!head) return false;
    if (first) this.#ink.start(head);
    this.#ink.extend(first ? samples.slice(1) : samples);
    return true;
  }
}
