import { SIDE } from '../ink/raster';
import { chooseReader } from '../evaluate/choose-reader';
import { readerCandidates } from '../evaluate/digit-reader';
import type { ModelRecord, Reading } from '../library/record';
import type { RunnableModel } from '../core/runnable';

import type { Digits } from './digits.svelte';
import type { Engine } from './engine.svelte';

/** Better than this share of the samples right, or the model reads something else. Guessing gets a tenth. */
const READS_AT_ALL = 0.3;

/**
 * Finds out whether and how a model reads digits, by trying every layout and scaling on the page's own labelled
 * samples. Throws what opening the model throws.
 */
export async function tryReading(
  record: ModelRecord,
  model: RunnableModel,
  engine: Engine,
  digits: Digits,
): Promise<Reading> {
  const candidates = readerCandidates(record.facts.inputs, record.facts.outputs);
  if (typeof candidates === 'string') return { kind: 'none', reason: candidates };
  await engine.open(record.id, model);
  const samples = await digits.all();
  const images = await digits.pixels(samples.length);
  const pixels = new Float32Array(images.length * SIDE * SIDE);
  images.forEach((image, i) => pixels.set(image, i * SIDE * SIDE));
  const { reader, said } = await chooseReader(
    async (feeds) => {
      const [result] = await engine.run([{ id: record.id, feeds, fetches: [] }], 'wasm');
      return result?.outputs ?? {};
    },
    candidates,
    pixels,
    samples.map(({ label }) => label),
  );
  if (said.right < READS_AT_ALL * said.of) {
    const figure = `${said.right} of ${said.of}`;
    return {
      kind: 'none',
      reason: `takes 28 × 28 images but reads only ${figure} sample digits right, however scaled`,
    };
  }
  return { kind: 'reader', reader, said: { right: said.right, of: said.of, scaling: reader.scaling } };
}
