import type { PortFacts } from '../core/facts';
import { toError, toProblem, type Problem } from '../core/problem';
import type { TakenFile } from '../core/taken-file';
import type { PlainTensor } from '../core/tensor';
import type { BackendId, NodeTime, RunResult } from '../workers/runtime/api';
import type { Engine } from './engine.svelte';
import type { Inspection } from './inspection.svelte';
import { TrialInput } from './trial-input.svelte';
import { outcomeOf, tensorsApart, type Parting, type TrialOutput, type TrialRun } from './trial-outcome';

/** Runs timed on each backend after one that is not. */
const TIMED_RUNS = 20;
/** Timing ends after this long, however few the runs. */
const TIMED_MS = 3000;
/** Runs that a node's median is taken of. */
const PROFILED_RUNS = 10;
/** Sums in another order differ by some 1e-6; over this something else was computed. */
const PARTED = 1e-4;
/** Backends as people call them. */
export const backendNames = { wasm: 'WASM', webgpu: 'WebGPU' };
/** Values of one run that are looked through for the first that differs. */
const MOST_WATCHED = 64;

/** A model of the Inspect screen run on inputs of the person's choosing. */
export class Trial {
  inputs = $state.raw<readonly TrialInput[]>([]);
  /** Sizes for named and unknown dimensions, by name. */
  sizes = $state<Record<string, number>>({});
  /** Values inside the graph that are shown besides the outputs. */
  watched = $state.raw<readonly string[]>([]);
  runs = $state.raw<readonly TrialRun[]>([]);
  /** Why WebGPU did not run. */
  refused = $state.raw<Problem | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** What is under way: since when, in ms of the page, and how far it is. */
  running = $state.raw<{ since: number; what: string } | null>(null);
  /** Whether the last thing under way was cancelled. */
  stopped = $state(false);
  parting = $state.raw<Parting | 'none' | null>(null);
  /** The time of each node on WASM, the longest first. */
  profile = $state.raw<readonly NodeTime[]>([]);
  #recorded = $state.raw<Record<string, PlainTensor>>({});
  #ending: AbortController | null = null;
  readonly #inspection: Inspection;
  readonly #engine: Engine;

  constructor(inspection: Inspection, engine: Engine) {
    this.#inspection = inspection;
    this.#engine = engine;
    const facts = inspection.opened?.facts;
    this.inputs = (facts?.inputs ?? []).map((port) => new TrialInput(port));
    for (const name of this.free) this.sizes[name] = 1;
  }

  /** Names of the dimensions that a person has to choose. */
  get free(): string[] {
    return [...new Set(this.inputs.flatMap(({ free }) => free.map(({ name }) => name)))];
  }

  /** Outputs that ONNX Runtime Web cannot hand over: sequences and maps. */
  get unreadable(): readonly PortFacts[] {
    return (this.#inspection.opened?.facts.outputs ?? []).filter(({ dtype }) =>
      /sequence\(|map\(/.test(dtype),
    );
  }

  /** Whether a run gives anything: an output that is a tensor, or a value that is watched. */
  get gives(): boolean {
    return this.#fetches.length > 0;
  }

  /** Names of the tensors that a run gives. */
  get #fetches(): string[] {
    const { unreadable } = this;
    const outputs = (this.#inspection.opened?.facts.outputs ?? []).filter(
      (port) => !unreadable.includes(port),
    );
    return [...new Set([...outputs.map(({ name }) => name), ...this.watched])];
  }

  /** Names of recorded outputs that runs are compared with. */
  get recorded(): readonly string[] {
    return Object.keys(this.#recorded);
  }

  /** The difference of each output between the two backends, where both ran. */
  readonly differences = $derived.by(() => {
    const [wasm, webgpu] = [this.#runOn('wasm'), this.#runOn('webgpu')];
    if (!wasm || !webgpu) return null;
    return wasm.outputs.map(({ name, tensor }) => {
      const other = webgpu.outputs.find((output) => output.name === name)?.tensor;
      return { name, apart: other ? tensorsApart(tensor, other) : null };
    });
  });

  /** Takes the array of a file for one input. */
  async give(file: TakenFile, input: TrialInput): Promise<void> {
    await this.#reading(async () => {
      const arrays = await this.#inspection.arrays(file);
      const array = arrays[input.port.name] ?? Object.values(arrays)[0];
      if (array) this.#take(input, array, file.name);
    });
  }

  /**
   * Takes what was recorded of a run: arrays named as inputs are go in, those named as outputs are compared with.
   * Unnamed ones go by their file's name, as in ONNX's test data: `input_0.pb`, `output_1.pb`.
   */
  async record(files: readonly TakenFile[]): Promise<void> {
    await this.#reading(async () => {
      const outputs = this.#inspection.opened?.facts.outputs ?? [];
      const recorded = { ...this.#recorded };
      for (const file of files) {
        const arrays = Object.entries(await this.#inspection.arrays(file));
        const place = /(input|output)_(\d+)\.\w+$/.exec(file.name);
        for (const [name, array] of arrays) {
          const input = this.inputs.find(({ port }) => port.name === name);
          const at = Number(place?.[2] ?? 0);
          if (input) this.#take(input, array, file.name);
          else if (outputs.some((output) => output.name === name)) recorded[name] = array;
          else if (place?.[1] === 'input' && this.inputs[at]) this.#take(this.inputs[at], array, file.name);
          else if (arrays.length === 1 && outputs[at]) recorded[outputs[at].name] = array;
        }
      }
      this.#recorded = recorded;
      this.runs = this.runs.map((run) => ({
        ...run,
        outputs: run.outputs.map(({ name, tensor }) => this.#outputOf(name, tensor)),
      }));
    });
  }

  async #reading(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  giveImage(input: TrialInput, tensor: PlainTensor, name: string): void {
    this.#take(input, tensor, name, 'image');
  }

  /** Runs the model on every backend there is, takes times, and compares. */
  async run(): Promise<void> {
    this.runs = [];
    this.refused = null;
    this.profile = [];
    await this.#work('trial', async (key, signal) => {
      const feeds = this.#feeds();
      const model = await this.#inspection.runnable(this.watched, signal);
      await this.#engine.close(key);
      await this.#engine.open(key, model, signal);
      const wasm = await this.#time(key, 'wasm', feeds, signal);
      this.runs = [wasm];
      this.refused = await this.#engine.openBeside(key, model, signal);
      if (this.refused) return;
      try {
        this.runs = [wasm, await this.#time(key, 'webgpu', feeds, signal)];
      } catch (error) {
        signal.throwIfAborted();
        this.refused = toProblem(error);
      }
    });
  }

