import { expect, test } from 'vitest';
import { parseExample, printExample } from '../core/example';
import { freed } from './examples';
import type { Freedom } from './request';

const read = (texts: Record<string, string>) =>
  Object.entries(texts).map(
    ([name, text]) => parseExample(name, text) ?? { name, dtype: 'float32' as const, dims: [] },
  );
const shown = (texts: Record<string, string>, extent: Freedom['extent'], but: string[] = []) =>
  freed(read(texts), { extent, but: new Set(but) }).map(printExample);

test('images free their batch, sequences their steps too', () => {
  expect(shown({ x: '[3,1,28,28]' }, 'all')).toEqual(['float32[batch,1,28,28]']);
  expect(shown({ x: '[3,30,16]' }, 'all')).toEqual(['float32[batch,x_1,16]']);
  expect(shown({ x: '[3,30,16]' }, 'batch')).toEqual(['float32[batch,30,16]']);
  expect(shown({ tokens: 'int64[2,7]', mask: 'bool[2,7]' }, 'all')).toEqual([
    ...['int64[batch,tokens_1]', 'bool[batch,tokens_1]'],
  ]);
  expect(shown({ x: '[n,16]' }, 'none')).toEqual(['float32[n,16]']);
});

test('graphs free nodes and edges, not the two ends of an edge', () => {
  const graph = { x: '[12,16]', edge_index: 'int64[2,40]', edge_attr: '[40,9]', batch: 'int64[12]' };
  expect(shown(graph, 'all')).toEqual([
    ...['float32[batch,16]', 'int64[2,edge_index_1]', 'float32[edge_index_1,9]', 'int64[batch]'],
  ]);
});

test('a sequence of as many steps as there are samples does not take the one size for the other', () => {
  expect(shown({ x: '[7,7,16]', mask: 'bool[7,7]' }, 'likely')).toEqual([
    'float32[batch,x_1,16]',
    'bool[batch,x_1]',
  ]);
});

test('more is left free where only trying tells whether it may be, and given up again by name', () => {
  const video = { frames: '[2,2,3,75,75]' };
  expect(shown(video, 'likely')).toEqual(['float32[batch,2,3,75,75]']);
  expect(shown(video, 'all')).toEqual(['float32[batch,frames_1,frames_2,75,75]']);
  expect(shown(video, 'all', ['frames_2'])).toEqual(['float32[batch,frames_1,3,75,75]']);
  expect(shown({ x: '[3,16,30]' }, 'all', ['x_1'])).toEqual(['float32[batch,16,x_2]']);
  expect(shown({ x: '[2,40,156]', mask: '[2,40]' }, 'all')).toEqual([
    'float32[batch,x_1,156]',
    'float32[batch,x_1]',
  ]);
  const lone = { x: '[12,16]', edge_index: 'int64[2,48]', pool: '[3,12]' };
  expect(shown(lone, 'all')).toEqual(['float32[batch,16]', 'int64[2,edge_index_1]', 'float32[pool_0,batch]']);
});
