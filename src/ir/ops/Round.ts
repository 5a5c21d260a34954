import { elementwise } from '../families';

export default elementwise({
  type: 'Round',
  since: 11,
  says: 'The nearest whole number, halves to the even one.',
  of: halfToEven,
});

function halfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
