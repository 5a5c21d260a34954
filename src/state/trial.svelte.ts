import type { PortFacts } from '../core/facts';
import { canMake, makeTensor, randomNumbers } from '../core/make-tensor';
import { toNumbers } from '../core/numbers';
import { AppError, toError, toProblem, type Problem } from '../core/problem';
import { elementCount, type Dim } from '../core/shape';
import type { PlainTensor } from '../core/tensor';
import type { Statistics } from '../core/tensor-report';
import { statisticsOf } from '../evaluate/statistics';
import type { BackendId, NodeTime, RunResult } from '../workers/runtime/api';
import { compare } from './certificate';
import type { Engine } from './engine.svelte';
import type { Inspection } from './inspection.svelte';

/** Where an input's numbers come from. */
export type Source = 'random' | 'zeros' | 'ones' | 'numbers' | 'file' | 'image';

/** Runs timed on each backend after one that is not. */
const TIMED_RUNS = 20;
/** Timing ends after this long, however few the runs. */
const TIMED_MS = 3000;
/** Runs that a node's median is taken of. */
const PROFILED_RUNS = 10;
/** Values of one run that are looked through for the first that differs. */
const MOST_WATCHED = 64;

/** One input of the model being tried. */
export class TrialInput {
  readonly port: PortFacts;
  source = $state<Source>('random');
  seed = $state(1);
  /** Numbers as typed. */
  text = $state('');
  /** What a file or an image gave. */
  given = $state.raw<PlainTensor | null>(null);
  givenName = $state('');

  constructor(port: PortFacts) {
    this.port = port;
  }

  /** Whether numbers can be made for it; a sequence or a map has to come from a file. */
  get makes(): boolean {
    return canMake(this.port.dtype);
  }

  /** Its tensor for dimensions that are all known; throws `input_unreadable`. */
  tensor(dims: number[]): PlainTensor {
    const { dtype, name } = this.port;
    const count = elementCount(dims);
    if (this.source === 'file' || this.source === 'image') {
      if (!this.given)
        throw new AppError('input_unreadable', { file: name, reason: 'has been given no file' });
      return fit(this.given, dtype, dims);
    }
    if (!canMake(dtype))
      throw new AppError('input_unreadable', { file: name, reason: `is of the type ${dtype}` });
    if (this.source === 'numbers') return makeTensor(dtype, dims, parseNumbers(this.text, name));
    if (this.source === 'random') return makeTensor(dtype, dims, randomNumbers(dtype, count, this.seed));
    return makeTensor(dtype, dims, [this.source === 'ones' ? 1 : 0]);
  }
}

/** What a run gave under one name. */
export interface TrialOutput {
  name: string;
  tensor: PlainTensor;
  statistics: Statistics | null;
  /** Largest absolute difference from what was recorded, relative where numbers are over 1; `null` for nothing recorded. */
  recorded: number | null;
}

/** A model run on one backend. */
export interface TrialRun {
  backend: BackendId;
  outputs: TrialOutput[];
  /** Milliseconds of each timed `session.run`, shortest first. */
  times: number[];
  threads: number;
  dispatches: number;
}

/** The first value, in the order the graph computes them, on which two backends part. */
export interface Parting {
  name: string;
  operator: string;
  difference: number;
}

/** A model of the Inspect screen run on inputs of the person's choosing. */
export class Trial {
  inputs = $state.raw<readonly TrialInput[]>([]);
  /** Sizes for named and unknown dimensions, by name; an unknown one is named by its input and place. */
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
    for (const { port } of this.inputs) {
      for (const [at, dim] of (port.shape ?? []).entries()) {
        if (typeof dim !== 'number') this.sizes[freeName(port, dim, at)] = 1;
      }
    }
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
      return { name, difference: other ? differenceOf(tensor, other) : Infinity };
    });
  });

  dimsOf({ port }: TrialInput): number[] {
    return (port.shape ?? []).map((dim, at) =>
      typeof dim === 'number' ? dim : (this.sizes[freeName(port, dim, at)] ?? 1),
    );
  }

  /** Takes the array of a file for one input. */
  async give(file: File, input: TrialInput): Promise<void> {
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
  async record(files: readonly File[]): Promise<void> {
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
    this.#take(input, tensor, name);
    input.source = 'image';
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
        const difference = a && b ? differenceOf(a, b) : 0;
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
      this.inputs.map((input) => [input.port.name, input.tensor(this.dimsOf(input))]),
    );
  }

  #take(input: TrialInput, array: PlainTensor, name: string): void {
    input.given = array;
    input.givenName = name;
    input.source = 'file';
    for (const [at, dim] of (input.port.shape ?? []).entries()) {
      const size = array.dims[at];
      if (typeof dim !== 'number' && size !== undefined && array.dims.length === input.port.shape?.length) {
        this.sizes[freeName(input.port, dim, at)] = size;
      }
    }
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
    const recorded = this.#recorded[name];
    const numbers = numbersOf(tensor);
    return {
      name,
      tensor,
      statistics: numbers ? statisticsOf(numbers) : null,
      recorded: recorded ? differenceOf(tensor, recorded) : null,
    };
  }

  #runOn(backend: BackendId): TrialRun | undefined {
    return this.runs.find((run) => run.backend === backend);
  }
}

/** Sums in another order differ by some 1e-6; over this something else was computed. */
const PARTED = 1e-4;

/** The name a free dimension is asked for by. */
export function freeName({ name }: PortFacts, dim: Dim, at: number): string {
  return typeof dim === 'string' ? dim : `${name}, axis ${at}`;
}

/** A tensor's elements as numbers; `null` for strings. */
export function numbersOf({ dtype, dims, data }: PlainTensor): ArrayLike<number> | null {
  return Array.isArray(data) ? null : toNumbers(dtype, data, elementCount(dims));
}

function differenceOf(a: PlainTensor, b: PlainTensor): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (left && right) return compare(left, right).difference;
  return JSON.stringify(a.data) === JSON.stringify(b.data) ? 0 : Infinity;
}

/** A given array as an input's dtype and dimensions; throws `input_unreadable` where it holds another number of elements. */
function fit(given: PlainTensor, dtype: string, dims: number[]): PlainTensor {
  const count = elementCount(given.dims);
  if (count !== elementCount(dims)) {
    const reason = `holds ${given.dims.join(' × ')} elements; the input takes ${dims.join(' × ')}`;
    throw new AppError('input_unreadable', { file: 'The file', reason });
  }
  if (given.dtype === dtype || !canMake(dtype)) return { ...given, dims };
  return makeTensor(dtype, dims, numbersOf(given) ?? []);
}

function parseNumbers(text: string, name: string): number[] {
  const words = text.split(/[\s,;[\]()]+/).filter(Boolean);
  const numbers = words.map(Number);
  const wrong = words.find((_, at) => Number.isNaN(numbers[at]));
  if (wrong !== undefined) {
    throw new AppError('input_unreadable', {
      file: name,
      reason: `was given “${wrong.slice(0, 40)}”, which is no number`,
    });
  }
  return numbers;
}
