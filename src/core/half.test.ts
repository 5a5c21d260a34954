import { expect, test } from 'vitest';
import { fromBfloat, fromHalf, toBfloat, toHalf } from './half';

test('every half comes back from its float', () => {
  const halves = Uint16Array.from({ length: 65536 }, (_, at) => at);
  const back = toHalf(fromHalf(halves));
  const isNaNHalf = (half: number) => (half & 0x7fff) > 0x7c00;
  expect(halves.filter((half, at) => back[at] !== half && !isNaNHalf(half))).toEqual(new Uint16Array(0));
});

test('floats between halves go to the nearer one, and to the even one from the middle', () => {
  const values = [
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
    65519.99,
    65520,
    2 ** -25,
    2 ** -25 * 1.01,
    2 ** -24 * 1.5,
    -0,
  ];
  expect([...fromHalf(toHalf(Float32Array.from(values)))]).toEqual([
    1,
    1 + 2 ** -9,
    65504,
    Infinity,
    0,
    2 ** -24,
    2 ** -23,
    -0,
  ]);
});

test('a bfloat is the upper half of a float', () => {
  expect([...fromBfloat(Uint16Array.of(0x3f80, 0xc000, 0x7f80))]).toEqual([1, -2, Infinity]);
});

test('a float goes to the nearer bfloat, and to the even one from the middle', () => {
  const values = [1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20, -0.1, 3.4e38, -Infinity, NaN];
  expect([...fromBfloat(toBfloat(Float32Array.from(values)))]).toEqual([
    ...[1, 1 + 2 ** -6, 1 + 2 ** -7, -0.10009765625, Infinity, -Infinity, NaN],
  ]);
});
