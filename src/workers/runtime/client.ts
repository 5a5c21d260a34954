import type { Remote } from 'comlink';
import { Bridge } from '../bridge';
import type { RunnableModel } from '../../core/runnable';
import type { PlainTensor } from '../../core/tensor';
import type {
  BuildId,
  NodeTime,
  RunJob,
  RunResult,
  RuntimeOptions,
  RuntimeWorker,
  SessionFacts,
} from './api';

/** Opening may compile a 26 MB binary and hundreds of megabytes of weights on a slow tablet. */
const OPEN_PATIENCE_MS = 120_000;
/** A run this long without a word means a hang: the first one compiles shaders, later ones are fast. */
const FIRST_RUN_PATIENCE_MS = 90_000;
const RUN_PATIENCE_MS = 30_000;

interface ClientOptions extends Omit<RuntimeOptions, 'build' | 'module'> {
  /** May be found out while the worker starts. */
  build: BuildId | Promise<BuildId>;
}

/**
 * Compiled once a page: later workers get the module of the first, and in Chromium, while it lives here, a reloaded
 * page does too.
 */
const modules = new Map<BuildId, WebAssembly.Module>();

interface Remembered {
  model: RunnableModel;
  facts: SessionFacts;
  generation: number;
  warm: boolean;
}

/**
 * One runtime worker as its owner sees it: remembers what is open, and opens it again after the worker was lost
 * or renewed, so that a caller never meets a missing session.
 */
export class RuntimeClient {
  readonly options: ClientOptions;
  readonly #bridge: Bridge<RuntimeWorker>;
  readonly #open = new Map<string, Remembered>();
  /** The bridge's generation that the runtime was started in. */
  #startedIn = -1;
  #runs = 0;

  constructor(options: ClientOptions) {
    this.options = options;
    this.#bridge = new Bridge<RuntimeWorker>({
      name: options.backend === 'webgpu' ? 'WebGPU' : 'WASM',
      start: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
      patienceMs: RUN_PATIENCE_MS,
    });
  }

  /** Runs since the worker was last started. */
  get runs(): number {
    return this.#runs;
  }

  /** Starts the worker, loads the runtime and readies the device; throws `device_*`. */
  start(): Promise<void> {
    return this.#bridge.call((api) => this.#start(api), { patienceMs: OPEN_PATIENCE_MS });
  }

  /** Opens a model under `id`; throws `op_unknown`, `graph_refused`, `device_*`, `storage_missing`. */
  open(id: string, model: RunnableModel, signal?: AbortSignal): Promise<SessionFacts> {
    return this.#bridge.call(
      async (api) => {
        await this.#start(api);
        return this.#openNow(api, id, model);
      },
      { patienceMs: OPEN_PATIENCE_MS, ...(signal && { signal }) },
    );
  }

  /** Stores the runtime's binary for other workers and visits. */
  keep(): Promise<void> {
    return this.#bridge.call((api) => api.keep(), { patienceMs: OPEN_PATIENCE_MS });
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** Runs the jobs in order, opening again what a lost worker took with it; an abort ends the worker. */
  run(jobs: RunJob[], signal?: AbortSignal): Promise<RunResult[]> {
    return this.#bridge.call(
      async (api) => {
        await this.#start(api);
        for (const { id } of jobs) {
          const remembered = this.#open.get(id);
          if (!remembered) throw new DOMException(`The session ${id} was closed.`, 'AbortError');
          if (remembered.generation !== this.#bridge.generation)
            await this.#openNow(api, id, remembered.model);
        }
        const results = await api.run(jobs);
        this.#runs += jobs.length;
        for (const { id } of jobs) {
          const remembered = this.#open.get(id);
          if (remembered) remembered.warm = true;
        }
        return results;
      },
      { patienceMs: () => this.#patienceFor(jobs), ...(signal && { signal }) },
    );
  }

  /** The time of each node of a model, opened apart. */
  profile(
    model: RunnableModel,
    feeds: Record<string, PlainTensor>,
    runs: number,
    signal?: AbortSignal,
  ): Promise<NodeTime[]> {
    return this.#bridge.call(
      async (api) => {
        await this.#start(api);
        return api.profile(model, feeds, runs);
      },
      { patienceMs: OPEN_PATIENCE_MS, ...(signal && { signal }) },
    );
  }

  /** Forgets a session and frees it. */
  async release(id: string): Promise<void> {
    const remembered = this.#open.get(id);
    if (!remembered) return;
    this.#open.delete(id);
    if (remembered.generation === this.#bridge.generation) await this.#bridge.call((api) => api.release(id));
  }

  /** Ends the worker after the calls before this one, and starts it afresh with everything open again. */
  async renew(): Promise<void> {
    await this.#bridge.call(() => Promise.resolve());
    this.#bridge.end();
    await this.#bridge.call(
      async (api) => {
        await this.#start(api);
        for (const [id, { model }] of this.#open) await this.#openNow(api, id, model);
      },
      { patienceMs: OPEN_PATIENCE_MS },
    );
  }

  end(): void {
    this.#bridge.end();
  }

  async #start(api: Remote<RuntimeWorker>): Promise<void> {
    if (this.#startedIn === this.#bridge.generation) return;
    const build = await this.options.build;
    const module = modules.get(build);
    modules.set(build, await api.start({ ...this.options, build, ...(module && { module }) }));
    this.#startedIn = this.#bridge.generation;
    this.#runs = 0;
  }

  async #openNow(api: Remote<RuntimeWorker>, id: string, model: RunnableModel): Promise<SessionFacts> {
    const facts = await api.open(id, model);
    this.#open.set(id, { model, facts, generation: this.#bridge.generation, warm: false });
    return facts;
  }

  /** A first run compiles shaders; after a lost worker the models are opened again before it. */
  #patienceFor(jobs: readonly RunJob[]): number {
    const sessions = jobs.map(({ id }) => this.#open.get(id));
    if (sessions.every((each) => each?.warm && each.generation === this.#bridge.generation))
      return RUN_PATIENCE_MS;
    const isLost = sessions.some((each) => each && each.generation !== this.#bridge.generation);
    return FIRST_RUN_PATIENCE_MS + (isLost ? OPEN_PATIENCE_MS : 0);
  }
}
