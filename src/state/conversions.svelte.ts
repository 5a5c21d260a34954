import type { TakenFile } from '../core/taken-file';
import type { Converting, Parts } from './converting.svelte';

/** The conversion that the screen shows, kept while other screens are. */
export class Conversions {
  at = $state.raw<Converting | null>(null);
  readonly #parts: Parts;
  /** The checkpoint that was asked for last. */
  #file: TakenFile | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Converts a checkpoint, unless it is the one that is being converted; how comes when it is first asked for. */
  async start(file: TakenFile, beside: readonly TakenFile[]): Promise<void> {
    if (this.#file === file) return;
    this.#file = file;
    const { Converting } = await import('./converting.svelte');
    if (this.#file !== file) return;
    this.at = new Converting(file, beside, this.#parts);
    await this.at.run();
  }
}
