import { expect, test } from 'vitest';
import { dimOf } from '../../tape/size';
import { symbol } from '../../tape/symint';
import { sizeOf } from './sizes';

const read = (text: string) =>
  dimOf(sizeOf({ as_expr: { expr_str: text } }, new Map([['s0', symbol('batch')]])));

test.each([
  ['s0', 'batch'],
  ['2*s0 + 1', '2*batch + 1'],
  ['s0**2 - 1', 'batch*batch - 1'],
  ['((s0//2))', '(batch//2)'],
  ['FloorDiv(s0, 2)', '(batch//2)'],
  ['Mod(4*s0, 2)', 0],
  ['Max(1, s0)', 'max(1, batch)'],
  ['-s0 + s0 + 6//4', 1],
])('the size %s of an exported program is %s', (text, size) => {
  expect(read(text)).toBe(size);
});

test.each(['', 's0 +', 'Piecewise(s0, 1)', '1.5*s0', `${'('.repeat(100_000)}s0`])(
  '%.20s is no size',
  (text) => {
    expect(() => read(text)).toThrow('cannot be read');
  },
);
