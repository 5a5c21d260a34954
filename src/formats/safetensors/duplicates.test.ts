import { expect, it } from 'vitest';
import { duplicateKey } from './duplicates';

it('A key that stands twice in the outermost object is found, whatever texts look like', () => {
  expect(duplicateKey('{"a": {"b": 1, "b": 2}, "c": "x\\"a\\": y"}')).toBeNull();
  expect(duplicateKey('{"a": 1, "\\u0061": 2}')).toBe('a');
  expect(duplicateKey(JSON.stringify({ a: '\n'.repeat(6_000_000), b: '"\\' }))).toBeNull();
});
