import type { Problem } from '../core/problem';
import { encodeInk, type DigitReader } from '../evaluate/digit-reader';
import { decodeScores } from '../evaluate/scores';
import type { ModelRecord, Variant } from '../library/record';
import type { RunJob, RunResult } from '../workers/runtime/api';
import { median } from './certificate';

/** What a model says of the ink. */
export interface Prediction {
  /** Ten probabilities, one a digit. */
  probabilities: Float32Array;
  digit: number;
  confidence: number;
  /** The digit after it, and its probability. */
  second: { digit: number; confidence: number };
  /** No digit stands out: this is called no digit rather than guessed. */
  unsure: boolean;
}

/** Under this probability nothing stands out enough to be called a digit. */
const SURE = 0.5;
const TIMES_KEPT = 64;
/** A median of fewer runs is not shown. */
const TIMES_NEEDED = 3;

/** One form of one model reading the ink: a row of the comparison. */
export class Contestant {
  readonly record: ModelRecord;
  readonly variant: Variant;
  readonly reader: DigitReader;
  /** Its newest answer, on every movement. */
  prediction = $state.raw<Prediction | null>(null);
  /** What its row shows of that: told at a slower pace, all rows together and of the same ink. */
  told = $state.raw<Prediction | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Milliseconds of `session.run`, the median of the latest runs; null before there are enough. */
  medianMs = $state<number | null>(null);
  ready = $state(false);
  /** Its share in the ensemble. */
  weight = $state(1);
  #times: number[] = [];

  constructor(record: ModelRecord, variant: Variant, reader: DigitReader) {
    this.record = record;
    this.variant = variant;
    this.reader = reader;
  }

  get id(): string {
    return this.variant.key;
  }

  /** The run that asks this model about one or more drawings. */
  job(pixels: Float32Array, count = 1, fetches: string[] = [this.reader.output]): RunJob {
    return { id: this.id, feeds: { [this.reader.input]: encodeInk(pixels, count, this.reader) }, fetches };
  }

  /** The probabilities in a result, one list a drawing. */
  scores(result: RunResult): Float32Array[] {
    const output = result.outputs[this.reader.output];
    return output
      ? decodeScores(output.data, output.dims, this.reader).map((row) => row.subarray(0, 10))
      : [];
  }

  /** Takes what a run said of one drawing. */
  take(result: RunResult): void {
    const [probabilities] = this.scores(result);
    if (probabilities) this.prediction = judge(probabilities);
  }

  time(ms: number): void {
    this.#times = [...this.#times.slice(1 - TIMES_KEPT), ms];
  }

  /** Shows an answer, its newest unless another is given, and its median in its row. */
  tell(prediction = this.prediction): void {
    this.told = prediction;
    this.medianMs = this.#times.length >= TIMES_NEEDED ? median(this.#times) : null;
  }

  /** The ink is gone, and what was said of it. */
  forget(): void {
    this.prediction = null;
    this.told = null;
  }

  /** Forgets times taken elsewhere, on another backend. */
  forgetTimes(): void {
    this.#times = [];
    this.medianMs = null;
  }
}

/** The winner, the one after it, and whether the winner stands out. */
export function judge(probabilities: Float32Array): Prediction {
  const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const [digit = 0, runnerUp = 0] = order;
  const confidence = probabilities[digit] ?? 0;
  return {
    probabilities,
    digit,
    confidence,
    second: { digit: runnerUp, confidence: probabilities[runnerUp] ?? 0 },
    unsure: !(confidence >= SURE),
  };
}
