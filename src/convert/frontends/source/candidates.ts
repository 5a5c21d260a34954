import type { NamedTensor } from '../../../core/checkpoint';
import type { Value } from '../../../python';
import type { Match } from './weights';

/** Values that are tried to see whether the weights tell an argument. */
export const PROBES = 12;

/** Whole numbers that a constructor may have been given, judging by the weights: sizes, the most usual first. */
export function numbersIn(stored: readonly NamedTensor[]): bigint[] {
  const times = new Map<number, number>();
  const add = (value: number, weight: number) => {
    if (Number.isInteger(value) && value > 0) times.set(value, (times.get(value) ?? 0) + weight);
  };
  for (const { tensor } of stored) {
    for (const size of tensor.dims) {
      add(size, 4);
      for (const part of [2, 3, 4]) add(size / part, 1);
    }
  }
  return ranked(times);
}

/** How many members each numbered group of names has (`layers.0`, `layers.1`, …), and one more or less. */
export function countsIn(stored: readonly NamedTensor[]): bigint[] {
  const last = new Map<string, number>();
  for (const { name } of stored) {
    const parts = name.split(/[._](?=l?\d)/);
    for (let at = 1; at < parts.length; at++) {
      const [, digits] = /^l?(\d+)/.exec(parts[at] ?? '') ?? [];
      const group = parts.slice(0, at).join('.');
      if (digits) last.set(group, Math.max(last.get(group) ?? 0, Number(digits) + 1));
    }
  }
  const counts = [...new Set(last.values())];
  const all = new Set([...counts, ...counts.flatMap((count) => [count + 1, count - 1, count / 2])]);
  return [...all].filter((count) => Number.isInteger(count) && count > 0).map(BigInt);
}

/** A constructor called with two values of one argument, and nothing else changed. */
interface Probe {
  value: bigint;
  fit: Match;
}

/**
 * The values of an argument for which sizes would be those of the checkpoint, if they grow with it, or shrink as it
 * grows: those that explain the most tensors first.
 */
export function explained(base: Probe, other: Probe): bigint[] {
  const votes = new Map<number, number>();
  const [from, to] = [Number(base.value), Number(other.value)];
  for (const [name, sizes] of base.fit.sizes) {
    const [others, wanted] = [other.fit.sizes.get(name), base.fit.wanted.get(name)];
    if (others?.length !== sizes.length || wanted?.length !== sizes.length) continue;
    for (const [dim, size] of sizes.entries()) {
      const [after = size, goal = size] = [others[dim], wanted[dim]];
      if (after === size || goal === size) continue;
      const slope = (after - size) / (to - from);
      const value = slope > 0 ? from + (goal - size) / slope : (from * size) / goal;
      if (Number.isInteger(value) && value > 0) votes.set(value, (votes.get(value) ?? 0) + 1);
    }
  }
  return ranked(votes);
}

function ranked(votes: ReadonlyMap<number, number>): bigint[] {
  return [...votes].toSorted(([, a], [, b]) => b - a).map(([value]) => BigInt(value));
}

/** Other values: those that are listed, or of the same kind; none for other texts and fractions. */
export function othersFor(value: Value, choices: readonly Value[], numbers: readonly bigint[]): Value[] {
  if (choices.length > 0) return choices.filter((choice) => choice !== value);
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'bigint' ? numbers.filter((number) => number !== value) : [];
}
