/** Graphs that the tests of groups, pictures and search share. */
import fc from 'fast-check';
import { groupNodes } from '../src/graph/groups';
import { makeGraph, type MadeNode } from './bench/made-graphs';

/** image → a → b → d, and a → c → d. */
export const diamond = makeGraph([
  { name: 'a', operator: 'Conv', inputs: ['image', 'a.weight'] },
  { name: 'b', operator: 'Relu', inputs: ['a'] },
  { name: 'c', operator: 'Sigmoid', inputs: ['a'] },
  { name: 'd', operator: 'Mul', inputs: ['b', 'c'] },
]);

/** Two blocks of a layer, named as modules are, and a way around them. */
export const residual = makeGraph([
  { name: '/stem/Conv', operator: 'Conv', inputs: ['image', 'stem.weight'] },
  { name: '/layer1/layer1.0/conv1/Conv', operator: 'Conv', inputs: ['/stem/Conv'] },
  { name: '/layer1/layer1.0/Relu', operator: 'Relu', inputs: ['/layer1/layer1.0/conv1/Conv'] },
  { name: '/layer1/layer1.1/Conv', operator: 'Conv', inputs: ['/layer1/layer1.0/Relu'] },
  { name: '/layer1/layer1.1/Add', operator: 'Add', inputs: ['/layer1/layer1.1/Conv', '/stem/Conv'] },
  { name: '/Flatten', operator: 'Flatten', inputs: ['/layer1/layer1.1/Add'] },
]);

/** Graphs of any kind, each with some of its groups to fold. */
export const graphs = fc
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
