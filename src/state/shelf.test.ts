import { expect, test } from 'vitest';
import type { ModelRecord } from '../library/record';
import { Shelf } from './shelf.svelte';

const models = [
  model('run-10', { accuracy: 99.1, bytes: [400, 200], addedAt: 3 }),
  model('run-9', { accuracy: null, bytes: [100], addedAt: 2 }),
  model('Alpha', { accuracy: 98.2, bytes: [300, 150, 80], addedAt: 1, family: 'cnn' }),
];

test('models are found by words in their name, file, family and origin, in any order', () => {
  expect(found('')).toEqual(['run-10', 'run-9', 'Alpha']);
  expect(found('RUN')).toEqual(['run-10', 'run-9']);
  expect(found('onnx 9')).toEqual(['run-9']);
  expect(found('cnn dropped')).toEqual(['Alpha']);
  expect(found('nothing like it')).toEqual([]);
});

test('words go up first, figures down, then the other way, then as they came', () => {
  const shelf = new Shelf(() => models);
  const names = () => shelf.rows.map(({ name }) => name);
  const turns = (column: Parameters<Shelf['sortBy']>[0]) =>
    [1, 2, 3].map(() => {
      shelf.sortBy(column);
      return names();
    });
  expect(turns('name')).toEqual([
    ['Alpha', 'run-9', 'run-10'],
    ['run-10', 'run-9', 'Alpha'],
    ['run-10', 'run-9', 'Alpha'],
  ]);
  expect(turns('size')).toEqual([
    ['run-10', 'Alpha', 'run-9'],
    ['run-9', 'Alpha', 'run-10'],
    ['run-10', 'run-9', 'Alpha'],
  ]);
  expect(turns('stored')[0]).toEqual(['run-10', 'Alpha', 'run-9']);
  expect(turns('from')[0]).toEqual(['run-10', 'run-9', 'Alpha']);
});

test('what has no figure comes last, whichever way', () => {
  const shelf = new Shelf(() => models);
  shelf.sortBy('accuracy');
  expect(shelf.rows.map(({ name }) => name)).toEqual(['run-10', 'Alpha', 'run-9']);
  shelf.sortBy('accuracy');
  expect(shelf.rows.map(({ name }) => name)).toEqual(['Alpha', 'run-10', 'run-9']);
});

function found(words: string): string[] {
  const shelf = new Shelf(() => models);
  shelf.sought = words;
  return shelf.rows.map(({ name }) => name);
}

/** A record with what the shelf looks at. */
function model(
  name: string,
  given: { accuracy: number | null; bytes: number[]; addedAt: number; family?: string },
): ModelRecord {
  const card =
    given.accuracy === null ? null : { family: given.family ?? 'mlp', accuracy: { mean: given.accuracy } };
  return {
    ...{ name, file: `${name}.onnx`, origin: 'dropped', addedAt: given.addedAt, card },
    ...{
      facts: { format: 'onnx', parameters: given.bytes[0] },
      variants: given.bytes.map((bytes) => ({ bytes })),
    },
  } as unknown as ModelRecord;
}
