import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, type LayoutInput } from './layout';

describe('layout', () => {
  const inputs = fc.integer({ min: 2, max: 40 }).chain((count) =>
    fc.record<LayoutInput>({
      units: fc.array(
        fc.record({
          left: fc.integer({ min: 5, max: 90 }),
          right: fc.integer({ min: 5, max: 90 }),
          height: fc.integer({ min: 10, max: 80 }),
          pin: fc.constant(0 as const),
        }),
        { minLength: count, maxLength: count },
      ),
      edges: fc.array(
        fc
          .record({
            from: fc.nat(count - 1),
            to: fc.nat(count - 1),
            trunk: fc.constantFrom('x', 'y'),
            leave: fc.constant(null),
            enter: fc.constant(null),
          })
          .filter(({ from, to }) => from !== to),
        { maxLength: 80 },
      ),
      head: fc.constant(0),
      foot: fc.constant(0),
    }),
  );

  test('no two boxes of a layer overlap, cycles or not', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { x, y, rank, width, height } = layOut(input);
        input.units.forEach((a, i) => {
          expect(x[i]).toBeGreaterThanOrEqual(-0.01);
          expect(x[i]! + a.left + a.right).toBeLessThanOrEqual(width + 0.01);
          expect(y[i]! + a.height).toBeLessThanOrEqual(height + 0.01);
          input.units.forEach((b, k) => {
            if (k <= i || rank[i] !== rank[k]) return;
            const apart = x[i]! < x[k]! ? x[k]! - x[i]! - a.left - a.right : x[i]! - x[k]! - b.left - b.right;
            expect(apart).toBeGreaterThan(1);
          });
        });
      }),
    );
  });

  test('an edge goes down at least a layer, but for those that close a cycle', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const acyclic = { ...input, edges: input.edges.filter(({ from, to }) => from < to) };
        const { rank, points, y } = layOut(acyclic);
        acyclic.edges.forEach(({ from, to }, i) => {
          expect(rank[to]).toBeGreaterThan(rank[from]!);
          const line = points[i]!;
          expect(line[1]).toBeCloseTo(y[from]! + acyclic.units[from]!.height);
          expect(line.at(-1)).toBeCloseTo(y[to]!);
          for (let k = 3; k < line.length; k += 2)
            expect(line[k]).toBeGreaterThanOrEqual(line[k - 2]! - 0.01);
        });
      }),
    );
  });
});
