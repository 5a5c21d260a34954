import { toProblem, type Problem } from '../core/problem';
import type { CheckpointOutline, SavedAs } from '../core/checkpoint-outline';
import type { ModelDifference } from '../core/difference';
import type { Edit } from '../core/edit';
import type { Progress } from '../core/job';
import type { Stretch } from '../core/highlight';
import type { GraphOutline } from '../core/outline';
import type { PlainTensor } from '../core/tensor';
import type { RunnableModel } from '../core/runnable';
import type { ModelRecord } from '../library/record';
import { Bridge } from '../workers/bridge';
import type { Heat, TensorPlace, TensorReport } from '../core/tensor-report';
import type { Inspector, Opened, Pane } from '../workers/inspect/api';
import type { TakenFile } from '../core/taken-file';
import { listen } from '../workers/wire';
import type { Picture } from '../graph/picture';
import { Editing } from './editing.svelte';
import type { LibraryState } from './library.svelte';

/** Going through the largest tensor takes seconds; a layout may take longer and can be stopped. */
const PATIENCE_MS = 120_000;

type Asking = Parameters<Parameters<Bridge<Inspector>['call']>[0]>[0];

/** Two models' main graphs side by side. */
export interface Sides {
  left: GraphOutline;
  right: GraphOutline;
  /** By node of the left graph; -1 for those the right one has not. */
  match: Int32Array;
}

