import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphs } from '../../tests/graphs';
import { arrange } from './arrange';
import { buildGrid } from './grid';

test('a grid finds what touches an area, and what is pointed at', () => {
  fc.assert(
    fc.property(graphs, fc.nat(2000), fc.nat(2000), ({ outline, folded }, x, y) => {
      const drawn = arrange(outline, folded);
      const area = { x, y, width: 300, height: 200 };
      const expected = drawn.boxes.flatMap((box, i) =>
        box.x <= x + 300 && box.x + box.width >= x && box.y <= y + 200 && box.y + box.height >= y ? [i] : [],
      );
      const grid = buildGrid(drawn);
      expect(grid.boxesIn(area)).toEqual(expected);
      drawn.boxes.forEach((box, i) => expect(grid.boxAt(box.x + 1, box.y + 1)).toBe(i));
    }),
    { numRuns: 40 },
  );
});
