import type { Progress } from '../../core/job';
import type { Problem } from '../../core/problem';
import type { ModelRecord } from '../../library/record';
import type { RunnableModel } from '../../core/runnable';
import type { TakenFile } from '../../core/taken-file';

/** What became of one dropped file: kept, or a problem. */
export type Taken =
  { file: string; record: ModelRecord; problem: null } | { file: string; record: null; problem: Problem };

type Listener = (progress: Progress) => void;

/** The worker that reads, describes, shrinks and keeps models: pure TypeScript, no runtime. */
export interface Forge {
  /** Identifies, reads and keeps the models among `files`; the others serve as their external weights. */
  keep(files: TakenFile[], listener: Listener): Promise<Taken[]>;
  /** The files in zip archives in place of the archives; what is no archive of files stays as it is. */
  unpack(files: TakenFile[], listener: Listener): Promise<TakenFile[]>;
  /** Makes the precisions a kept model lacks, keeps them, and gives the record with them. */
  addPrecisions(id: string, listener: Listener): Promise<ModelRecord>;
  /** A model as a small graph with its weights beside it. */
  runnable(file: TakenFile, external: TakenFile[]): Promise<RunnableModel>;
  /** A model with `values` of its graph as additional outputs. */
  expose(file: TakenFile, external: TakenFile[], values: string[]): Promise<RunnableModel>;
}
