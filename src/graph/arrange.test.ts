import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeChain } from '../../tests/bench/made-graphs';
import { diamond, graphs } from '../../tests/graphs';
import type { GraphOutline } from '../core/outline';
import { arrange } from './arrange';
import { groupNodes, groupsAround } from './groups';

describe('pictures', () => {
  test('the same graph gives the same picture', () => {
    fc.assert(
      fc.property(graphs, ({ outline, folded }) => {
        expect(arrange(outline, folded)).toEqual(arrange(outline, folded));
      }),
      { numRuns: 20 },
    );
  });

  test('every node is shown by one box, and folding hides exactly the members', () => {
    fc.assert(
      fc.property(graphs, ({ outline, folded }) => {
        const grouping = groupNodes(outline.nodes);
        const { boxes, boxOf } = arrange(outline, folded);
        outline.nodes.forEach(({ index, operator }) => {
          const box = boxes[boxOf[index]!];
          expect(box).toBeDefined();
          if (operator === 'Constant') return;
          const shut = groupsAround(grouping, index).filter((path) => folded.includes(path));
          expect(box?.id).toBe(shut.length === 0 ? `n${index}` : `g/${shut.at(-1)}`);
        });
      }),
    );
  });

  test('frames hold their members and nothing else, and no two boxes overlap', () => {
    fc.assert(
      fc.property(graphs, ({ outline, folded }) => {
        const { boxes, frames } = arrange(outline, folded);
        for (const frame of frames) {
          for (const box of boxes) {
            const path = box.kind === 'group' ? box.group.split('/').slice(0, -1).join('/') : box.group;
            const belongs = `${path}/`.startsWith(`${frame.group}/`);
            const inside =
              box.x >= frame.x &&
              box.x + box.width <= frame.x + frame.width &&
              box.y >= frame.y &&
              box.y + box.height <= frame.y + frame.height;
            expect(inside, `${box.id} in ${frame.id}`).toBe(belongs);
          }
        }
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
        });
      }),
    );
  });

  test('a link joins the box of its giver and that of its taker', () => {
    fc.assert(
      fc.property(graphs, ({ outline, folded }) => {
        const { boxes, links } = arrange(outline, folded);
        links.from.forEach((from, i) => {
          const [a, b] = [boxes[from]!, boxes[links.to[i]!]!];
          const [start, end] = [2 * links.starts[i]!, 2 * links.starts[i + 1]! - 2];
          expect(links.points[start + 1]).toBeCloseTo(a.y + a.height, 1);
          expect(links.points[end + 1]).toBeCloseTo(b.y, 1);
          expect(links.points[end]).toBeGreaterThanOrEqual(b.x);
          expect(links.points[end]).toBeLessThanOrEqual(b.x + b.width);
        });
      }),
    );
  });

  test('constants are lines of what takes them, and no boxes', () => {
    const { boxes } = arrange(diamond, []);
    expect(boxes.map(({ id }) => id)).toEqual(['i/image', 'n0', 'n1', 'n2', 'n3', 'o/d']);
    expect(boxes[1]?.lines).toContain('weight  64 × 64 × 3 × 3');
  });

  test('a value that nothing in the graph gives comes from outside', () => {
    const outline: GraphOutline = { ...diamond, kind: 'subgraph', inputs: [] };
    expect(arrange(outline, []).boxes.find(({ id }) => id === 'e/image')?.kind).toBe('outer');
  });

  test('three thousand nodes with long skips are all placed, in a picture of bounded width', () => {
    const chain = makeChain(3000);
    const picture = arrange(chain, []);
    expect(picture.boxes).toHaveLength(3002);
    expect(picture.links.points.length / 2).toBeLessThan(40_000);
    expect(picture.width).toBeLessThan(4000);
    expect(structuredClone(picture)).toEqual(picture);
  });
});
