import type { Problem } from '../core/problem';
import { toError, toProblem } from '../core/problem';
import type { PlainTensor } from '../core/tensor';
import type { RunnableModel } from '../core/runnable';
import type {
  BackendId,
  BuildId,
  NodeTime,
  Probe,
  RunJob,
  RunResult,
  SessionFacts,
} from '../workers/runtime/api';
import { RuntimeClient } from '../workers/runtime/client';
import { certify, type Certificate } from './certificate';
import { mostThreads, Threads } from './threads.svelte';

/** WebKit on small tablets ends pages that run very many inferences in one worker. */
const RUNS_BEFORE_RENEWAL = { cautious: 400, usual: 50_000 } as const;

/** What one model's owner needs to know of where it runs. */
export interface Placement {
  backend: BackendId;
  /** Operators left on the CPU although the backend is WebGPU. */
  elsewhere: readonly string[];
}

/**
 * Where models run. WASM is there first; WebGPU is opened behind it in a worker of its own, must agree with WASM
 * on fixed inputs, and is then used where it is the faster of the two or the person asks for it.
 */
export class Engine {
  /** What the browser offers; null until it was looked at. */
  probe = $state.raw<Probe | null>(null);
  /** What the person or the address asks for. */
  wish = $state<BackendId | null>(null);
  /** Certificates by model key. */
  certificates = $state.raw<ReadonlyMap<string, Certificate>>(new Map());
  /** Why WebGPU runs nothing here, once known. */
  refusal = $state.raw<Problem | null>(null);
  /** Why WebGPU does not run one model, by its key; others may run there. */
  #refusals = $state.raw<ReadonlyMap<string, Problem>>(new Map());
  /** Models WebGPU is being compiled and checked for. */
  checking = $state(false);

  readonly #threads: Threads;
  readonly #cautious: boolean;
  #wasm: Promise<RuntimeClient> | null = null;
  #webgpu: RuntimeClient | null = null;
  readonly #placements = new Map<string, { wasm?: SessionFacts; webgpu?: SessionFacts }>();
  readonly #build: Promise<BuildId>;
  readonly #probing: Promise<Probe>;
  readonly #forWebgpu: (model: RunnableModel) => Promise<RunnableModel>;

  constructor(options: {
    build: Promise<BuildId>;
    probe: Promise<Probe>;
    wish: BackendId | null;
    cautious: boolean;
    /** Gives a model as WebGPU computes it rightly. */
    forWebgpu: (model: RunnableModel) => Promise<RunnableModel>;
  }) {
    this.wish = options.wish;
    this.#cautious = options.cautious;
    this.#build = options.build;
    this.#forWebgpu = options.forWebgpu;
    this.#threads = new Threads(
      options.cautious ? 1 : mostThreads(),
      () => this.#cpu(),
      async (threads) => {
        const { build } = (await this.#cpu()).options;
        return new RuntimeClient({ backend: 'wasm', build, threads });
      },
    );
    this.#probing = options.probe.then((probe) => (this.probe = probe));
  }

  /** Starts the worker that every visit needs, before anybody asks it something. */
  start(): void {
    void this.#cpu().catch(() => undefined);
  }

