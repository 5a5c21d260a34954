import { AppError, toProblem } from '../core/problem';
import { scalings, type Scaling } from '../evaluate/scaling';
import type { ModelRecord } from '../library/record';
import type { RunnableModel } from '../core/runnable';
import type { BackendId } from '../workers/runtime/api';
import { Asking } from './asking.svelte';
import { Contestant, judge, type Prediction } from './contestant.svelte';
import type { Digits } from './digits.svelte';
import type { Engine, Placement } from './engine.svelte';
import type { Ink } from './ink.svelte';
import { Layers } from './layers.svelte';
import type { LibraryState } from './library.svelte';
import type { Problems } from './problems.svelte';
import { Saliency } from './saliency.svelte';

/** Runs that give a first median, as many as fit into the time. */
const FIRST_RUNS = 15;
const FIRST_RUNS_MS = 600;

/** The Draw screen: one drawing, read by one model in its precisions and by any others beside it. */
export class Draw {
  readonly layers: Layers;
  readonly saliency: Saliency;
  /** Every way ink is handed to models. */
  readonly scalings = scalings;
  record = $state.raw<ModelRecord | null>(null);
  /** The chosen model's precisions, the original first. */
  rows = $state.raw<readonly Contestant[]>([]);
  /** Other models on the same ink. */
  others = $state.raw<readonly Contestant[]>([]);
  /** Which row speaks for the chosen model. */
  chosenKey = $state<string | null>(null);

