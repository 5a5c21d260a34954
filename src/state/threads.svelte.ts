import type { RunnableModel } from '../core/runnable';
import type { RunJob, RunResult } from '../workers/runtime/api';
import type { RuntimeClient } from '../workers/runtime/client';
import { median } from './certificate';

/** Shorter runs are not worth a second worker: nobody sees what they would save. */
const WORTH_MS = 20;
/** So many slow runs in a row make a slow model: the first one of any model allocates, and a machine may be busy. */
const SLOW_RUNS = 3;
/** Threads must take less than this share of one thread's time: they cost memory and other cores. */
const CLEARLY_LESS = 0.8;
/** Runs compared after one that is not timed, as many as fit into the time. */
const ROUNDS = 4;
const ROUNDS_MS = 2000;

/** Both workers hold the weights: twice as many as these are too many for small machines. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A worker of WASM as far as runs are concerned. */
export type Runner = Pick<RuntimeClient, 'open' | 'isOpen' | 'release' | 'run' | 'runs' | 'renew' | 'end'>;

/**
 * Runs on WASM: on one thread, and on several for models that were slow on one and clearly faster on several. That
 * is measured once a visit for each model, in a second worker that is started for the first slow one.
 */
export class Threads {
  /** Whether several threads were faster, by model key. */
  verdicts = $state.raw<ReadonlyMap<string, boolean>>(new Map());
  readonly #most: number;
  readonly #one: () => Promise<Runner>;
  readonly #startMany: (threads: number) => Promise<Runner>;
  readonly #models = new Map<string, RunnableModel>();
  /** Slow runs in a row, by model key. */
  readonly #slow = new Map<string, number>();
  #many: Runner | null = null;

  constructor(most: number, one: () => Promise<Runner>, startMany: (threads: number) => Promise<Runner>) {
    this.#most = most;
    this.#one = one;
    this.#startMany = startMany;
  }

  /** Threads a model runs on. */
  of(key: string): number {
    return this.verdicts.get(key) ? this.#most : 1;
  }

  opened(key: string, model: RunnableModel): void {
    this.#models.set(key, model);
  }

  async close(key: string): Promise<void> {
    this.#models.delete(key);
    this.#slow.delete(key);
    // Another model may be opened under the same key.
    this.verdicts = new Map([...this.verdicts].filter(([judged]) => judged !== key));
    await this.#many?.release(key);
  }

  /** Runs jobs in order; the third slow run of a model waits until it was measured which way is faster. */
  async run(jobs: RunJob[], signal?: AbortSignal): Promise<RunResult[]> {
    const one = await this.#one();
    if (this.#many && jobs.every(({ id }) => this.verdicts.get(id))) {
      try {
        return await this.#runOnMany(this.#many, jobs, signal);
      } catch {
        signal?.throwIfAborted();
        const results = await one.run(jobs, signal);
        // It was not the jobs' fault.
        this.#giveUp();
        return results;
      }
    }
    const results = await one.run(jobs, signal);
    const [job] = jobs;
    const isSlow = job && jobs.length === 1 && this.#isSlow(job.id, results[0]?.ms ?? 0);
    if (isSlow) await this.#measure(job, one, signal);
    return results;
  }

  /** Starts the second worker afresh when it has run more than `limit` times. */
  async renewIfTired(limit: number): Promise<void> {
    if (this.#many && this.#many.runs > limit) await this.#many.renew();
  }

  #isSlow(key: string, ms: number): boolean {
    const runs = ms > WORTH_MS ? (this.#slow.get(key) ?? 0) + 1 : 0;
    this.#slow.set(key, runs);
    return runs >= SLOW_RUNS;
  }

  async #measure(job: RunJob, one: Runner, signal?: AbortSignal): Promise<void> {
    const model = this.#models.get(job.id);
    if (this.#most < 2 || !model || bytesOf(model) > MOST_BYTES || this.verdicts.has(job.id)) return;
    this.#judge(job.id, false);
    try {
      this.#many ??= await this.#startMany(this.#most);
      const many = this.#many;
      const times: { one: number[]; many: number[] } = { one: [], many: [] };
      await this.#runOnMany(many, [job], signal);
      const start = performance.now();
      do {
        for (const { ms } of await one.run([job], signal)) times.one.push(ms);
        for (const { ms } of await many.run([job], signal)) times.many.push(ms);
      } while (times.many.length < ROUNDS && performance.now() - start < ROUNDS_MS);
      const isFaster = median(times.many) < CLEARLY_LESS * median(times.one);
      if (isFaster) this.#judge(job.id, true);
      else await many.release(job.id);
    } catch {
      this.#giveUp();
    }
  }

  /** Runs jobs on several threads, opening there what was closed meanwhile. */
  async #runOnMany(many: Runner, jobs: RunJob[], signal?: AbortSignal): Promise<RunResult[]> {
    for (const { id } of jobs) {
      const model = this.#models.get(id);
      if (model && !many.isOpen(id)) await many.open(id, model, signal);
    }
    return many.run(jobs, signal);
  }

  #judge(key: string, isFaster: boolean): void {
    this.verdicts = new Map(this.verdicts).set(key, isFaster);
  }

  #giveUp(): void {
    this.#many?.end();
    this.#many = null;
    this.verdicts = new Map([...this.verdicts.keys()].map((key) => [key, false]));
  }
}

function bytesOf({ graph, external }: RunnableModel): number {
  return external.reduce((bytes, { data }) => bytes + data.size, graph.size);
}

/** Threads worth trying on this page: half the cores, so that the pen keeps its own; 1 where there can be no more. */
export function mostThreads(): number {
  const cores = navigator.hardwareConcurrency;
  return globalThis.crossOriginIsolated && cores > 1 ? Math.min(4, Math.max(2, Math.floor(cores / 2))) : 1;
}
