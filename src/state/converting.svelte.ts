import { AppError, toProblem, type Problem } from '../core/problem';
import type { RunnableModel } from '../core/runnable';
import type { TakenFile } from '../core/taken-file';
import type { PlainTensor } from '../core/tensor';
import type { Order, Report } from '../workers/forge/api';
import type { Engine } from './engine.svelte';
import type { LibraryState } from './library.svelte';
import { tensorsApart } from './trial-outcome';

/** What is expected of a converted float32 network: PyTorch and ONNX Runtime add up in another order. */
export const TOLERANCE = 1e-4;

const KEY = 'converted';

export type { Question, Report, Stage } from '../workers/forge/api';

/** An output of the converted model beside what PyTorch gave. */
export interface Proof {
  name: string;
  /** Largest absolute difference. */
  difference: number;
}

/** One checkpoint on its way to a model. */
export class Converting {
  readonly file: TakenFile;
  readonly beside: readonly TakenFile[];
  report = $state.raw<Report | null>(null);
  /** The ONNX file; `null` where the report says why there is none. */
  model = $state.raw<TakenFile | null>(null);
  /** Answers as typed, by question. */
  answers = $state<Record<string, string>>({});
  opset = $state(17);
  running = $state(false);
  proofs = $state.raw<readonly Proof[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #library: LibraryState;
  readonly #engine: Engine;

  constructor(
    file: TakenFile,
    beside: readonly TakenFile[],
    parts: { library: LibraryState; engine: Engine },
  ) {
    this.file = file;
    this.beside = beside;
    this.#library = parts.library;
    this.#engine = parts.engine;
  }

  /** Converts with the answers so far; what is missing is in the report. */
  async run(): Promise<void> {
    const answers = Object.fromEntries(
      Object.entries(this.answers).filter(([, answer]) => answer.trim() !== ''),
    );
    const order: Order = { file: this.file, beside: [...this.beside], answers, opset: this.opset };
    this.running = true;
    this.proofs = null;
    this.problem = null;
    const converted = await this.#library.convert(order);
    this.running = false;
    if (!converted) return;
    this.report = converted.report;
    const name = `${this.file.name.replace(/\.[^.]+$/, '')}.onnx`;
    this.model = converted.model && { name, blob: converted.model };
  }

  /** Runs the model on recorded inputs and compares with recorded outputs, by name. */
  async prove(files: readonly TakenFile[]): Promise<void> {
    const { model, report } = this;
    if (!model || !report) return;
    this.problem = null;
    try {
      const arrays: Record<string, PlainTensor> = {};
      for (const file of files) Object.assign(arrays, await this.#library.arrays(file));
      const runnable: RunnableModel = { name: model.name, graph: model.blob, external: [] };
      await this.#engine.open(KEY, runnable);
      const feeds = Object.fromEntries(report.inputs.map(({ name }) => [name, pick(arrays, name)]));
      const [result] = await this.#engine.runOn([{ id: KEY, feeds, fetches: [] }], 'wasm');
      const recorded = report.outputs.flatMap(({ name }) =>
        arrays[name] ? [[name, arrays[name]] as const] : [],
      );
      this.proofs = recorded.map(([name, tensor]) => {
        const output = result?.outputs[name];
        return { name, difference: output ? tensorsApart(output, tensor).largest : Infinity };
      });
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      await this.#engine.close(KEY);
    }
  }
}

function pick(arrays: Readonly<Record<string, PlainTensor>>, name: string): PlainTensor {
  const array = arrays[name];
  if (array) return array;
  throw new AppError('input_unreadable', { file: name, reason: 'is in none of the files' });
}
