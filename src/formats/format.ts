import type { Job } from '../core/job';
import type { Artifact } from './artifact';
import type { Probe } from './probe';

/** A file format that can be read. */
export interface Format {
  id: string;
  label: string;
  /** Usual file name endings, for the file dialog only; files are told apart by content. */
  extensions: readonly string[];
  /** Where the format is written down. */
  spec: string;
  sniff(probe: Probe): Promise<boolean>;
  read(file: Blob, context: ReadContext, job: Job): Promise<Artifact>;
}

/** The name of a file, and the files that came with it, by their paths from its folder: they may hold its weights. */
export interface ReadContext {
  name: string;
  external?: ReadonlyMap<string, Blob>;
}
