import type { Progress } from '../core/job';
import { AppError } from '../core/problem';
import { externalKey } from '../library/keys';
import type { Library } from '../library/library';
import type { ModelRecord, Variant } from '../library/record';
import type { Bundled } from '../library/bundled';
import type { Bridge } from '../workers/bridge';
import type { Forge, Order } from '../workers/forge/api';
import type { Preparer } from '../workers/prepare/api';
import type { TakenFile } from '../core/taken-file';
import { listen } from '../workers/wire';
import type { RunnableModel } from '../core/runnable';

import type { Problems } from './problems.svelte';

/** Work in progress, as the screen shows it. */
export interface Work {
  what: string;
  progress: Progress | null;
  cancel: () => void;
}

/** A removed model, whole. */
export interface Removed {
  record: ModelRecord;
  bytes: ReadonlyMap<string, Blob>;
}

/** Larger models are opened as a small graph with their weights beside it. */
const INLINE_BYTES = 32 * 1024 * 1024;

/** Archives of files, whatever is in them. */
const ARCHIVE = /\.zip$/i;

/** The models at hand: the bundled ones from the first moment, those in storage once it was read. */
export class LibraryState {
  #kept = $state.raw<readonly ModelRecord[]>([]);
  /** Whether it is known what earlier visits kept. */
  isRead = $state(false);
  /** Models removed in this visit, the last first. */
  removed = $state.raw<readonly Removed[]>([]);
  /** What was asked for and is not done, in the order it is done. */
  #works = $state.raw<readonly Work[]>([]);
  /** Whether this browser stores anything; unknown until the first write. */
  stores = $state<boolean | null>(null);

