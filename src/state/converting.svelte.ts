import { faultOfExample } from '../core/example';
import { toProblem, type Problem } from '../core/problem';
import type { TakenFile } from '../core/taken-file';
import type { PlainTensor } from '../core/tensor';
import { compareOutputs, feedsFrom, TOLERANCE, type Compared } from '../evaluate/proof';
import type { Verified } from '../library/record';
import type { Order, Question, Report } from '../workers/forge/api';
import type { Engine } from './engine.svelte';
import type { LibraryState } from './library.svelte';
import { isArrays, isOfOutputs } from './recorded';

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
  /** What the file does not say: asked or assumed now, or answered before and open to change. */
  questions = $state.raw<readonly Question[]>([]);
  /** Answers as typed, by question. */
  answers = $state<Record<string, string>>({});
  opset = $state(17);
  running = $state(false);
  /** It was ended, or the file could not be read. */
  isStopped = $state(false);
  /** How the outputs are beside recorded ones; `null` where nothing was recorded. */
  compared = $state.raw<readonly Compared[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #parts: Parts;
  /** Ends the conversion that was begun last. */
  #ending = new AbortController();
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

  /** Takes more files for the same checkpoint, out of archives too; each takes the place of what it is anew. */
  async add(given: readonly TakenFile[]): Promise<void> {
    const files = await this.#parts.library.unpack(given);
    if (files.length === 0) return;
    const kept = this.beside.filter((old) => !files.some((file) => isAnew(file, old)));
    this.beside = [...kept, ...files];
    const isDone = this.model !== null && !this.running && !this.isStopped;
    const isProofOnly = isDone && files.every(isArrays);
    if (!isProofOnly) return this.run();
    await this.#readArrays();
    await this.#prove();
  }

  /** Why what was typed cannot be the answer to a question; `null` where it can be, or nothing was typed. */
  faultIn({ id, kind }: Question): string | null {
    const typed = this.answers[id]?.trim() ?? '';
    if (typed === '') return null;
    if (kind === 'shape') return faultOfExample(typed);
    return kind === 'number' && !Number.isFinite(Number(typed)) ? `“${typed}” is no number` : null;
  }

  /** Takes over what was asked and answered for another file. */
  answerAs({ questions, answers }: Converting): void {
    this.questions = questions;
    this.answers = answers;
  }

  /** Ends what is being converted: nobody waits for it any more. */
  end(): void {
    this.#ending.abort();
  }

  /** Converts with the answers so far, in place of a conversion under way; what is missing is in the report. */
  async run(): Promise<void> {
    this.end();
    const ending = new AbortController();
    this.#ending = ending;
    this.running = true;
    this.isStopped = false;
    this.compared = null;
    this.problem = null;
    await this.#readArrays();
    if (this.#ending !== ending) return;
    const faulty = new Set(this.questions.filter((one) => this.faultIn(one) !== null).map(({ id }) => id));
    const typed = Object.entries(this.answers).filter(
      ([id, answer]) => answer.trim() !== '' && !faulty.has(id),
    );
    const order: Order = {
      ...{ file: this.file, answers: Object.fromEntries(typed), opset: this.opset },
      beside: this.beside.filter((file) => !isArrays(file)),
      examples: this.#recorded.flatMap(({ name, isOutput, array: { dtype, dims } }) =>
        isOutput ? [] : [{ name, dtype, dims }],
      ),
    };
    const converted = await this.#parts.library.convert(order, ending);
    if (this.#ending !== ending) return;
    this.running = false;
    this.isStopped = !converted;
    if (!converted) return;
    this.report = converted.report;
    this.questions = this.#stillOpen(converted.report.questions);
    const name = `${this.file.name.replace(/\.[^.]+$/, '')}.onnx`;
    this.model = converted.model && { name, blob: converted.model };
    await this.#prove();
  }

  /** The questions of a report with those that are not asked again because they were answered, in one order. */
  #stillOpen(asked: readonly Question[]): Question[] {
    const answered = this.questions.filter(({ id }) => this.answers[id]?.trim());
    const before = answered.map((question) => asked.find(({ id }) => id === question.id) ?? question);
    return [...before, ...asked.filter((question) => !before.includes(question))];
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
    this.problem = null;
    try {
      const feeds = feedsFrom(report.inputs, mapOf(inputs));
      const computed = await runOnce(this.#parts.engine, model, feeds);
      // Another may have come of it meanwhile.
      if (this.model === model) this.compared = compareOutputs(names, computed, mapOf(outputs));
    } catch (error) {
      if (this.model === model) this.problem = toProblem(error);
    }
  }
}

/** Whether a file is another one anew: of its name, and of its folder where both folders are known. */
function isAnew(file: TakenFile, old: TakenFile): boolean {
  return file.name === old.name && (file.path ?? old.path) === (old.path ?? file.path);
}

let runs = 0;

/** What a model gives for `feeds`, on WASM. */
async function runOnce(
  engine: Engine,
  { name, blob }: TakenFile,
  feeds: Record<string, PlainTensor>,
): Promise<Record<string, PlainTensor>> {
  runs += 1;
  const key = `converted-${runs}`;
  await engine.open(key, { name, graph: blob, external: [] });
  try {
    const [result] = await engine.runOn([{ id: key, feeds, fetches: [] }], 'wasm');
    return result?.outputs ?? {};
  } finally {
    await engine.close(key);
  }
}

function mapOf(recorded: readonly Recorded[]): Map<string, PlainTensor> {
  return new Map(recorded.map(({ name, array }) => [name, array]));
}
