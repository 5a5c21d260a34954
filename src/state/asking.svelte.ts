import { Deadline } from '../core/deadline';
import { toProblem } from '../core/problem';
import { SIDE } from '../ink/raster';
import type { BackendId, RunResult } from '../workers/runtime/api';
import type { Contestant } from './contestant.svelte';
import type { Engine } from './engine.svelte';
import type { Ink } from './ink.svelte';
import type { Problems } from './problems.svelte';

/**
 * While the pen moves, all but the chosen model are asked at most every so many milliseconds, and for at most this
 * share of the time.
 */
const OTHERS_EVERY_MS = 150;
const OTHERS_SHARE = 0.1;
/** What they said is shown with the chosen model's next answer, or after this when the pen is still. */
const HELD_MS = 40;
/** How long the pen rests before slow questions are asked. */
const REST_MS = 250;
/** The mark on the page's timeline that tells how long a visit waited. */
const FIRST_ANSWER = 'first-answer';

/** What is asked about the ink, and who hears of it. */
interface Asked {
  main(): Contestant | null;
  others(): readonly Contestant[];
  backendOf(contestant: Contestant): BackendId;
  /** The ink is gone: nothing is said of it any more. */
  blank(): void;
  /** The chosen model has answered. */
  answered(): void;
  /** A look at the layers of the chosen model; gives what shows it. */
  look(pixels: Float32Array): Promise<() => void>;
  /** The pen rests and everybody has answered. */
  rest(main: Contestant): Promise<void>;
}

/** All but the chosen model asked about one state of the ink. */
interface Round {
  version: number;
  /** What is still to be asked; each gives what shows the answer. */
  left: (() => Promise<() => void>)[];
  show: (() => void)[];
  tookMs: number;
}

/**
 * Asks models about the ink as it grows: the chosen one at every movement, newest ink first, the others and the
 * layers at a pace that leaves the page free.
 */
export class Asking {
  /** Whether the ink has changed since the newest answer. */
  isBehind = $state(true);
  /** The picture `[28, 28]` that the newest answer is about. */
  seen = $state.raw(new Float32Array(SIDE * SIDE));
  /** How many of the ink's samples the newest answer is about. */
  samplesRead = $state(0);
  /** The version of the ink that the chosen model's newest answer is about. */
  #answered = -1;
  readonly #ink: Ink;
  readonly #engine: Engine;
  readonly #problems: Problems;
  readonly #asked: Asked;
  #othersAnswered = -1;
  #round: Round | null = null;
  #othersAt = 0;
  #othersTookMs = 0;
  /** Shows what the others said. On its own it would take the frame that the next answer needs. */
  #held: (() => void) | null = null;
  #busy = false;
  #next: ReturnType<typeof setTimeout> | undefined;
  readonly #resting = new Deadline(() => void this.#rest());

  constructor(ink: Ink, engine: Engine, problems: Problems, asked: Asked) {
    this.#ink = ink;
    this.#engine = engine;
    this.#problems = problems;
    this.#asked = asked;
    ink.onChange(() => this.ask());
  }

