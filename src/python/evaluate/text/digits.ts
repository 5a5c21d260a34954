import type { Machine } from '../../values/machine';

/** An integer in a base; long ones take their time, which is counted. */
export function digitsOf(machine: Machine, value: bigint, base = 10): string {
  if (BigInt.asIntN(64, value) !== value) machine.spend(LONG_STEPS);
  return value.toString(base);
}

/** The longest integer takes 50 µs, as do so many steps. */
const LONG_STEPS = 500;