  readonly main = $derived(this.rows.find(({ id }) => id === this.chosenKey) ?? this.rows[0] ?? null);
  readonly answer = $derived<Prediction | null>(this.main?.prediction ?? null);
  /** The models that are asked together: the chosen one and those beside it, once they have answered. */
  readonly voices = $derived(
    [this.main, ...this.others].filter((each): each is Contestant => Boolean(each?.told)),
  );
  /** The mean of their probabilities by weight; null for fewer than two of them, or without any weight. */
  readonly ensemble = $derived.by(() => this.#mean());
  readonly placement = $derived.by(() => this.#placementOf(this.main));

  readonly #engine: Engine;
  readonly #digits: Digits;
  readonly #library: LibraryState;
  readonly #problems: Problems;
  readonly #asking: Asking;

  constructor(parts: {
    ink: Ink;
    engine: Engine;
    digits: Digits;
    library: LibraryState;
    problems: Problems;
  }) {
    this.#engine = parts.engine;
    this.#digits = parts.digits;
    this.#library = parts.library;
    this.#problems = parts.problems;
    this.layers = new Layers(parts.engine, parts.library);
    this.saliency = new Saliency(parts.engine);
    this.#asking = new Asking(parts.ink, parts.engine, parts.problems, {
      main: () => this.main,
      others: () => [...this.rows, ...this.others],
      backendOf: (contestant) => this.#placementOf(contestant).backend,
      blank: () => {
        for (const each of [...this.rows, ...this.others]) each.forget();
        this.saliency.forget();
        this.layers.forget();
      },
      answered: () => this.saliency.forget(),
      look: (pixels) => this.layers.look(pixels),
      rest: async (main) => {
        await this.saliency.look(main, parts.ink, this.#placementOf(main).backend);
        await parts.engine.renewIfTired();
      },
    });
  }

  /** Puts a model on the paper; its first precision answers as soon as it is open, the rest follow. */
  async show(record: ModelRecord): Promise<void> {
    if (record.reading.kind !== 'reader') {
      const reason =
        record.reading.kind === 'none' ? record.reading.reason : 'has not been tried on digits yet';
      this.#problems.show(new AppError('digits_not_a_reader', { file: record.file, reason }));
      return;
    }
    const { reader } = record.reading;
    const leaving = this.rows;
    this.record = record;
    this.chosenKey = null;
    this.rows = record.variants.map((variant) => new Contestant(record, variant, reader));
    this.others = this.others.filter((other) => !this.rows.some(({ id }) => id === other.id));
    void this.layers.show(null);
    const [first] = this.rows;
    if (!first) return;
    await this.#open(first);
    this.again();
    // Not awaited: a GPU worker may be compiling, and nobody needs what is closed.
    void this.#closeAll(leaving);
  }

  /** Opens the other precisions, makes those that are missing, and looks whether WebGPU is better. */
  async settle(): Promise<void> {
    const { record, main } = this;
    if (!record || !main) return;
    await this.#addMissingRows(record);
    for (const row of this.rows) {
      if (!row.ready) await this.#open(row);
      if (row.ready && row.medianMs === null) await this.#measure(row);
    }
    if (this.record?.id !== record.id) return;
    this.again();
    void this.layers.show(main).then(() => this.again());
    await this.considerGpu();
  }

  /** Tries WebGPU for the model on the paper, and moves its rows there if that is where they belong. */
  async considerGpu(): Promise<void> {
    const { main } = this;
    if (!main) return;
    const inputs = (await this.#digits.pixels(8)).map((pixels) => main.job(pixels).feeds);
    await this.#engine.consider(main.id, await this.#runnable(main), inputs);
    await this.moveRows();
  }

  /** Opens every row on the backend the model now belongs to, and forgets times taken on the other. */
  async moveRows(): Promise<void> {
    const before = this.placement.backend;
    const [first] = this.rows;
    if (first && this.#engine.certificates.get(first.id)?.agrees) {
      for (const row of this.rows) {
        try {
          await this.#engine.openOnGpu(row.id, await this.#runnable(row));
        } catch (error) {
          row.problem = toProblem(error);
        }
      }
    }
    for (const row of this.rows) {
      row.forgetTimes();
      await this.#measure(row);
    }
    if (before !== this.placement.backend || this.#engine.wish) this.again();
  }

  /** Follows the person's choice of backend. */
  async wish(backend: BackendId | null): Promise<void> {
    this.#engine.wish = backend;
    if (backend === 'webgpu') await this.considerGpu();
    else await this.moveRows();
    this.again();
  }

  /** Hands the ink over in another scaling, and keeps that with the model. */
  async rescale(scaling: Scaling): Promise<void> {
    const { record } = this;
    if (record?.reading.kind !== 'reader') return;
    const { reader: before, said } = record.reading;
    const reader = { ...before, scaling };
    const reading = {
      ...{ kind: 'reader' as const, reader },
      said: said && { scaling: before.scaling, ...said },
    };
    await this.#library.change(record.id, { reading });
    await this.show({ ...record, reading });
    await this.settle();
  }

  /** Lets another model read the same ink, beside the chosen one. */
  async compare(record: ModelRecord): Promise<void> {
    const [variant] = record.variants;
    if (record.reading.kind !== 'reader' || !variant) return;
    const other = new Contestant(record, variant, record.reading.reader);
    this.others = [...this.others, other];
    await this.#open(other);
    if (other.ready) await this.#measure(other);
    this.again();
  }

  async stopComparing(other: Contestant): Promise<void> {
    this.others = this.others.filter((each) => each !== other);
    await this.#engine.close(other.id);
  }

  /** Takes off the paper what was removed, here or in another tab; the first model of all takes its place. */
  async withdrawRemoved(): Promise<void> {
    const isKept = ({ id }: ModelRecord) => this.#library.find(id) !== null;
    for (const other of this.others) if (!isKept(other.record)) await this.stopComparing(other);
    const [first] = this.#library.records;
    if (!this.record || !first || isKept(this.record)) return;
    await this.show(first);
    await this.settle();
  }

  /** Whether the ink has changed since the newest answer. */
  get isBehind(): boolean {
    return this.#asking.isBehind;
  }

  /** How many samples of the ink the newest answer is about. */
  get samplesRead(): number {
    return this.#asking.samplesRead;
  }

  /** What the model on the paper saw when it answered, `[28, 28]`. */
  get seen(): Float32Array {
    return this.#asking.seen;
  }

  /** Asks again about the ink as it is. */
  again(): void {
    this.#asking.again();
  }

  /** Lets one of the rows speak for the model: the answer, layers and saliency follow it. */
  choose(row: Contestant): void {
    this.chosenKey = row.id;
    this.again();
    void this.layers.show(row).then(() => this.again());
  }

  async #addMissingRows(record: ModelRecord): Promise<void> {
    if (record.variants.length > 1 || record.reading.kind !== 'reader') return;
    const { reader } = record.reading;
    const grown = await this.#library.addPrecisions(record.id);
    if (!grown || this.record?.id !== record.id) return;
    this.record = grown;
    const known = new Set(this.rows.map(({ id }) => id));
    const added = grown.variants.filter(({ key }) => !known.has(key));
    this.rows = [...this.rows, ...added.map((variant) => new Contestant(grown, variant, reader))];
  }

  async #open(contestant: Contestant): Promise<void> {
    try {
      await this.#engine.open(contestant.id, await this.#runnable(contestant));
      contestant.ready = true;
    } catch (error) {
      contestant.problem = toProblem(error);
      this.#problems.show(error);
    }
  }

  /** A first median before anybody drew: the model on an empty drawing. */
  async #measure(contestant: Contestant): Promise<void> {
    const blank = new Float32Array(784);
    const { backend } = this.#placementOf(contestant);
    const start = performance.now();
    for (let i = 0; i < FIRST_RUNS && performance.now() - start < FIRST_RUNS_MS; i += 1) {
      const [result] = await this.#engine.run([contestant.job(blank)], backend);
      // The first run allocates and, on the GPU, compiles.
      if (result && i > 0) contestant.time(result.ms);
    }
    contestant.tell();
  }

  #runnable(contestant: Contestant): Promise<RunnableModel> {
    return this.#library.runnable(contestant.record, contestant.variant);
  }

  #placementOf(contestant: Contestant | null): Placement {
    const [first] = this.rows;
    return this.#engine.placement(contestant?.id ?? '', first?.id ?? '');
  }

  #mean(): Prediction | null {
    const { voices } = this;
    if (voices.length < 2) return null;
    const sum = new Float32Array(10);
    let total = 0;
    for (const voice of voices) {
      if (!voice.told) continue;
      total += voice.weight;
      voice.told.probabilities.forEach((p, i) => (sum[i] = (sum[i] ?? 0) + p * voice.weight));
    }
    return total > 0 ? judge(sum.map((p) => p / total)) : null;
  }

  async #closeAll(leaving: readonly Contestant[]): Promise<void> {
    for (const { id } of leaving) {
      // Looked at each time: while one was being closed the person may have come back to the next.
      if (![...this.rows, ...this.others].some((each) => each.id === id)) await this.#engine.close(id);
    }
  }
}
