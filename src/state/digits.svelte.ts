import { rasterise } from '../ink/raster';
import { strokesFromPoints, type Stroke } from '../ink/stroke';

/** A labelled drawing of the page's own. */
export interface SampleDigit {
  label: number;
  strokes: [number, number][][];
}

/** The page's own labelled digits: written on request, used to find out how a model wants its ink, and in demos. */
export class Digits {
  readonly #url: string;
  #loading: Promise<SampleDigit[]> | null = null;
  #turn = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** All samples; loaded once, when first needed. */
  all(): Promise<SampleDigit[]> {
    this.#loading ??= load(this.#url);
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }

  /** The next sample, or the next of one class. */
  async next(label?: number): Promise<{ label: number; strokes: Stroke[] }> {
    const all = await this.all();
    const pool = label === undefined ? all : all.filter((digit) => digit.label === label);
    // 37 shares no divisor with the number of samples: every sample comes once before any comes again, and neighbours differ.
    const digit = pool[(this.#turn * 37) % pool.length];
    this.#turn += 1;
    return { label: digit?.label ?? 0, strokes: strokesFromPoints(digit?.strokes ?? []) };
  }

  /** What models see of the first `count` samples, each `[28, 28]`. */
  async pixels(count: number): Promise<Float32Array[]> {
    return (await this.all()).slice(0, count).map(({ strokes }) => rasterise(strokesFromPoints(strokes)));
  }
}

async function load(url: string): Promise<SampleDigit[]> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The sample digits could not be loaded: ${url} answered ${response.status}.`);
  const { digits } = (await response.json()) as { digits: SampleDigit[] };
  return digits;
}
