import type { FoundGap } from './report';

/** Where in a program something happened. */
export type GapPlace = Pick<FoundGap, 'file' | 'line' | 'module'>;

/**
 * What stops a program from becoming a graph: an operator nobody has written down, or a use of one that a graph
 * cannot express. A frontend catches it, notes where it happened and goes on looking for others.
 */
export class Gap extends Error {
  /** `aten::fft_fft`; empty until the call that it happened in is known. */
  readonly operator: string;
  readonly reason: string;
  /** `null` until somebody who knows it says so. */
  readonly place: GapPlace | null;

  constructor(reason: string, operator = '', place: GapPlace | null = null) {
    super(operator === '' ? reason : `${operator}: ${reason}`);
    this.name = 'Gap';
    this.operator = operator;
    this.reason = reason;
    this.place = place;
  }
}
