import { toNumbers } from '../core/numbers';
import { elementCount } from '../core/shape';
import type { PlainTensor, TypedArray } from '../core/tensor';
import type { Statistics } from '../core/tensor-report';
import { apart, type Apart } from '../evaluate/apart';
import { statisticsOf } from '../evaluate/statistics';
import type { BackendId } from '../workers/runtime/api';

/** What a run gave under one name. */
export interface TrialOutput {
  name: string;
  tensor: PlainTensor;
  statistics: Statistics | null;
  /** How far it is from what was recorded; `null` for nothing recorded. */
  recorded: Apart | null;
}

/** A model run on one backend. */
export interface TrialRun {
  backend: BackendId;
  outputs: TrialOutput[];
  /** Milliseconds of each timed `session.run`, shortest first. */
  times: number[];
  threads: number;
  dispatches: number;
}

/** The first value, in the order the graph computes them, on which two backends part. */
export interface Parting {
  name: string;
  operator: string;
  difference: number;
}

/** An output with what can be said of it. */
export function outcomeOf(name: string, tensor: PlainTensor, recorded: PlainTensor | undefined): TrialOutput {
  const numbers = numbersOf(tensor);
  return {
    name,
    tensor,
    statistics: numbers ? statisticsOf(numbers) : null,
    recorded: recorded ? tensorsApart(tensor, recorded) : null,
  };
}

/** A tensor's elements as numbers; `null` for strings and complex numbers. */
export function numbersOf({ dtype, dims, data }: PlainTensor): ArrayLike<number> | null {
  return Array.isArray(data) ? null : toNumbers(dtype, data, elementCount(dims));
}

/** How far two tensors are apart, complex numbers by their parts; texts are the same or without measure. */
export function tensorsApart(a: PlainTensor, b: PlainTensor): Apart {
  if (!Array.isArray(a.data) && !Array.isArray(b.data)) return apart(partsOf(a, a.data), partsOf(b, b.data));
  const left: unknown[] = Array.from<unknown>(a.data);
  const right: unknown[] = Array.from<unknown>(b.data);
  const isSame = left.length === right.length && left.every((value, at) => value === right[at]);
  return isSame
    ? { largest: 0, relative: 0, sameWinner: true }
    : { largest: Infinity, relative: Infinity, sameWinner: false };
}

function partsOf(tensor: PlainTensor, data: TypedArray): ArrayLike<number> {
  return numbersOf(tensor) ?? Array.from(data, Number);
}
