import { formatBytes, formatCount } from '../../../core/format';
import type { GraphEntry, GraphOutline, NodeOutline } from '../../../core/outline';
import { formatShape } from '../../../core/shape';
import { bareOperator } from '../../../graph/kinds';
import type { Box } from '../../../graph/picture';

/** A box in one sentence, for somebody who does not see it. */
export function describeBox(box: Box, outline: GraphOutline): string {
  const node = outline.nodes[box.node];
  if (node)
    return [bareOperator(node.operator), node.name, givesOf(node, outline), opensOf(node)]
      .filter(Boolean)
      .join(', ');
  const about = box.lines.join(', ');
  switch (box.kind) {
    case 'group':
      return `Folded group ${box.group}, ${about}; Enter opens it`;
    case 'outer':
      return `Value ${box.title} from outside this graph`;
    default:
      return `${box.kind === 'input' ? 'Input' : 'Output'} ${box.title}, ${about}`;
  }
}

function opensOf({ attributes, calls }: NodeOutline): string {
  const held = attributes.filter(({ graph }) => graph !== null).map(({ name }) => name);
  if (calls !== null) held.push('the function');
  return held.length === 0 ? '' : `Enter goes into ${held.join(' or ')}`;
}

function givesOf(node: NodeOutline, outline: GraphOutline): string {
  const shape = shapeGiven(node, outline);
  return shape === '' ? '' : `gives ${shape}`;
}

/** The shape of a node's first output; empty when unknown. */
export function shapeGiven({ outputs }: NodeOutline, outline: GraphOutline): string {
  const known = outline.values[outputs[0] ?? ''];
  return known?.shape ? formatShape(known.shape) : '';
}

/** The graphs around one, outermost first, itself last. */
export function trailTo(graphs: readonly GraphEntry[], path: string): GraphEntry[] {
  return graphs
    .filter((graph) => graph.path === '' || graph.path === path || path.startsWith(`${graph.path}/`))
    .sort((a, b) => a.path.length - b.path.length);
}

export const measures = {
  kind: { label: 'Operators', unit: String },
  macs: { label: 'Multiply-adds', unit: formatCount },
  weightBytes: { label: 'Weights', unit: formatBytes },
  activationBytes: { label: 'Activations', unit: formatBytes },
} as const;

/** What every key does, as the help shows it. */
export const keys = [
  ['Arrow keys', 'to the producer, a consumer, or what stands beside'],
  ['Enter', 'opens the chosen group, goes into the chosen graph or function'],
  ['Backspace', 'leaves the graph, or folds the group around'],
  ['F or Ctrl + F', 'finds nodes, values and weights'],
  ['Escape', 'closes Find, then lets go of what is chosen'],
  ['+ and −', 'zoom; so do Ctrl + wheel and two fingers'],
  ['0', 'shows everything'],
  ['1', 'life size'],
  ['P', 'lights the way to inputs and outputs, or not'],
  ['O', 'shows the outline, a list of everything, or hides it'],
  ['Home and End', 'the first and the last box'],
] as const;