/** One model being looked at: what it is, and the graph of it that is on screen. */
export class Inspection {
  readonly pane: Pane;
  /** The file it came from. */
  name = $state('');
  /** Its record, once it is kept. */
  record = $state.raw<ModelRecord | null>(null);
  opened = $state.raw<Opened | null>(null);
  /** In place of a model: a file of weights without a graph. */
  checkpoint = $state.raw<CheckpointOutline | null>(null);
  outline = $state.raw<GraphOutline | null>(null);
  /** What is changed of the model on screen and not kept yet. */
  editing = $state.raw<Editing | null>(null);
  /** Place in the graph on screen of the node that is looked at. */
  selected = $state<number | null>(null);
  /** Name of the constant that is looked at. */
  tensor = $state<string | null>(null);
  /** The entry of the checkpoint whose tensors are looked at; '' for its weights. */
  entry = $state('');
  problem = $state.raw<Problem | null>(null);
  opening = $state(false);
  readonly #inspector = new Bridge<Inspector>({
    name: 'inspector',
    start: () => new Worker(new URL('../workers/inspect/worker.ts', import.meta.url), { type: 'module' }),
    patienceMs: PATIENCE_MS,
  });
  readonly #library: LibraryState;
  readonly #edits: Map<string, Editing>;
  /** What the worker has open, for another one that may have to take its place. */
  readonly #files = new Map<Pane, { file: TakenFile; beside: TakenFile[] }>();
  #generation = -1;
  #turn = 0;

  /** `edits` has changes begun earlier, and takes in those begun here. */
  constructor(pane: Pane, library: LibraryState, edits = new Map<string, Editing>()) {
    this.pane = pane;
    this.#library = library;
    this.#edits = edits;
  }

  /** Looks into a file that was just dropped; one that cannot be read is thrown and leaves what is on screen. */
  async openFile(file: TakenFile, beside: readonly TakenFile[]): Promise<void> {
    if (await this.#open(file, beside)) this.record = null;
  }

  /** Looks into a kept model. */
  async openRecord(record: ModelRecord): Promise<void> {
    if (this.record?.id === record.id && this.opened) return;
    this.record = record;
    this.opened = null;
    this.editing = null;
    this.checkpoint = null;
    this.problem = null;
    this.name = record.file;
    try {
      const { file, beside } = await this.#library.files(record);
      if (this.record.id === record.id && (await this.#open(file, beside))) this.#goOnEditing(record);
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  /** The optimizer whose tensors are looked at in place of the weights. */
  readonly optimizer = $derived(
    this.checkpoint?.optimizers.find(({ entry }) => entry === this.entry) ?? null,
  );
  /** The tensors on screen: those of the graph, of the checkpoint, or of its optimizer. */
  readonly tensors = $derived(
    this.optimizer?.tensors ?? this.checkpoint?.tensors ?? this.outline?.tensors ?? [],
  );

  /** The file on screen was kept. */
  keptAs(record: ModelRecord): void {
    if (this.opened?.facts.bytes !== record.facts.bytes) return;
    this.record ??= record;
    if (this.record.id === record.id) this.#goOnEditing(record);
  }

  /** Where a tensor on screen lies. */
  place(name: string): TensorPlace {
    return { path: this.checkpoint ? this.entry : (this.outline?.path ?? ''), name };
  }

  /** Ends the worker. */
  end(): void {
    this.#inspector.end();
  }

  /** Enters one of the model's graphs. */
  async enter(path: string): Promise<void> {
    this.outline = await this.#ask((api) => api.outline(this.pane, path));
    this.selected = null;
    this.tensor = null;
  }

  /** The picture of the graph on screen. */
  arrange(folded: readonly string[], signal?: AbortSignal): Promise<Picture> {
    const path = this.outline?.path ?? '';
    return this.#ask((api) => api.arrange(this.pane, path, [...folded]), signal);
  }

  report(
    place: TensorPlace,
    listener: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<TensorReport | null> {
    return this.#ask((api) => api.report(this.pane, place, listen(listener)), signal);
  }

  heat(place: TensorPlace, leading: number[]): Promise<Heat | null> {
    return this.#ask((api) => api.heat(this.pane, place, leading));
  }

  values(place: TensorPlace, from: number, count: number): Promise<string[]> {
    return this.#ask((api) => api.values(this.pane, place, from, count));
  }

  npy(place: TensorPlace): Promise<Blob> {
    return this.#ask((api) => api.npy(this.pane, place));
  }

  /** What is what in a Python source. */
  highlight(text: string): Promise<Stretch[]> {
    return this.#ask((api) => api.highlight(text));
  }

  /** The weights of the checkpoint on screen, without anything else of it. */
  saveWeights(as: SavedAs, listener: (progress: Progress) => void): Promise<Blob> {
    return this.#ask((api) => api.saveWeights(this.pane, as, listen(listener)));
  }

  runnable(watched: readonly string[], signal?: AbortSignal): Promise<RunnableModel> {
    return this.#ask((api) => api.runnable(this.pane, [...watched]), signal);
  }

  /** Compares the model with another one. */
  compareWith(
    file: TakenFile,
    beside: TakenFile[],
    listener: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<ModelDifference> {
    return this.#ask(async (api) => {
      await api.open('right', file, beside);
      this.#files.set('right', { file, beside });
      return api.compare(listen(listener));
    }, signal);
  }

  /** The main graphs of both models, the left one's nodes with their places in the right one. */
  sides(): Promise<Sides> {
    return this.#ask(async (api) => ({
      left: await api.outline('left', ''),
      right: await api.outline('right', ''),
      match: await api.match(),
    }));
  }

  /** The picture of one model's main graph. */
  arrangeSide(pane: Pane, folded: readonly string[], signal?: AbortSignal): Promise<Picture> {
    return this.#ask((api) => api.arrange(pane, '', [...folded]), signal);
  }

  /** The model with small changes, as a file. */
  edit(edits: readonly Edit[]): Promise<Blob> {
    return this.#ask((api) => api.edit(this.pane, [...edits]));
  }

  arrays(file: TakenFile): Promise<Record<string, PlainTensor>> {
    return this.#ask((api) => api.arrays(file));
  }

  /** Asks the worker about the models; one that was started afresh since opens them again first. */
  #ask<T>(use: (api: Asking) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#inspector.call(
      async (api) => {
        if (this.#generation !== this.#inspector.generation) {
          for (const [pane, { file, beside }] of this.#files) await api.open(pane, file, beside);
          this.#generation = this.#inspector.generation;
        }
        return use(api);
      },
      signal ? { signal } : {},
    );
  }

  /** Takes up the changes that were begun of this record and not kept, unless others were begun by now. */
  #goOnEditing({ id }: ModelRecord): void {
    if (!this.editing) return;
    const begun = this.#edits.get(id);
    if (begun && begun.kept === null && this.editing.edits.length === 0) this.editing = begun;
    else this.#edits.set(id, this.editing);
  }

  /** Whether it was not overtaken by another. */
  async #open(file: TakenFile, beside: readonly TakenFile[]): Promise<boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    this.opening = true;
    try {
      const { opened, outline } = await this.#inspector.call(async (api) => {
        const opened = await api.open(this.pane, file, [...beside]);
        return { opened, outline: opened.kind === 'model' ? await api.outline(this.pane, '') : null };
      });
      if (turn !== this.#turn) return false;
      this.#generation = this.#inspector.generation;
      this.#files.clear();
      this.#files.set(this.pane, { file, beside: [...beside] });
      this.name = file.name;
      this.opened = opened.kind === 'model' ? opened : null;
      this.checkpoint = opened.kind === 'checkpoint' ? opened.checkpoint : null;
      this.outline = outline;
      this.editing = this.opened && new Editing(this.opened.facts);
      this.selected = null;
      this.tensor = null;
      this.entry = '';
      this.problem = null;
      return true;
    } finally {
      if (turn === this.#turn) this.opening = false;
    }
  }
}
