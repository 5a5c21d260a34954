import { expect, test } from 'vitest';
import recorded from '../../../tests/fixtures/aten/promotion.json';
import type { Dtype } from '../../core/dtype';
import { Tape } from '../tape/tape';
import { resultType } from './promotion';

const numbers: Record<string, bigint | number | boolean> = { True: true, '2': 2n, '2.5': 2.5 };

test.each(Object.entries(recorded))('%s meet in %s', (pair, expected) => {
  const tape = new Tape();
  const tensors = pair.split(' ').map((word) => {
    const number = numbers[word];
    if (number !== undefined) return tape.wrap(number);
    const [, dtype = '', rank] = /^(.*)([01])$/.exec(word) ?? [];
    return tape.input('x', dtype as Dtype, rank === '1' ? [1] : []);
  });
  expect(resultType(tensors)).toBe(expected);
});