  /** Watches the values between nodes on both backends and names the first on which they part by over 1e-4. */
  async findParting(): Promise<void> {
    const values = this.#inspection.opened?.facts.values ?? [];
    const step = Math.ceil(values.length / MOST_WATCHED);
    const looked = values.filter(({ dtype }, at) => dtype.startsWith('float') && at % step === 0);
    await this.#work('parting', async (key, signal) => {
      const feeds = this.#feeds();
      const names = looked.map(({ name }) => name);
      const model = await this.#inspection.runnable(names, signal);
      await this.#engine.open(key, model, signal);
      const refused = await this.#engine.openBeside(key, model, signal);
      if (refused) throw toError(refused);
      const job = { id: key, feeds, fetches: names };
      const [ours] = await this.#engine.runOn([job], 'wasm', signal);
      const [theirs] = await this.#engine.runOn([job], 'webgpu', signal);
      this.parting = 'none';
      for (const { name, operator } of looked) {
        const [a, b] = [ours?.outputs[name], theirs?.outputs[name]];
        const difference = a && b ? tensorsApart(a, b).relative : 0;
        if (difference > PARTED) {
          this.parting = { name, operator, difference };
          break;
        }
      }
    });
  }

  /** Times every node on WASM. */
  async timeNodes(): Promise<void> {
    this.profile = [];
    await this.#work('profile', async (_, signal) => {
      const model = await this.#inspection.runnable([], signal);
      const times = await this.#engine.profile(model, this.#feeds(), PROFILED_RUNS, signal);
      this.profile = [...times].sort((a, b) => b.ms - a.ms);
    });
  }

  /** Ends what is under way, with the worker that does it; the next run starts another. */
  cancel(): void {
    this.#ending?.abort();
  }

  /** One thing at a time, with a session of its own that is closed behind it. */
  async #work(key: string, work: (key: string, signal: AbortSignal) => Promise<void>): Promise<void> {
    const ending = new AbortController();
    this.#ending = ending;
    this.running = { since: performance.now(), what: '' };
    this.stopped = false;
    this.problem = null;
    this.parting = null;
    try {
      await work(key, ending.signal);
    } catch (error) {
      if (ending.signal.aborted) this.stopped = true;
      else this.problem = toProblem(error);
    } finally {
      this.#ending = null;
      this.running = null;
      await this.#engine.close(key);
    }
  }

  #feeds(): Record<string, PlainTensor> {
    return Object.fromEntries(
      this.inputs.map((input) => [input.port.name, input.tensor(input.checkedDims(this.sizes))]),
    );
  }

  #take(input: TrialInput, array: PlainTensor, name: string, source: 'file' | 'image' = 'file'): void {
    input.give(array, name, source);
    if (array.dims.length !== input.port.shape?.length) return;
    for (const { name: dim, axis } of input.free) this.sizes[dim] = array.dims[axis] ?? 1;
  }

  async #time(
    key: string,
    backend: BackendId,
    feeds: Record<string, PlainTensor>,
    signal: AbortSignal,
  ): Promise<TrialRun> {
    const job = { id: key, feeds, fetches: this.#fetches };
    this.#tell(`first run on ${backendNames[backend]}`);
    const [first] = await this.#engine.runOn([job], backend, signal);
    const times: number[] = [];
    const began = performance.now();
    while (times.length < TIMED_RUNS && performance.now() - began < TIMED_MS) {
      this.#tell(`timed run ${times.length + 1} of at most ${TIMED_RUNS} on ${backendNames[backend]}`);
      const [result] = await this.#engine.runOn([job], backend, signal);
      if (result) times.push(result.ms);
    }
    times.sort((a, b) => a - b);
    const threads = backend === 'wasm' ? this.#engine.threadsOf(key) : 1;
    return { backend, outputs: this.#outputsOf(first), times, threads, dispatches: first?.dispatches ?? 0 };
  }

  #tell(what: string): void {
    if (this.running) this.running = { ...this.running, what };
  }

  #outputsOf(result: RunResult | undefined): TrialOutput[] {
    return Object.entries(result?.outputs ?? {}).map(([name, tensor]) => this.#outputOf(name, tensor));
  }

  #outputOf(name: string, tensor: PlainTensor): TrialOutput {
    return outcomeOf(name, tensor, this.#recorded[name]);
  }

  #runOn(backend: BackendId): TrialRun | undefined {
    return this.runs.find((run) => run.backend === backend);
  }
}
