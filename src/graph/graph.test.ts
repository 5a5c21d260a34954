import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeChain, makeGraph, type MadeNode } from '../../tests/bench/made-graphs';
import type { GraphOutline } from '../core/outline';
import { arrange } from './arrange';
import { buildGrid } from './grid';
import { foldAtFirst, groupNodes, groupsAround } from './groups';
import { layOut, type LayoutInput } from './layout';
import { findPaths } from './paths';
import type { Picture } from './picture';
import { createSearch, parseQuery } from './search';
import { drawSvg, escapeXml } from './svg';
import { shorten } from './text';
import { stepFrom } from './walk';

const everything = { nodes: true, values: true, weights: true };

/** image → a → b → d, and a → c → d. */
const diamond = makeGraph([
  { name: 'a', operator: 'Conv', inputs: ['image', 'a.weight'] },
  { name: 'b', operator: 'Relu', inputs: ['a'] },
  { name: 'c', operator: 'Sigmoid', inputs: ['a'] },
  { name: 'd', operator: 'Mul', inputs: ['b', 'c'] },
]);

const residual = makeGraph([
  { name: '/stem/Conv', operator: 'Conv', inputs: ['image', 'stem.weight'] },
  { name: '/layer1/layer1.0/conv1/Conv', operator: 'Conv', inputs: ['/stem/Conv'] },
  { name: '/layer1/layer1.0/Relu', operator: 'Relu', inputs: ['/layer1/layer1.0/conv1/Conv'] },
  { name: '/layer1/layer1.1/Conv', operator: 'Conv', inputs: ['/layer1/layer1.0/Relu'] },
  { name: '/layer1/layer1.1/Add', operator: 'Add', inputs: ['/layer1/layer1.1/Conv', '/stem/Conv'] },
  { name: '/Flatten', operator: 'Flatten', inputs: ['/layer1/layer1.1/Add'] },
]);

const graphs = fc
  .record({
    steps: fc.array(
      fc.record({
        prefix: fc.constantFrom('', 'a/', 'a/b/', 'a/c/', 'd.', 'd.e.f.'),
        operator: fc.constantFrom('Conv', 'Relu', 'Add', 'Constant'),
        takes: fc.array(fc.nat(60), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    fold: fc.infiniteStream(fc.boolean()),
  })
  .map(({ steps, fold }) => {
    const made = steps.map(({ prefix, operator, takes }, i): MadeNode => ({
      name: `${prefix}n${i}`,
      operator,
      inputs:
        operator === 'Constant' ? [] : takes.map((t) => (t >= i ? 'image' : `${steps[t]?.prefix}n${t}`)),
    }));
    const outline = makeGraph(made);
    const folded = groupNodes(outline.nodes).groups.flatMap(({ path }) => (fold.next().value ? [path] : []));
    return { outline, folded };
  });

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

  test('the same graph gives the same picture', () => {
    fc.assert(
      fc.property(graphs, ({ outline, folded }) => {
        expect(arrange(outline, folded)).toEqual(arrange(outline, folded));
      }),
      { numRuns: 20 },
    );
  });
});

describe('pictures', () => {
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

describe('finding one’s way', () => {
  const picture = arrange(diamond, []);
  const idOf = (box: number, from: Picture = picture) => from.boxes[box]?.id;
  const boxOf = (id: string) => picture.boxes.findIndex((box) => box.id === id);

  test('paths lead to the inputs and outputs', () => {
    const { boxes, links } = findPaths(picture, boxOf('n1'));
    expect(picture.boxes.filter((_, i) => boxes[i]).map(({ id }) => id)).toEqual([
      'i/image',
      'n0',
      'n1',
      'n3',
      'o/d',
    ]);
    expect(links.reduce((sum, lit) => sum + lit, 0)).toBe(4);
  });

  test('arrow keys walk along edges and beside', () => {
    expect(idOf(stepFrom(picture, boxOf('i/image'), 'down'))).toBe('n0');
    expect(idOf(stepFrom(picture, boxOf('n3'), 'down'))).toBe('o/d');
    expect(idOf(stepFrom(picture, boxOf('n0'), 'up'))).toBe('i/image');
    const aside = stepFrom(picture, boxOf('n1'), 'right');
    const back = aside < 0 ? stepFrom(picture, boxOf('n1'), 'left') : aside;
    expect(idOf(back)).toBe('n2');
    expect(stepFrom(picture, boxOf('i/image'), 'up')).toBe(-1);
    expect(idOf(stepFrom(picture, -1, 'down'))).toBe('i/image');
  });

  test('a grid finds what touches an area, and what is pointed at', () => {
    fc.assert(
      fc.property(graphs, fc.nat(2000), fc.nat(2000), ({ outline, folded }, x, y) => {
        const drawn = arrange(outline, folded);
        const area = { x, y, width: 300, height: 200 };
        const expected = drawn.boxes.flatMap((box, i) =>
          box.x <= x + 300 && box.x + box.width >= x && box.y <= y + 200 && box.y + box.height >= y
            ? [i]
            : [],
        );
        const grid = buildGrid(drawn);
        expect(grid.boxesIn(area)).toEqual(expected);
        drawn.boxes.forEach((box, i) => expect(grid.boxAt(box.x + 1, box.y + 1)).toBe(i));
      }),
      { numRuns: 40 },
    );
  });
});

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

describe('svg', () => {
  const palette = {
    ...{ paper: '#fff', sheet: '#fff', ink: '#000', faint: '#555', line: '#ccc', edge: '#aaa', wash: '#eee' },
    ...{ focus: '#00f', cost: '#fa0' },
    kinds: Object.fromEntries(
      ['product', 'activation', 'norm', 'pool', 'maths', 'shape', 'convert', 'control', 'other'].map(
        (kind) => [kind, '#123'],
      ),
    ) as never,
  };
  const style = { title: 'a', palette, measure: 'kind', font: 'serif' } as const;

  test('strangers’ text stays text', () => {
    expect(escapeXml(`<a href="x">&'\u0000\ud800</a>`)).toBe(
      '&#60;a href=&#34;x&#34;&#62;&#38;&#39;\ufffd\ufffd&#60;/a&#62;',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']|&(?!#\d+;)/.test(escapeXml(text))),
    );
  });

  test('a picture is one file that asks for nothing, whatever its names', () => {
    const evil = makeGraph([
      { name: '</text><script>x</script>', operator: '"><image href="http://x"/>', inputs: ['image'] },
    ]);
    const svg = drawSvg(arrange(evil, []), { ...style, title: ']]>' });
    expect(svg).not.toMatch(/<script|<image|href="/);
    expect(svg.match(/<text /g)?.length).toBeGreaterThan(4);
  });

  test('costs are shades of one pigment', () => {
    const chain = arrange(makeChain(12), []);
    expect(drawSvg(chain, { ...style, measure: 'macs' }).match(/fill-opacity/g)).toHaveLength(3);
    expect(drawSvg(chain, style)).not.toContain('fill-opacity');
  });
});

test('a long text loses its middle', () => {
  expect(shorten('abcdefghij', 10)).toBe('abcdefghij');
  expect(shorten('abcdefghijk', 5)).toBe('ab…jk');
  expect(Array.from(shorten('𝒳'.repeat(5000), 9))).toHaveLength(9);
});
