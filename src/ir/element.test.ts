import { expect, test } from 'vitest';
import { dtypes, type Dtype } from '../core/dtype';
import { elementOf } from './element';
import { castTo } from './known';

test.each<[Dtype, number, number | null]>([
  ['uint8', 300, 44],
  ['uint8', -1, 255],
  ['int8', 200, -56],
  ['int16', -32769, 32767],
  ['int32', 2 ** 40 + 5, 5],
  ['uint32', -1, 2 ** 32 - 1],
  ['int4', 9, -7],
  ['int64', 2.7, 2],
  ['int64', -0.5, 0],
  ['int64', 2 ** 53, null],
  ['uint64', -1, null],
  ['int32', NaN, null],
  ['bool', NaN, 1],
  ['float32', 0.1, Math.fround(0.1)],
  ['float16', 0.1, 0.0999755859375],
  ['float16', 65520, Infinity],
  ['bfloat16', 27.7128, 27.75],
  ['bfloat16', 0.5, 0.5],
  ['float64', 0.1, 0.1],
  ['float8e5m2', 0.5, null],
  ['string', 1, null],
])('an element of %s made of %s is %s', (dtype, value, expected) => {
  expect(elementOf(value, dtype)).toBe(expected);
});

test('every dtype gives an element, or says that it is not known', () => {
  for (const dtype of Object.keys(dtypes) as Dtype[]) expect([1, null]).toContain(elementOf(1, dtype));
});

const cast = (from: Dtype, to: Dtype, elements: (number | string)[]) =>
  castTo(to, { dtype: from, shape: [elements.length], elements }).elements;

test('whole numbers wrap around, floats out of range are not known', () => {
  expect(cast('int64', 'uint8', [300, -1])).toEqual([44, 255]);
  expect(cast('float32', 'uint8', [2.9, 300, -1.5, -0.5])).toEqual([2, null, null, 0]);
  expect(cast('int64', 'float32', [2 ** 63, 5])).toEqual([null, 5]);
  expect(cast('float32', 'float64', [1e30])).toEqual([1e30]);
});

test('a name stays where the dtype holds every size', () => {
  expect(cast('int64', 'float32', ['batch'])).toEqual(['batch']);
  expect(cast('int64', 'int8', ['batch'])).toEqual([null]);
  expect(cast('int64', 'bfloat16', ['batch'])).toEqual([null]);
});
