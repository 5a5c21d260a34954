import { AppError } from '../core/problem';
import type { ModelFacts } from '../core/facts';
import type { DigitReader } from '../evaluate/digit-reader';
import type { Scaling } from '../evaluate/scaling';
import type { Card } from './card';

/** The precisions on the Draw screen, the original first. */
export const precisions = ['fp32', 'fp16', 'int8', 'int4'] as const;
export type Precision = (typeof precisions)[number];

/** One stored form of a model: its bytes lie under `key`. */
export interface Variant {
  precision: Precision;
  key: string;
  bytes: number;
  /** Bytes over the wire, gzip; null where nobody compressed it. */
  gzip: number | null;
  /** Percent right on the labelled data named by the card; null where nobody measured. */
  accuracy: number | null;
}

/** Whether and how a model reads digits from the paper. */
export type Reading =
  | { kind: 'unknown' }
  | { kind: 'reader'; reader: DigitReader; said: Trial | null }
  | { kind: 'none'; reason: string };

/** What came of trying a model on the sample digits. */
interface Trial {
  right: number;
  of: number;
  /** The scaling it read best with; missing in records that earlier pages kept. */
  scaling?: Scaling;
}

/** A model in the library. Visible only once its single write is done. */
export interface ModelRecord {
  version: typeof RECORD_VERSION;
  /** The first 16 hex digits of the original's SHA-256: the same file is the same model. */
  id: string;
  name: string;
  file: string;
  origin: 'bundled' | 'dropped' | 'converted';
  /** Milliseconds since 1970. */
  addedAt: number;
  facts: ModelFacts;
  card: Card | null;
  reading: Reading;
  /** Files of weights that came with the original, by the location it names. */
  external: string[];
  variants: Variant[];
  /** How it was proved to be what PyTorch computes, where it was converted and that was done. */
  verified?: Verified;
}

/** A model beside recorded outputs. */
export interface Verified {
  /** Largest absolute difference of any output. */
  difference: number;
  /** The difference that was accepted. */
  tolerance: number;
  /** How many outputs were compared. */
  outputs: number;
}

export const RECORD_VERSION = 1;

/** A stored record as today's type; throws `storage_newer` for one written by a later Inkling. */
export function upgrade(stored: ModelRecord): ModelRecord {
  const version: number = stored.version;
  if (version > RECORD_VERSION) throw new AppError('storage_newer', { version, known: RECORD_VERSION });
  return stored;
}
