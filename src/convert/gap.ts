/**
 * What stops a program from becoming a graph: an operator nobody has written down, or a use of one that a graph
 * cannot express. A frontend catches it, notes where it happened and goes on looking for others.
 */
export class Gap extends Error {
  /** `aten::fft_fft`; empty until the call that it happened in is known. */
  readonly operator: string;
  readonly reason: string;
  /** The path of the module that it happened in, where there are modules. */
  module = '';

  constructor(reason: string, operator = '') {
    super(operator === '' ? reason : `${operator}: ${reason}`);
    this.name = 'Gap';
    this.operator = operator;
    this.reason = reason;
  }
}