  /** Stores the runtime for the next visit, once there is time. */
  async keepRuntime(): Promise<void> {
    await (await this.#cpu()).keep();
  }

  /** Opens a model for running; it runs on WASM until `consider` has found better. */
  async open(key: string, model: RunnableModel, signal?: AbortSignal): Promise<void> {
    const client = await this.#cpu();
    if (client.isOpen(key)) return;
    const facts = await client.open(key, model, signal);
    this.#threads.opened(key, model);
    this.#placements.set(key, { ...this.#placements.get(key), wasm: facts });
  }

  /** Opens a model on WebGPU too, once its family was certified there. */
  async openOnGpu(key: string, model: RunnableModel, signal?: AbortSignal): Promise<void> {
    const webgpu = this.#webgpu;
    if (!webgpu || webgpu.isOpen(key)) return;
    const prepared = await this.#forWebgpu(model);
    // The model was closed meanwhile, or WebGPU given up.
    if (this.#webgpu !== webgpu || !this.#placements.has(key)) return;
    const facts = await webgpu.open(key, prepared, signal);
    this.#placements.set(key, { ...this.#placements.get(key), webgpu: facts });
  }

  /** Opens a model on WebGPU beside WASM, only to compare them; gives why that cannot be. */
  async openBeside(key: string, model: RunnableModel, signal?: AbortSignal): Promise<Problem | null> {
    const probe = await this.#offer();
    if (probe.webgpu !== null) return { code: 'device_no_webgpu', detail: { reason: probe.webgpu } };
    if (this.refusal && !this.#webgpu) return this.refusal;
    try {
      this.#webgpu ??= new RuntimeClient({ backend: 'webgpu', build: probe.build, threads: 1 });
      await this.openOnGpu(key, model, signal);
      return null;
    } catch (error) {
      signal?.throwIfAborted();
      return toProblem(error);
    }
  }

  /** The time of each node on WASM. */
  async profile(
    model: RunnableModel,
    feeds: Record<string, PlainTensor>,
    runs: number,
    signal?: AbortSignal,
  ): Promise<NodeTime[]> {
    return (await this.#cpu()).profile(model, feeds, runs, signal);
  }

  /** Runs jobs on one backend and nowhere else; throws what it throws. An abort ends the worker that runs them. */
  async runOn(jobs: RunJob[], backend: BackendId, signal?: AbortSignal): Promise<RunResult[]> {
    if (backend === 'wasm') return this.#threads.run(jobs, signal);
    if (!this.#webgpu)
      throw toError(this.refusal ?? { code: 'device_no_webgpu', detail: { reason: 'it was not opened' } });
    return this.#webgpu.run(jobs, signal);
  }

  async close(key: string): Promise<void> {
    this.#placements.delete(key);
    await Promise.all([
      this.#wasm?.then((client) => client.release(key)),
      this.#threads.close(key),
      this.#webgpu?.release(key),
    ]);
  }

  /** Threads a model runs on where it runs on WASM. */
  threadsOf(key: string): number {
    return this.#threads.of(key);
  }

  /** Why WebGPU does not run this model, once known. */
  refusalOf(key: string): Problem | null {
    return this.refusal ?? this.#refusals.get(key) ?? null;
  }

  /** Where a model runs now: on WebGPU only if it is open there, agreed with WASM, and was faster or wished for. */
  placement(key: string, certifiedBy: string): Placement {
    const facts = this.#placements.get(key);
    const certificate = this.certificates.get(certifiedBy);
    const onGpu =
      facts?.webgpu !== undefined &&
      certificate?.agrees === true &&
      (this.wish === null ? certificate.webgpuMs < certificate.wasmMs : this.wish === 'webgpu');
    return onGpu
      ? { backend: 'webgpu', elsewhere: facts.webgpu?.elsewhere ?? [] }
      : { backend: 'wasm', elsewhere: [] };
  }

  /** Runs jobs where they belong; when the GPU fails under them they run on WASM, and the reason is kept. */
  async run(jobs: RunJob[], backend: BackendId): Promise<RunResult[]> {
    if (backend === 'webgpu' && this.#webgpu) {
      try {
        return await this.#webgpu.run(jobs);
      } catch (error) {
        this.#giveUpGpu(error);
      }
    }
    return this.#threads.run(jobs);
  }

  /**
   * Compiles a model for WebGPU, compares it with WASM on `inputs`, and measures both.
   * Never throws: what stands in the way becomes the model's refusal or everybody's, and WASM goes on.
   */
  async consider(key: string, model: RunnableModel, inputs: Record<string, PlainTensor>[]): Promise<void> {
    const probe = await this.#offer();
    if (probe.webgpu !== null) {
      this.refusal = { code: 'device_no_webgpu', detail: { reason: probe.webgpu } };
      return;
    }
    if (this.refusalOf(key) || this.certificates.has(key)) return;
    this.checking = true;
    try {
      this.#webgpu ??= new RuntimeClient({ backend: 'webgpu', build: probe.build, threads: 1 });
      await this.openOnGpu(key, model);
      const certificate = await certify(key, inputs, await this.#cpu(), this.#webgpu);
      this.certificates = new Map(this.certificates).set(key, certificate);
      if (!certificate.agrees) {
        this.#refuse(key, {
          code: 'device_disagrees',
          detail: { difference: certificate.difference, tolerance: certificate.tolerance },
        });
      }
    } catch (error) {
      const problem = toProblem(error);
      if (isOfOneModel(problem)) this.#refuse(key, problem);
      else this.#giveUpGpu(error);
    } finally {
      this.checking = false;
    }
  }

  /** Starts the workers afresh when they have run very often; call it while nobody draws. */
  async renewIfTired(): Promise<void> {
    const limit = this.#cautious ? RUNS_BEFORE_RENEWAL.cautious : RUNS_BEFORE_RENEWAL.usual;
    const client = await this.#cpu();
    if (client.runs > limit) await client.renew();
    await this.#threads.renewIfTired(limit);
    if (this.#webgpu && this.#webgpu.runs > limit) await this.#webgpu.renew();
  }

  /** What the browser offers and the host has the binary for. */
  async #offer(): Promise<Probe> {
    await this.#wasm?.catch(() => undefined);
    const probe = await this.#probing;
    return this.probe ?? probe;
  }

  #cpu(): Promise<RuntimeClient> {
    this.#wasm ??= this.#startCpu(this.#build);
    // Another try is made by the next call.
    this.#wasm.catch(() => (this.#wasm = null));
    return this.#wasm;
  }

  /** The wanted build, or the plain one where a host cannot serve the wanted one's larger binary. */
  async #startCpu(build: Promise<BuildId>): Promise<RuntimeClient> {
    const client = new RuntimeClient({ backend: 'wasm', build, threads: 1 });
    try {
      await client.start();
      return client;
    } catch (error) {
      client.end();
      if ((await build) === 'wasm') throw error;
      const plain = await this.#startCpu(Promise.resolve('wasm'));
      const reason = error instanceof Error ? error.message : String(error);
      const webgpu = `The runtime that knows WebGPU did not come from this page's host. ${reason}`;
      this.probe = { ...(await this.#probing), build: 'wasm', webgpu };
      return plain;
    }
  }

  /** Leaves one model to WASM. */
  #refuse(key: string, problem: Problem): void {
    this.#refusals = new Map(this.#refusals).set(key, problem);
    const facts = this.#placements.get(key);
    if (facts) delete facts.webgpu;
    void this.#webgpu?.release(key).catch(() => undefined);
  }

  #giveUpGpu(error: unknown): void {
    // The model was taken off the paper meanwhile: that says nothing of the GPU.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    this.refusal = toProblem(error);
    this.#webgpu?.end();
    this.#webgpu = null;
    for (const facts of this.#placements.values()) delete facts.webgpu;
    this.certificates = new Map();
  }
}

/** Whether a problem with WebGPU says nothing of other models. */
function isOfOneModel({ code }: Problem): boolean {
  return code === 'device_out_of_memory' || code.startsWith('op_') || code.startsWith('graph_');
}
