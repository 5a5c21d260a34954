import type { Report } from '../../convert/report';
import type { Dtype } from '../../core/dtype';
import type { Progress } from '../../core/job';
import type { Problem } from '../../core/problem';
import type { ModelRecord } from '../../library/record';
import type { TakenFile } from '../../core/taken-file';

/** What became of one dropped file: kept, or a problem. */
export type Taken =
  { file: string; record: ModelRecord; problem: null } | { file: string; record: null; problem: Problem };

export type { Question, Report, Stage } from '../../convert/report';

/** A checkpoint to be converted, and what people say of it. */
export interface Order {
  file: TakenFile;
  /** What came with it: sources, configurations, weights in other files. */
  beside: TakenFile[];
  /** What was answered, by the id of the question. */
  answers: Record<string, string>;
  /** Inputs as somebody recorded them: names, dtypes and sizes. */
  examples: { name: string; dtype: Dtype; dims: readonly number[] }[];
  opset: number;
}

/** The report, and the ONNX file; `null` where the report says why there is none. */
interface Converted {
  report: Report;
  model: Blob | null;
}

type Listener = (progress: Progress) => void;

/** The worker that reads, describes, shrinks and keeps models: pure TypeScript, no runtime. */
export interface Forge {
  /** Identifies, reads and keeps the models among `files`; the others serve as their external weights. */
  keep(files: TakenFile[], listener: Listener): Promise<Taken[]>;
  /** The files in zip archives in place of the archives; what is no archive of files stays as it is. */
  unpack(files: TakenFile[], listener: Listener): Promise<TakenFile[]>;
  /** Makes the precisions a kept model lacks, keeps them, and gives the record with them. */
  addPrecisions(id: string, listener: Listener): Promise<ModelRecord>;
  /** Makes a model of a checkpoint; throws as the readers of formats do, and says everything else in the report. */
  convert(order: Order, listener: Listener): Promise<Converted>;
}
