/** What a stretch of a source text is, as far as colours go. */
export type Ink = 'comment' | 'keyword' | 'number' | 'text' | 'name';

/** A stretch of a source text; what lies between stretches is plain. */
export interface Stretch {
  from: number;
  to: number;
  ink: Ink;
}
