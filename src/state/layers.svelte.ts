import type { ValueFacts } from '../core/facts';
import { toProblem, type Problem } from '../core/problem';
import type { Contestant } from './contestant.svelte';
import type { Engine } from './engine.svelte';
import type { LibraryState } from './library.svelte';

/** One watched value for the ink as it is: its channels as maps, or a vector as bars. */
export interface LayerPicture {
  name: string;
  /** Without the batch: `[channels, height, width]` or `[features]`. */
  dims: number[];
  values: Float32Array;
  /** The largest absolute value of all channels: one scale a layer. */
  largest: number;
}

/** Values shown unless the person chooses others. */
const WATCHED_AT_FIRST = 4;
/** A watched value larger than this for one drawing is not fetched on every movement. */
const MAX_ELEMENTS = 200_000;

/** Any intermediate values of the model on the paper, watched live through a copy with more outputs. */
export class Layers {
  /** Values that can be watched, in the order the model computes them. */
  values = $state.raw<readonly ValueFacts[]>([]);
  watched = $state.raw<readonly string[]>([]);
  pictures = $state.raw<readonly LayerPicture[]>([]);
  problem = $state.raw<Problem | null>(null);

  readonly #engine: Engine;
  readonly #library: LibraryState;
  #contestant: Contestant | null = null;
  #openAs: string | null = null;

  constructor(engine: Engine, library: LibraryState) {
    this.#engine = engine;
    this.#library = library;
  }

  /** Watches another model, or none. */
  async show(contestant: Contestant | null): Promise<void> {
    this.#contestant = contestant;
    this.values = contestant ? watchable(contestant.record.facts.values) : [];
    await this.watch(evenly(this.values, WATCHED_AT_FIRST));
  }

  /** Watches these values from the next drawing on. */
  async watch(names: readonly string[]): Promise<void> {
    const contestant = this.#contestant;
    const leaving = this.#openAs;
    this.watched = names;
    this.#openAs = null;
    this.pictures = [];
    this.problem = null;
    try {
      if (leaving) await this.#engine.close(leaving);
      if (!contestant || names.length === 0) return;
      const model = await this.#library.expose(contestant.record, contestant.variant, names);
      const key = `${contestant.id}+layers`;
      if (this.#contestant !== contestant || this.watched !== names) return;
      await this.#engine.close(key);
      await this.#engine.open(key, model);
      if (this.watched === names) this.#openAs = key;
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  /** Looks at the watched values for a drawing `[28, 28]`; gives what puts the pictures on screen. */
  async look(pixels: Float32Array): Promise<() => void> {
    const nothing = () => undefined;
    const contestant = this.#contestant;
    const key = this.#openAs;
    const names = this.watched;
    if (!contestant || !key) return nothing;
    try {
      const job = { ...contestant.job(pixels, 1, [...names]), id: key };
      const [result] = await this.#engine.run([job], 'wasm');
      if (!result) return nothing;
      const pictures = names.flatMap((name) => {
        const tensor = result.outputs[name];
        return tensor ? [picture(name, tensor.dims, tensor.data as ArrayLike<number>)] : [];
      });
      return () => {
        if (this.#openAs === key) this.pictures = pictures;
      };
    } catch (error) {
      this.#openAs = null;
      this.problem = toProblem(error);
      return nothing;
    }
  }

  /** No ink, no pictures. */
  forget(): void {
    if (this.pictures.length > 0) this.pictures = [];
  }
}

function picture(name: string, dims: number[], data: ArrayLike<number>): LayerPicture {
  const inner = dims.slice(1);
  const count = inner.reduce((product, dim) => product * dim, 1);
  const values = Float32Array.from({ length: count }, (_, i) => Number(data[i]));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { name, dims: inner, values, largest };
}

function watchable(values: readonly ValueFacts[]): ValueFacts[] {
  return values.filter(
    ({ dtype, elements, shape }) =>
      dtype === 'float32' && elements > 1 && elements <= MAX_ELEMENTS && (shape?.length ?? 0) >= 2,
  );
}

/** `count` names spread over the list, pictures before vectors. */
function evenly(values: readonly ValueFacts[], count: number): string[] {
  const maps = values.filter(({ shape }) => shape?.length === 4);
  const pool = maps.length > 0 ? maps : values;
  const step = pool.length / Math.min(count, pool.length || 1);
  return Array.from(
    { length: Math.min(count, pool.length) },
    (_, i) => pool[Math.floor(i * step)]?.name ?? '',
  );
}
