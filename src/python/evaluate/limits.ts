/** What evaluating may cost before it ends in `python_limit`. */
export interface Limits {
  /** Statements, calls, rounds and values gone through. */
  steps: number;
  /** Functions in functions. */
  depth: number;
  /** Items that all lists, tuples, sets and dicts together were ever made of; eight characters count as one. */
  elements: number;
}

/**
 * Building and running the largest model at hand, Inception with 94 convolutions, takes 20,000 steps; 2 million end
 * within half a second. Python itself stops at 1,000 calls in each other, models nest 30; every call takes some stack
 * of the browser's, and a worker in Safari has half a megabyte. The longest lists in models are tables of positions,
 * 5,000 × 64.
 */
export const usualLimits: Limits = { steps: 2_000_000, depth: 180, elements: 1_000_000 };
