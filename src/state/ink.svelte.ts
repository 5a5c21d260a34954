import { rasterise } from '../ink/raster';
import { isNearBlank, type Sample, type Stroke } from '../ink/stroke';

/** The drawing on the paper: strokes, what undo brings back, and what a model sees of it. */
export class Ink {
  #strokes = $state.raw<readonly Stroke[]>([]);
  #undone = $state.raw<readonly (readonly Stroke[])[]>([]);
  #current: Sample[] | null = null;
  /** Whether there is a stroke in progress; what it holds is told by the version alone. */
  #isDrawing = $state(false);
  /** Counts every change, the growth of the stroke in progress included. */
  #version = 0;
  #rendered: { version: number; pixels: Float32Array<ArrayBuffer> } | null = null;
  readonly #listeners = new Set<() => void>();

  /** Finished strokes and the one in progress, whose growth only listeners hear of. */
  get strokes(): readonly Stroke[] {
    return this.#current ? [...this.#strokes, this.#current] : this.#strokes;
  }

  get version(): number {
    return this.#version;
  }

  get isDrawing(): boolean {
    return this.#isDrawing;
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0 && !this.#isDrawing;
  }

  get canUndo(): boolean {
    return this.#strokes.length > 0 || this.#undone.length > 0;
  }

  /** Samples on the paper, those of the stroke in progress included. */
  get sampleCount(): number {
    return this.strokes.reduce((sum, { length }) => sum + length, 0);
  }

  /** Calls `listener` after every change, at once and not a frame later; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(sample: Sample): void {
    this.#current = [sample];
    this.#changed();
  }

  extend(samples: readonly Sample[]): void {
    if (!this.#current) return;
    this.#current.push(...samples);
    this.#changed();
  }

  finish(): void {
    if (!this.#current) return;
    this.#strokes = [...this.#strokes, this.#current];
    this.#undone = [];
    this.#current = null;
    this.#changed();
  }

  /** Drops the stroke in progress. */
  cancel(): void {
    if (!this.#current) return;
    this.#current = null;
    this.#changed();
  }

  /** Takes the last stroke back, or, after a clear, brings the whole drawing back. */
  undo(): void {
    const before = this.#undone.at(-1);
    if (before) {
      this.#strokes = before;
      this.#undone = this.#undone.slice(0, -1);
    } else {
      this.#strokes = this.#strokes.slice(0, -1);
    }
    this.#changed();
  }

  clear(): void {
    this.replace([]);
  }

  /** Puts another drawing on the paper; undo brings this one back. */
  replace(strokes: readonly Stroke[]): void {
    if (this.#strokes.length > 0) this.#undone = [...this.#undone.slice(-19), this.#strokes];
    this.#strokes = strokes;
    this.#current = null;
    this.#changed();
  }

  /** Whether there is too little ink to ask a model about. */
  isNearBlank(): boolean {
    return isNearBlank(this.strokes);
  }

  /** The 28 × 28 grey levels of the drawing as it is now; rendered once a version. */
  pixels(): Float32Array<ArrayBuffer> {
    if (this.#rendered?.version !== this.#version) {
      this.#rendered = { version: this.#version, pixels: rasterise(this.strokes) };
    }
    return this.#rendered.pixels;
  }

  #changed(): void {
    this.#isDrawing = this.#current !== null;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
