import { broadcasting } from '../families';
import type { Operator } from '../op';

const words = { type: 'Mod', since: 10, says: 'Remainder of a division, element by element.' };
const towardsZero = broadcasting({ ...words, of: (a, b) => a % b });
const downwards = broadcasting({
  ...words,
  of(a, b) {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  },
});

export default {
  ...downwards,
  infer: (site) => (site.int('fmod', 0) === 1 ? towardsZero : downwards).infer(site),
} satisfies Operator;
