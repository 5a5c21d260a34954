import { toProblem, type Problem } from '../core/problem';
import type { RunnableModel } from '../core/runnable';
import type { TakenFile } from '../core/taken-file';
import type { PlainTensor } from '../core/tensor';
import { compareOutputs, feedsFrom, TOLERANCE, type Compared } from '../evaluate/proof';
import type { Verified } from '../library/record';
import type { Order, Report } from '../workers/forge/api';
import type { Engine } from './engine.svelte';
import type { LibraryState } from './library.svelte';
import { isArrays, isOfOutputs } from './recorded';

const KEY = 'converted';

export type { Question, Report, Stage } from '../workers/forge/api';

/** An array, and whether its name or its file's says that it came out. */
interface Recorded {
  name: string;
  array: PlainTensor;
  isOutput: boolean;
}

/** What a conversion works with. */
export interface Parts {
  library: LibraryState;
  engine: Engine;
}

/** One checkpoint on its way to a model. */
export class Converting {
  readonly file: TakenFile;
  /** What came with it, or was dropped later: sources, configurations, recorded arrays. */
  beside = $state.raw<readonly TakenFile[]>([]);
  report = $state.raw<Report | null>(null);
  /** The ONNX file; `null` where the report says why there is none. */
  model = $state.raw<TakenFile | null>(null);
  /** Answers as typed, by question. */
  answers = $state<Record<string, string>>({});
  opset = $state(17);
  running = $state(false);
  /** It was cancelled, or the file could not be read. */
  isStopped = $state(false);
  /** How the outputs are beside recorded ones; `null` where nothing was recorded. */
  compared = $state.raw<readonly Compared[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #parts: Parts;
  /** Arrays of all files that hold some. */
  #recorded: readonly Recorded[] = [];

  constructor(file: TakenFile, beside: readonly TakenFile[], parts: Parts) {
    this.file = file;
    this.beside = beside;
    this.#parts = parts;
  }

  /** What proves the model; `null` where it parts from what was recorded, or nothing was. */
  get verified(): Verified | null {
    const { compared } = this;
    if (compared === null || compared.length === 0) return null;
    const difference = Math.max(...compared.map((one) => one.difference));
    return difference <= TOLERANCE ? { difference, tolerance: TOLERANCE, outputs: compared.length } : null;
  }

  /** Takes more files for the same checkpoint; those of a name that is there already take its place. */
  async add(files: readonly TakenFile[]): Promise<void> {
    const names = new Set(files.map(({ name }) => name));
    this.beside = [...this.beside.filter(({ name }) => !names.has(name)), ...files];
    const isProofOnly = this.model !== null && files.every(isArrays);
    if (!isProofOnly) return this.run();
    await this.#readArrays();
    await this.#prove();
  }

  /** Converts with the answers so far; what is missing is in the report. */
  async run(): Promise<void> {
    this.running = true;
    this.isStopped = false;
    this.compared = null;
    this.problem = null;
    await this.#readArrays();
    const typed = Object.entries(this.answers).filter(([, answer]) => answer.trim() !== '');
    const order: Order = {
      ...{ file: this.file, answers: Object.fromEntries(typed), opset: this.opset },
      beside: this.beside.filter((file) => !isArrays(file)),
      examples: this.#recorded.flatMap(({ name, isOutput, array: { dtype, dims } }) =>
        isOutput ? [] : [{ name, dtype, dims }],
      ),
    };
    const converted = await this.#parts.library.convert(order);
    this.running = false;
    this.isStopped = !converted;
    if (!converted) return;
    this.report = converted.report;
    const name = `${this.file.name.replace(/\.[^.]+$/, '')}.onnx`;
    this.model = converted.model && { name, blob: converted.model };
    await this.#prove();
  }

  async #readArrays(): Promise<void> {
    const recorded: Recorded[] = [];
    try {
      for (const file of this.beside.filter(isArrays)) {
        const arrays = Object.entries(await this.#parts.library.arrays(file));
        for (const [name, array] of arrays) recorded.push({ name, array, isOutput: isOfOutputs(file, name) });
      }
    } catch (error) {
      this.problem = toProblem(error);
    }
    this.#recorded = recorded;
  }

  /** Runs the model on recorded inputs and compares with recorded outputs. */
  async #prove(): Promise<void> {
    const { model, report } = this;
    if (!model || !report) return;
    const names = report.outputs.map(({ name }) => name);
    const named = this.#recorded.filter(({ name }) => names.includes(name));
    const outputs = named.length > 0 ? named : this.#recorded.filter(({ isOutput }) => isOutput);
    if (outputs.length === 0) return;
    const inputs = this.#recorded.filter((one) => !outputs.includes(one));
    const { engine } = this.#parts;
    this.problem = null;
    try {
      const runnable: RunnableModel = { name: model.name, graph: model.blob, external: [] };
      await engine.open(KEY, runnable);
      const feeds = feedsFrom(report.inputs, mapOf(inputs));
      const [result] = await engine.runOn([{ id: KEY, feeds, fetches: [] }], 'wasm');
      this.compared = compareOutputs(names, result?.outputs ?? {}, mapOf(outputs));
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      await engine.close(KEY);
    }
  }
}

function mapOf(recorded: readonly Recorded[]): Map<string, PlainTensor> {
  return new Map(recorded.map(({ name, array }) => [name, array]));
}
