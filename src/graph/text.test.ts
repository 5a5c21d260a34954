import { expect, test } from 'vitest';
import { shorten } from './text';

test('a long text loses its middle', () => {
  expect(shorten('abcdefghij', 10)).toBe('abcdefghij');
  expect(shorten('abcdefghijk', 5)).toBe('ab…jk');
  expect(Array.from(shorten('𝒳'.repeat(5000), 9))).toHaveLength(9);
});
