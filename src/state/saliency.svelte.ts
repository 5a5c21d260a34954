import type { BackendId } from '../workers/runtime/api';
import type { Contestant } from './contestant.svelte';
import type { Engine } from './engine.svelte';
import type { Ink } from './ink.svelte';

/** Which ink carried the answer: asked when the pen rests, gone when the ink changes. */
export class Saliency {
  wanted = $state(false);
  /** `[28, 28]` in 0..1. */
  map = $state.raw<Float32Array | null>(null);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  forget(): void {
    if (this.map) this.map = null;
  }

  /** Rubs the drawing out patch by patch and asks again; stops when the ink changes. */
  async look(contestant: Contestant, ink: Ink, backend: BackendId): Promise<void> {
    const { prediction } = contestant;
    if (!this.wanted || !prediction) return;
    const { version } = ink;
    const pixels = ink.pixels();
    const { occlusions, saliencyMap } = await import('../evaluate/saliency');
    const { patches, images } = occlusions(pixels);
    const without: number[] = [];
    const atOnce = contestant.reader.batch ?? patches.length;
    for (let first = 0; first < patches.length; first += atOnce) {
      const count = Math.min(atOnce, patches.length - first);
      const part = images.subarray(first * pixels.length, (first + count) * pixels.length);
      const [result] = await this.#engine.run([contestant.job(part, count)], backend);
      if (ink.version !== version || !result) return;
      for (const scores of contestant.scores(result)) without.push(scores[prediction.digit] ?? 0);
    }
    this.map = saliencyMap(pixels, patches, prediction.confidence, without);
  }
}
