import type { ModelRecord } from './record';

/** A model that comes with the page: its record, made at build time, and where its variants' bytes lie. */
export interface Bundled {
  record: ModelRecord;
  /** Variant key → URL. */
  urls: Record<string, string>;
}
