import { PAPER, type Sample } from '../../ink/stroke';
import type { Ink } from '../../state/ink.svelte';

/** Paper units one key press moves the pen; four times that with Shift. */
const STEP = 25;
const EDGE = PAPER / 2;
const arrows: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A pen for the keyboard: arrows move it, Space puts it down and lifts it. */
export class Pen {
  x = $state(0);
  y = $state(0);
  shown = $state(false);
  isDown = $state(false);
  readonly #ink: Ink;

  constructor(ink: Ink) {
    this.#ink = ink;
  }

  /** Whether the key was the pen's. */
  press({ key, shiftKey }: { key: string; shiftKey: boolean }): boolean {
    const way = arrows[key];
    if (way) this.#move(way, shiftKey ? 4 * STEP : STEP);
    else if (key === ' ' || key === 'Enter') this.#toggle();
    else return false;
    this.shown = true;
    return true;
  }

  /** Lifts the pen and takes it out of sight. */
  hide(): void {
    if (this.isDown) this.#toggle();
    this.shown = false;
  }

  #toggle(): void {
    this.isDown = !this.isDown;
    if (this.isDown) this.#ink.start(this.#sample());
    else this.#ink.finish();
  }

  #move([x, y]: readonly [number, number], step: number): void {
    this.x = Math.min(EDGE, Math.max(-EDGE, this.x + x * step));
    this.y = Math.min(EDGE, Math.max(-EDGE, this.y + y * step));
    if (this.isDown) this.#ink.extend([this.#sample()]);
  }

  #sample(): Sample {
    return { x: this.x, y: this.y, pressure: 0.5, time: performance.now() };
  }
}
