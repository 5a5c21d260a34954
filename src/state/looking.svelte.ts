import type { ModelRecord } from '../library/record';
import type { TakenFile } from '../workers/taken-file';

/** A file that was just dropped to be looked into, before it is kept. */
export interface Looked {
  file: TakenFile;
  /** The files that came with it, which may hold its weights. */
  beside: TakenFile[];
  /** Nobody keeps it: what is wrong with it is told by the one who looks. */
  isCheckpoint: boolean;
}

/** What the Inspect screen shows: a file as it was dropped, then the record it became; or a kept record. */
export class Looking {
  at = $state.raw<Looked | null>(null);
  /** The record that the way back to the screen leads to. */
  record = $state.raw<ModelRecord | null>(null);

  start(at: Looked): void {
    this.at = at;
    this.record = null;
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
