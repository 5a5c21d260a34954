import type { Finding, SourceText } from '../../core/checkpoint';

/** What the parts of one file add to: names they import, what they would run, source texts. */
export interface Report {
  imports: Set<string>;
  findings: Finding[];
  sources: SourceText[];
}

/** A report of nothing yet. */
export function createReport(): Report {
  return { imports: new Set(), findings: [], sources: [] };
}
