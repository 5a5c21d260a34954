import { expect, test } from 'vitest';
import { labelsOf } from './labels';

test('reads class names from JSON lists, JSON objects and Python dictionaries', () => {
  expect(labelsOf({ labels: '["cat", "dog"]' })).toEqual(['cat', 'dog']);
  expect(labelsOf({ id2label: '{"1": "dog", "0": "cat"}' })).toEqual(['cat', 'dog']);
  expect(labelsOf({ names: `{0: 'person', 1: 'it\\'s', 3: "b"}` })).toEqual(['person', "it's", '', 'b']);
});

test('reads names between commas', () => {
  expect(labelsOf({ labels: 'zero, one,two' })).toEqual(['zero', 'one', 'two']);
});

test('finds none where nothing is named', () => {
  expect(labelsOf({ author: 'cat', names: 'none' })).toBeNull();
});
