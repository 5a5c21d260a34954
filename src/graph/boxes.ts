import { formatBytes, formatCount } from '../core/format';
import type { GraphOutline, NodeOutline, TensorOutline, ValueOutline } from '../core/outline';
import { formatShape } from '../core/shape';
import type { Group } from './groups';
import { bareOperator, kindOf } from './kinds';
import type { Box } from './picture';
import { LINE_HEIGHT, LINE_SIZE, PADDING_X, PADDING_Y, TITLE_SIZE, measure, shorten } from './text';
import type { Wiring } from './wiring';

/** A box that has no place yet. */
export type Sized = Omit<Box, 'x' | 'y'>;

/** Letters of a line, and lines of constants in one box; a person reads the rest in the node's properties. */
const LETTERS = 30;
const CONSTANTS = 5;
const NARROWEST = 84;

/** The words of every end of a graph: nodes with their constants as lines, inputs and outputs with their types. */
export function describeEnds(
  outline: GraphOutline,
  { ends, takers, inlined }: Wiring,
  groups: (node: number) => string,
): Sized[] {
  const tensors = new Map(outline.tensors.map((tensor) => [tensor.name, tensor]));
  const constants = new Map<string, NodeOutline>();
  for (const index of inlined) {
    const node = outline.nodes[index];
    if (node) for (const name of node.outputs) constants.set(name, node);
  }
  const inputs = new Map(outline.inputs.map((port) => [port.name, port]));
  const outputs = new Map(outline.outputs.map((port) => [port.name, port]));
  return ends.map((end) => {
    if (end.kind === 'node') {
      const { node } = end;
      const lines = [...subtitle(node, groups(node.index)), ...constantLines(node), ...entrances(node)];
      return sizeBox({
        ...{ id: `n${node.index}`, kind: 'node', node: node.index, group: groups(node.index) },
        ...{ operator: kindOf(node.operator), title: bareOperator(node.operator), lines, nodes: 1 },
        ...{ macs: node.macs, weightBytes: node.weightBytes, activationBytes: node.activationBytes },
        opens: entered(node),
      });
    }
    const port = (end.kind === 'output' ? outputs : inputs).get(end.name) ?? outline.values[end.name];
    return sizeBox({
      ...{
        id: `${end.kind === 'outer' ? 'e' : end.kind.charAt(0)}/${end.name}`,
        kind: end.kind,
        node: -1,
        group: '',
      },
      ...{
        operator: 'other',
        title: shorten(end.name, LETTERS),
        lines: end.kind === 'outer' ? ['from outside'] : typeLines(port),
      },
      ...{ nodes: 0, macs: 0, weightBytes: 0, activationBytes: 0, opens: [] },
    });
  });

  function constantLines({ inputs }: NodeOutline): string[] {
    const lines: string[] = [];
    for (const name of inputs) {
      if (!takers.has(name)) continue;
      const constant = constants.get(name);
      lines.push(constant ? (constant.attributes[0]?.text ?? '') : tensorLine(name, tensors.get(name)));
    }
    if (lines.length <= CONSTANTS) return lines.filter(Boolean).map((line) => shorten(line, LETTERS));
    const shown = lines.slice(0, CONSTANTS - 1).map((line) => shorten(line, LETTERS));
    return [...shown, `and ${lines.length - shown.length} more constants`];
  }
}

/** A folded group: what it is called and what is in it. */
export function describeGroup({ path, label, nodes }: Group, members: readonly NodeOutline[]): Sized {
  const counts = new Map<string, number>();
  let macs: number | null = 0;
  let weightBytes = 0;
  let activationBytes: number | null = 0;
  for (const node of members) {
    const name = bareOperator(node.operator);
    if (name !== 'Constant') counts.set(name, (counts.get(name) ?? 0) + 1);
    macs = macs === null || node.macs === null ? null : macs + node.macs;
    weightBytes += node.weightBytes;
    activationBytes =
      activationBytes === null || node.activationBytes === null
        ? null
        : activationBytes + node.activationBytes;
  }
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 2);
  const kinds = common.map(([name, count]) => (count > 1 ? `${count} ${name}` : name)).join(', ');
  const lines = [
    `${formatCount(nodes)} nodes${weightBytes > 0 ? `, ${formatBytes(weightBytes)}` : ''}`,
    ...(kinds === '' ? [] : [shorten(`${kinds}${counts.size > 2 ? ' …' : ''}`, LETTERS)]),
  ];
  return sizeBox({
    ...{
      id: `g/${path}`,
      kind: 'group',
      node: -1,
      group: path,
      operator: 'other',
      title: shorten(label, LETTERS),
      lines,
    },
    ...{ nodes, macs, weightBytes, activationBytes, opens: [] },
  });
}

function sizeBox(box: Omit<Sized, 'width' | 'height'>): Sized {
  const widest = Math.max(
    measure(box.title, TITLE_SIZE) + (box.kind === 'group' ? 16 : 0),
    ...box.lines.map((line) => measure(line, LINE_SIZE)),
  );
  const width = Math.max(NARROWEST, Math.ceil(widest) + 2 * PADDING_X);
  return { ...box, width, height: 2 * PADDING_Y + LINE_HEIGHT * (1 + box.lines.length) };
}

/** What the name says beyond the operator and the group around it. */
function subtitle({ name, operator }: NodeOutline, group: string): string[] {
  const bare = bareOperator(operator);
  const parts = name.split('/').filter(Boolean);
  if (parts.at(-1) === bare) parts.pop();
  const around = group.split('/');
  const own = parts.at(-1) ?? '';
  const last = own.split('.').at(-1) ?? '';
  if (own === '' || own === bare || last === around.at(-1)) return [];
  return [shorten(own, LETTERS)];
}

function tensorLine(name: string, tensor: TensorOutline | undefined): string {
  const own = name.split(/[./]/).filter(Boolean).at(-1) ?? name;
  return `${shorten(own, 12)}  ${formatShape(tensor?.dims ?? null)}`;
}

function entrances({ attributes, calls }: NodeOutline): string[] {
  const held = attributes
    .filter(({ graph }) => graph !== null)
    .map(({ name }) => `▸ ${shorten(name, LETTERS)}`);
  return calls === null ? held : [...held, '▸ function'];
}

function entered({ attributes, calls }: NodeOutline): string[] {
  const held = attributes.flatMap(({ graph }) => (graph === null ? [] : [graph]));
  return calls === null ? held : [...held, calls];
}

function typeLines(port: Pick<ValueOutline, 'dtype' | 'shape'> | undefined): string[] {
  return port ? [shorten(`${port.dtype}  ${formatShape(port.shape)}`, LETTERS)] : [];
}
