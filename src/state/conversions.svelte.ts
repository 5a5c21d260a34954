import type { TakenFile } from '../core/taken-file';
import type { Converting, Parts } from './converting.svelte';
import type { Problems } from './problems.svelte';

/** The conversion that the screen shows, kept while other screens are. */
export class Conversions {
  at = $state.raw<Converting | null>(null);
  readonly #parts: Parts;
  readonly #problems: Problems;
  /** The checkpoint that was asked for last. */
  #file: TakenFile | null = null;
  /** What became of each checkpoint, for who turns back to one of several that were dropped together. */
  readonly #begun = new WeakMap<TakenFile, Converting>();

  constructor(parts: Parts, problems: Problems) {
    this.#parts = parts;
    this.#problems = problems;
  }

  /**
   * Converts a checkpoint in place of the one before, unless it is the same; how comes when it is first asked for.
   * What was answered for a file of this name and size is answered again.
   */
  async start(file: TakenFile, beside: readonly TakenFile[]): Promise<void> {
    if (this.#file === file) return;
    this.#file = file;
    this.at?.end();
    const begun = this.#begun.get(file);
    if (begun) {
      this.at = begun;
      // It was ended when another took its place.
      if (begun.isStopped || begun.running) await begun.run();
      return;
    }
    const part = await this.#problems.part(import('./converting.svelte'));
    if (this.#file !== file) return;
    if (part === null) {
      // The same file can be asked for again.
      this.#file = null;
      return;
    }
    const before = this.at;
    this.at = new part.Converting(file, beside, this.#parts);
    this.#begun.set(file, this.at);
    if (before?.file.name === file.name && before.file.blob.size === file.blob.size) this.at.answerAs(before);
    await this.at.run();
  }
}
