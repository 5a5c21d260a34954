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
  running = $state(false);
  parting = $state.raw<Parting | 'none' | null>(null);
  /** The time of each node on WASM, the longest first. */
  profile = $state.raw<readonly NodeTime[]>([]);
  #recorded = $state.raw<Record<string, PlainTensor>>({});
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
    this.running = true;
    this.problem = null;
    this.parting = null;
    const runs: TrialRun[] = [];
    const key = 'trial';
    try {
      const feeds = this.#feeds();
      const model = await this.#inspection.runnable(this.watched);
      await this.#engine.close(key);
      await this.#engine.open(key, model);
      runs.push(await this.#time(key, 'wasm', feeds));
      this.runs = runs.slice();
      this.refused = await this.#engine.openBeside(key, model);
      if (!this.refused) {
        try {
          runs.push(await this.#time(key, 'webgpu', feeds));
        } catch (error) {
          this.refused = toProblem(error);
        }
      }
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.runs = runs;
      this.running = false;
      await this.#engine.close(key);
    }
  }

  /** Watches the values between nodes on both backends and names the first on which they part by over 1e-4. */
  async findParting(): Promise<void> {
    const values = this.#inspection.opened?.facts.values ?? [];
    const step = Math.ceil(values.length / MOST_WATCHED);
    const looked = values.filter(({ dtype }, at) => dtype.startsWith('float') && at % step === 0);
    const key = 'parting';
    this.running = true;
    try {
      const feeds = this.#feeds();
      const model = await this.#inspection.runnable(looked.map(({ name }) => name));
      await this.#engine.open(key, model);
      const refused = await this.#engine.openBeside(key, model);
      if (refused) throw toError(refused);
      const job = { id: key, feeds, fetches: looked.map(({ name }) => name) };
      const [ours] = await this.#engine.runOn([job], 'wasm');
      const [theirs] = await this.#engine.runOn([job], 'webgpu');
      this.parting = 'none';
      for (const { name, operator } of looked) {
        const [a, b] = [ours?.outputs[name], theirs?.outputs[name]];
        const difference = a && b ? tensorsApart(a, b).relative : 0;
        if (difference > PARTED) {
          this.parting = { name, operator, difference };
          break;
        }
      }
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.running = false;
      await this.#engine.close(key);
    }
  }

  /** Times every node on WASM. */
  async timeNodes(): Promise<void> {
    this.running = true;
    this.problem = null;
    try {
      const model = await this.#inspection.runnable([]);
      const times = await this.#engine.profile(model, this.#feeds(), PROFILED_RUNS);
      this.profile = [...times].sort((a, b) => b.ms - a.ms);
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.running = false;
    }
  }

  #feeds(): Record<string, PlainTensor> {
    return Object.fromEntries(
      this.inputs.map((input) => [input.port.name, input.tensor(input.dims(this.sizes))]),
    );
  }

  #take(input: TrialInput, array: PlainTensor, name: string, source: 'file' | 'image' = 'file'): void {
    input.give(array, name, source);
    if (array.dims.length !== input.port.shape?.length) return;
    for (const { name: dim, axis } of input.free) this.sizes[dim] = array.dims[axis] ?? 1;
  }

  async #time(key: string, backend: BackendId, feeds: Record<string, PlainTensor>): Promise<TrialRun> {
    const job = { id: key, feeds, fetches: [] };
    const [first] = await this.#engine.runOn([job], backend);
    const times: number[] = [];
    const began = performance.now();
    while (times.length < TIMED_RUNS && performance.now() - began < TIMED_MS) {
      const [result] = await this.#engine.runOn([job], backend);
      if (result) times.push(result.ms);
    }
    times.sort((a, b) => a - b);
    const threads = backend === 'wasm' ? this.#engine.threadsOf(key) : 1;
    return { backend, outputs: this.#outputsOf(first), times, threads, dispatches: first?.dispatches ?? 0 };
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
