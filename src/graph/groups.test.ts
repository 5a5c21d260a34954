import { describe, expect, test } from 'vitest';
import { makeChain, makeGraph } from '../../tests/bench/made-graphs';
import { diamond, residual } from '../../tests/graphs';
import { arrange } from './arrange';
import { foldAtFirst, groupNodes, groupsAround } from './groups';

describe('groups', () => {
  test('names of modules become a tree without what they repeat', () => {
    const { groups, of } = groupNodes(residual.nodes);
    expect(groups.map(({ path, nodes }) => [path, nodes])).toEqual([
      ['layer1', 4],
      ['layer1/0', 2],
      ['layer1/1', 2],
    ]);
    expect([...of]).toEqual([-1, 1, 1, 2, 2, -1]);
    expect(groupsAround({ groups, of }, 1)).toEqual(['layer1/0', 'layer1']);
  });

  test('a prefix that all share, or one node alone has, is no group', () => {
    expect(groupNodes(diamond.nodes).groups).toEqual([]);
    const shared = makeGraph(
      ['m/a/x', 'm/a/y', 'm/b/z'].map((name) => ({ name, operator: 'Relu', inputs: [] })),
    );
    expect(groupNodes(shared.nodes).groups.map(({ path }) => path)).toEqual(['a']);
  });

  test('nodes without a prefix lie where both their neighbours lie', () => {
    const nodes = ['a/x', '', 'a/y', 'Cast_1', 'b/x', 'b/y'].map((name) => ({
      name,
      operator: 'Relu',
      inputs: [],
    }));
    const { groups, of } = groupNodes(makeGraph(nodes).nodes);
    expect([...of].map((group) => groups[group]?.path)).toEqual(['a', 'a', 'a', undefined, 'b', 'b']);
    expect(groups.map((group) => group.nodes)).toEqual([3, 2]);
  });

  test('a large graph begins with few boxes, a small one with all', () => {
    const chain = makeChain(
      3000,
      (i) => `blocks.${Math.floor(i / 100)}.part${Math.floor(i / 10) % 10}.node${i}`,
    );
    const folded = foldAtFirst(groupNodes(chain.nodes));
    expect(arrange(chain, folded).boxes.length).toBeLessThan(400);
    expect(foldAtFirst(groupNodes(residual.nodes))).toEqual([]);
  });
});