  readonly records = $derived.by(() => this.#all());
  /** What is done now. */
  readonly work = $derived(this.#works[0] ?? null);

  readonly #library: Library;
  readonly #forge: Bridge<Forge>;
  readonly #preparer: Bridge<Preparer>;
  readonly #bundled: readonly Bundled[];
  readonly #problems: Problems;
  readonly #tabs: BroadcastChannel;

  constructor(parts: {
    library: Library;
    forge: Bridge<Forge>;
    preparer: Bridge<Preparer>;
    bundled: readonly Bundled[];
    problems: Problems;
    /** Tells Inkling's other tabs of changes. */
    tabs: BroadcastChannel;
  }) {
    this.#library = parts.library;
    this.#forge = parts.forge;
    this.#preparer = parts.preparer;
    this.#bundled = parts.bundled;
    this.#problems = parts.problems;
    this.#tabs = parts.tabs;
  }

  find(id: string): ModelRecord | null {
    return this.records.find((record) => record.id === id) ?? null;
  }

  /** A record as it is kept by now; as it was given where it is not kept. */
  newest(record: ModelRecord): ModelRecord {
    return this.find(record.id) ?? record;
  }

  /** Reads what earlier visits kept. */
  async load(): Promise<void> {
    try {
      this.#kept = await this.#library.list();
      this.isRead = true;
    } catch (error) {
      this.#problems.show(error);
    }
  }

  /** Puts the bundled models among the kept ones, and takes older editions of them out. */
  async keepBundled(): Promise<void> {
    try {
      for (const { record, urls } of this.#bundled) {
        if (this.#kept.some(({ id, origin }) => id === record.id && origin === 'bundled')) continue;
        const bytes = new Map<string, Blob>();
        for (const [key, url] of Object.entries(urls)) bytes.set(key, await fetchBlob(url));
        await this.#library.put({ ...record, addedAt: Date.now() }, bytes);
      }
      const current = new Set(this.#bundled.map(({ record }) => record.id));
      for (const record of await this.#library.list()) {
        if (record.origin === 'bundled' && !current.has(record.id)) await this.#library.remove(record);
      }
      this.stores = true;
      this.#kept = await this.#library.list();
    } catch (error) {
      this.stores = false;
      // Bundled models come with the page; that they are not stored twice need not alarm anybody.
      if (!(error instanceof AppError)) this.#problems.show(error);
    }
  }

  /** Takes dropped files in; gives the models among them, and shows a card for everything else. */
  async take(files: readonly TakenFile[]): Promise<ModelRecord[]> {
    const what = files.length === 1 ? `Reading ${files[0]?.name ?? ''}` : `Reading ${files.length} files`;
    const taken = await this.#working(what, (api, listener) => api.keep([...files], listener));
    const records = (taken ?? []).flatMap(({ record }) => record ?? []);
    for (const { file, problem } of taken ?? []) {
      // Beside a model lie its notes, logs and pictures: they are no mistake.
      const isBeside = records.length > 0 && !file.toLowerCase().endsWith('.onnx');
      if (problem && !(isBeside && problem.code === 'file_unknown')) this.#problems.showProblem(problem);
    }
    if (records.length > 0) await this.#changed();
    return records;
  }

  /** The files with what is in zip archives in place of the archives; none where one of those cannot be read. */
  async unpack(files: readonly TakenFile[]): Promise<readonly TakenFile[]> {
    if (!files.some(({ name }) => ARCHIVE.test(name))) return files;
    const unpacked = await this.#working('Unpacking', (api, listener) => api.unpack([...files], listener));
    return unpacked ?? [];
  }

  /** Makes a model of a checkpoint; null where `ending` ended it, or it could not be read and a card says why. */
  convert(order: Order, ending: AbortController) {
    return this.#working(
      `Converting ${order.file.name}`,
      (api, listener) => api.convert(order, listener),
      ending,
    );
  }

  /** Arrays by name; throws as `Preparer.arrays` does. */
  arrays(file: TakenFile) {
    return this.#preparer.call((api) => api.arrays(file));
  }

  /** Makes the precisions a model lacks; null where that was cancelled, or a card says why not. */
  async addPrecisions(id: string): Promise<ModelRecord | null> {
    const grown = await this.#working('Making it smaller', (api, listener) =>
      api.addPrecisions(id, listener),
    );
    if (grown) await this.#changed();
    return grown;
  }

  /** A variant with more outputs, for watching its layers. */
  expose(record: ModelRecord, variant: Variant, values: readonly string[]): Promise<RunnableModel> {
    return this.#preparer.call(async (api) => {
      const blob = await this.bytes(variant);
      const external = variant === record.variants[0] ? record.external : [];
      return api.expose({ name: record.file, blob }, await this.#external(record.id, external), [...values]);
    });
  }

  /** A variant as the runtime takes it: large weights outside the graph, so that they are streamed and not copied. */
  async runnable(record: ModelRecord, variant: Variant): Promise<RunnableModel> {
    const file = { name: record.file, blob: await this.bytes(variant) };
    const external = variant === record.variants[0] ? record.external : [];
    if (file.blob.size <= INLINE_BYTES && external.length === 0) {
      return { name: record.file, graph: file.blob, external: [] };
    }
    const beside = await this.#external(record.id, external);
    return this.#preparer.call((api) => api.runnable(file, beside));
  }

  /** A model's original, and the files of weights that came with it; throws `storage_missing`. */
  async files(record: ModelRecord): Promise<{ file: TakenFile; beside: TakenFile[] }> {
    const [original] = record.variants;
    if (!original) throw new AppError('storage_missing', { id: record.id });
    const blob = await this.bytes(original);
    return {
      file: { name: record.file, blob },
      beside: await this.#external(record.id, record.external),
    };
  }

  /** A variant's bytes; throws `storage_missing`. */
  async bytes(variant: Variant): Promise<Blob> {
    const blob = (await this.#bundledBytes(variant.key)) ?? (await this.#library.bytes(variant.key));
    if (!blob) throw new AppError('storage_missing', { id: variant.key });
    return blob;
  }

  /** Changes what is kept of a model: its name, how it reads digits, how it was proved. */
  async change(
    id: string,
    changes: Partial<Pick<ModelRecord, 'name' | 'reading' | 'verified' | 'origin'>>,
  ): Promise<void> {
    try {
      await this.#library.update(id, (kept) => ({ ...kept, ...changes }));
      await this.#changed();
    } catch (error) {
      this.#problems.show(error);
    }
  }

  /** Removes a model; `removed` has what brings it back. */
  async remove(record: ModelRecord): Promise<void> {
    const bytes = new Map<string, Blob>();
    for (const variant of record.variants) bytes.set(variant.key, await this.bytes(variant));
    for (const { name, blob } of await this.#external(record.id, record.external)) {
      bytes.set(externalKey(record.id, name), blob);
    }
    await this.#library.remove(record);
    this.removed = [{ record, bytes }, ...this.removed];
    await this.#changed();
  }

  /** Brings a removed model back. */
  async bringBack(removed: Removed): Promise<void> {
    try {
      await this.#library.put(removed.record, removed.bytes);
      this.removed = this.removed.filter((each) => each !== removed);
      await this.#changed();
    } catch (error) {
      this.#problems.show(error);
    }
  }

  /** Something was written: this page and those in other tabs read it. */
  async #changed(): Promise<void> {
    this.#tabs.postMessage(null);
    await this.load();
  }

  async #working<T>(
    what: string,
    use: (
      api: Parameters<Parameters<Bridge<Forge>['call']>[0]>[0],
      listener: (progress: Progress) => void,
    ) => Promise<T>,
    ending = new AbortController(),
  ): Promise<T | null> {
    let work: Work = { what, progress: null, cancel: () => ending.abort() };
    this.#works = [...this.#works, work];
    const listener = listen((progress: Progress) => {
      const further = { ...work, progress };
      this.#works = this.#works.map((each) => (each === work ? further : each));
      work = further;
    });
    try {
      return await this.#forge.call((api) => use(api, listener), { signal: ending.signal });
    } catch (error) {
      this.#problems.show(error);
      return null;
    } finally {
      this.#works = this.#works.filter((each) => each !== work);
    }
  }

  async #external(id: string, locations: readonly string[]): Promise<TakenFile[]> {
    const files: TakenFile[] = [];
    for (const name of locations) {
      const blob = await this.#library.bytes(externalKey(id, name));
      if (blob) files.push({ name, blob });
    }
    return files;
  }

  async #bundledBytes(key: string): Promise<Blob | null> {
    const url = this.#bundled.find(({ urls }) => key in urls)?.urls[key];
    return url ? fetchBlob(url) : null;
  }

  #all(): readonly ModelRecord[] {
    const kept = new Map(this.#kept.map((record) => [record.id, record]));
    const bundled = this.#bundled.map(({ record }) => kept.get(record.id) ?? record);
    const own = this.#kept.filter(
      ({ id, origin }) => origin !== 'bundled' && !bundled.some((each) => each.id === id),
    );
    return [...bundled, ...own];
  }
}

async function fetchBlob(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`A bundled model could not be loaded: ${url} answered ${response.status}.`);
  return response.blob();
}
