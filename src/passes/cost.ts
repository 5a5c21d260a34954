import type { Node } from '../ir/model';
import type { Known, Operator, Site } from '../ir/op';

type Macs = ReadonlyMap<Node, number | null>;

/** Multiply-accumulates of some nodes together; `null` where one's are unknown. */
export function sumOf(nodes: readonly Node[], macs: Macs): number | null {
  let total = 0;
  for (const node of nodes) {
    const own = macs.get(node) ?? null;
    if (own === null) return null;
    total += own;
  }
  return total;
}

/**
 * Multiply-accumulates of one node: its own, or of the graphs it holds. Of two branches the dearer counts; a loop
 * counts its rounds where the graph tells how many there are. `null` where they are unknown.
 */
export function costOf(
  operator: Operator,
  site: Site,
  outputs: readonly Known[],
  inner: Macs,
): number | null {
  const held = Array.from(site.node.attributes.values()).flatMap((attribute) =>
    attribute.kind === 'graph' ? [sumOf(attribute.value.nodes, inner)] : [],
  );
  if (held.length === 0) return operator.macs === undefined ? 0 : operator.macs(site, outputs);
  const known = held.filter((macs) => macs !== null);
  if (known.length < held.length) return null;
  const dearest = Math.max(...known);
  const rounds = dearest === 0 ? 0 : roundsOf(site);
  return rounds === null ? null : rounds * dearest;
}

function roundsOf(site: Site): number | null {
  switch (site.node.op) {
    case 'If':
      return 1;
    case 'Loop': {
      const [most] = site.input(0).elements ?? [];
      return typeof most === 'number' ? most : null;
    }
    case 'Scan': {
      const sequences = site.int('num_scan_inputs', 1);
      const axis = site.ints('scan_input_axes')?.[0] ?? 0;
      const { shape } = site.input(site.node.inputs.length - sequences);
      const length = shape?.at(axis);
      return typeof length === 'number' ? length : null;
    }
    default:
      return null;
  }
}
