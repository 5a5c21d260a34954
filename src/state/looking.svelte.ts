import type { ModelRecord } from '../library/record';
import type { TakenFile } from '../core/taken-file';
import type { Editing } from './editing.svelte';

/** A file that was just dropped to be looked into, before it is kept. */
export interface Looked {
  file: TakenFile;
  /** The files that came with it, which may hold its weights. */
  beside: readonly TakenFile[];
  /** All models and checkpoints that were dropped together, itself included. */
  among: readonly TakenFile[];
  /** It is being kept, and what is wrong with it is told by the one who keeps it. */
  isKept: boolean;
  /** The way back leads to the screen on which it was dropped. */
  cameFromElsewhere: boolean;
}

/** What the Inspect screen shows: a file as it was dropped, then the record it became; or a kept record. */
export class Looking {
  at = $state.raw<Looked | null>(null);
  /** The record that the way back to the screen leads to. */
  record = $state.raw<ModelRecord | null>(null);
  /** Changes that were begun and wait for who went to another screen or model, by the record's id. */
  readonly edits = new Map<string, Editing>();

  start(at: Looked): void {
    this.at = at;
    this.record = null;
  }

  /** Another of the files that were dropped together. */
  turnTo(file: TakenFile): void {
    if (!this.at) return;
    const { among, beside } = this.at;
    const others = [...beside, this.at.file].filter((each) => each !== file);
    this.start({ file, beside: others, among, isKept: false, cameFromElsewhere: false });
  }

  /** What was dropped cannot be shown. */
  stop(): void {
    this.at = null;
  }

  /** It was kept: from now on it has an address. */
  keptAs(record: ModelRecord): void {
    this.record = record;
  }

  /** A kept record is looked at. */
  shows(record: ModelRecord): void {
    this.at = null;
    this.record = record;
  }
}