  /** Asks about the ink as it is, unless that was answered. */
  ask(): void {
    if (this.#ink.isNearBlank()) {
      this.#resting.callOff();
      this.#answered = this.#ink.version;
      this.isBehind = false;
      this.samplesRead = this.#ink.sampleCount;
      this.#othersAnswered = this.#ink.version;
      this.seen = new Float32Array(SIDE * SIDE);
      this.#asked.blank();
      return;
    }
    this.isBehind = this.#answered !== this.#ink.version;
    this.#resting.set(REST_MS);
    if (!this.#busy) void this.#keepAsking();
  }

  /** Asks again although the ink is the same: the models are not. */
  again(): void {
    this.#answered = -1;
    this.#othersAnswered = -1;
    this.#round = null;
    this.ask();
  }

  /** The chosen model first, whenever the ink has changed; the others' round piece by piece between. */
  async #keepAsking(): Promise<void> {
    this.#busy = true;
    clearTimeout(this.#next);
    try {
      for (;;) {
        const main = this.#asked.main();
        const { version } = this.#ink;
        if (!main?.ready || this.#ink.isNearBlank()) {
          this.#round = null;
          return;
        }
        if (this.#answered !== version) await this.#askMain(main);
        else if (this.#round) await this.#goOn(this.#round);
        else if (this.#othersAnswered !== version) {
          const pause = Math.max(OTHERS_EVERY_MS, this.#othersTookMs / OTHERS_SHARE);
          const wait = this.#ink.isDrawing ? this.#othersAt + pause - performance.now() : 0;
          if (wait > 0) {
            this.#next = setTimeout(() => {
              if (!this.#busy) void this.#keepAsking();
            }, wait);
            return;
          }
          this.#round = this.#newRound(main);
        } else return;
      }
    } finally {
      this.#busy = false;
    }
  }

  async #askMain(main: Contestant): Promise<void> {
    const { version, sampleCount } = this.#ink;
    const pixels = this.#ink.pixels();
    const result = await this.#run(main, pixels);
    if (result && !this.#ink.isNearBlank()) main.take(result);
    this.seen = pixels;
    this.#showHeld();
    markFirstAnswer();
    this.#answered = version;
    this.samplesRead = sampleCount;
    this.isBehind = this.#ink.version !== version;
    this.#asked.answered();
  }

  #newRound(main: Contestant): Round {
    const pixels = this.#ink.pixels();
    const others = this.#asked.others().filter((other) => other !== main && other.ready);
    const said = main.prediction;
    return {
      version: this.#ink.version,
      left: [...others.map((other) => () => this.#askOther(other, pixels)), () => this.#asked.look(pixels)],
      show: [() => main.tell(said)],
      tookMs: 0,
    };
  }

  /** One piece of a round; after the last, what was said is shown. */
  async #goOn(round: Round): Promise<void> {
    const began = performance.now();
    const ask = round.left.shift();
    if (ask) round.show.push(await ask());
    round.tookMs += performance.now() - began;
    if (round.left.length > 0 || this.#round !== round) return;
    this.#round = null;
    this.#othersTookMs = round.tookMs;
    this.#othersAnswered = round.version;
    this.#othersAt = performance.now();
    this.#held = () => {
      if (!this.#ink.isNearBlank()) for (const show of round.show) show();
    };
    if (this.#ink.isDrawing) setTimeout(() => this.#showHeld(), HELD_MS);
    else this.#showHeld();
  }

  /** Runs one model on a drawing; null where that is its problem. */
  async #run(contestant: Contestant, pixels: Float32Array, isRetry = false): Promise<RunResult | null> {
    try {
      const [result] = await this.#engine.run([contestant.job(pixels)], this.#asked.backendOf(contestant));
      contestant.problem = null;
      if (result) contestant.time(result.ms);
      return result ?? null;
    } catch (error) {
      if (contestant.problem === null) this.#problems.show(error);
      // The worker is started again by the next call, which opens what was open.
      const problem = toProblem(error);
      if (problem.code.startsWith('worker_') && !isRetry) return this.#run(contestant, pixels, true);
      contestant.problem = problem;
      contestant.forget();
      return null;
    }
  }

  #showHeld(): void {
    const held = this.#held;
    this.#held = null;
    held?.();
  }

  /** Asks one of the others; gives what shows its answer in its row. */
  async #askOther(other: Contestant, pixels: Float32Array): Promise<() => void> {
    const result = await this.#run(other, pixels);
    if (result && !this.#ink.isNearBlank()) other.take(result);
    return () => other.tell();
  }

  async #rest(): Promise<void> {
    const main = this.#asked.main();
    if (this.#ink.isDrawing || this.#busy || !main?.ready) return;
    try {
      await this.#asked.rest(main);
    } catch (error) {
      this.#problems.show(error);
    }
  }
}

function markFirstAnswer(): void {
  if (performance.getEntriesByName(FIRST_ANSWER).length === 0) performance.mark(FIRST_ANSWER);
}
