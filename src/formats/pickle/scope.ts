import type { Finding, Value } from '../../core/checkpoint';

/** What a pickle is read with: who it belongs to, what it may rebuild, and where it reports what it imports. */
export interface Scope {
  /** The file, and which part of it the pickle is, for sentences. */
  file: string;
  part: string;
  /** Functions and classes whose calls are understood; everything else stays a name. */
  callables: ReadonlyMap<string, Callable>;
  /** What a persistent id stands for. */
  persistent: (id: Value, site: Site) => Value;
  imports: Set<string>;
  findings: Finding[];
}

/** Makes the value a call would give, from plain data only. */
export type Callable = (args: readonly Value[], site: Site) => Value;

/** Where in the pickle something is rebuilt. */
export interface Site {
  /** `file_damaged` at the byte being read. */
  damaged(reason: string): Error;
  /** Counts work against the limit; throws `file_damaged` beyond it. */
  spend(count: number): void;
}
