import { describe, expect, test } from 'vitest';
import { diamond, residual } from '../../tests/graphs';
import { createSearch, parseQuery } from './search';

const everything = { nodes: true, values: true, weights: true };

describe('search', () => {
  const search = createSearch(residual);
  const titles = (query: string, scope = everything) =>
    search.find(query, scope).map(({ kind, title }) => `${kind} ${title}`);

  test.each([
    ['a name', 'stem/c', ['node Conv', 'value /stem/Conv']],
    ['an operator, exactly', '"Add"', ['node Add']],
    ['a dtype and a part of a name', 'float32 weight', ['weight stem.weight']],
    ['a shape', '64,64,3,3', ['weight stem.weight']],
    ['a shape with crosses', '64x64x3 stem', ['weight stem.weight']],
    ['a shape as the page writes it', '1 × 1 × 28', ['value image']],
    ['nothing', 'nowhere', []],
    ['no words', '  ', []],
  ])('finds by %s', (_, query, expected) => {
    expect(titles(query)).toEqual(expected);
  });

  test('finds by an attribute and its value', () => {
    const node = {
      ...diamond.nodes[0]!,
      attributes: [{ name: 'strides', kind: 'ints', text: '2, 2', graph: null }],
    };
    const found = createSearch({ ...diamond, nodes: [node, ...diamond.nodes.slice(1)] });
    expect(found.find('strides=2', everything).map(({ node: index }) => index)).toEqual([0]);
    expect(found.find('"strides"', everything)).toHaveLength(1);
  });

  test('leaves out the kinds that are switched off', () => {
    expect(titles('stem', { ...everything, nodes: false, values: false })).toEqual(['weight stem.weight']);
  });

  test('tells where to go', () => {
    expect(search.find('stem.weight', everything)[0]?.node).toBe(0);
    expect(search.find('image', everything)[0]?.box).toBe('i/image');
  });

  test('reads quotes, words and shapes', () => {
    expect(parseQuery('Conv "my node" 1, 28,28 batchx10')).toEqual([
      { kind: 'part', text: 'conv' },
      { kind: 'exact', text: 'my node' },
      { kind: 'shape', text: '1x28x28' },
      { kind: 'shape', text: 'batchx10' },
    ]);
  });
});
