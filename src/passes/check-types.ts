import { formatShape } from '../core/shape';
import { nodeLabel, shortened, type Finding } from '../ir/check';
import { knownOf, typeOf } from '../ir/known';
import type { Node, Value } from '../ir/model';
import type { Known } from '../ir/op';
import { locateGraphs, type Located } from '../ir/places';
import { formatType } from '../ir/print';
import { producersOf } from '../ir/walk';
import { inferAll, type Shapes } from './infer-shapes';

/**
 * Values of which the file says another type, rank or size than the graph gives them, in every graph of the model.
 * Where one of the two says less there is no conflict.
 */
export function checkTypes(model: Parameters<typeof inferAll>[0]): Finding[] {
  const all = inferAll(model);
  return shortened(
    [...locateGraphs(model)].flatMap((located) => conflictsIn(located, all.get(located.path) ?? new Map())),
  );
}

function conflictsIn(located: Located, shapes: Shapes): Finding[] {
  const nodes = located.kind === 'function' ? located.body.nodes : located.graph.nodes;
  const makers = producersOf(nodes);
  return declaredIn(located).flatMap(({ name, type }) => {
    const known = shapes.get(name);
    if (type === null || known === undefined) return [];
    const declared = knownOf(type);
    if (!isConflict(known, declared)) return [];
    const text = `${makerOf(makers.get(name), name)} ${name} as ${formatted(known)}; the file says ${formatted(declared)}.`;
    return [{ code: 'graph_type_conflict', text }];
  });
}

function declaredIn(located: Located): readonly Value[] {
  if (located.kind === 'function') return located.body.values;
  const { inputs, values, outputs } = located.graph;
  // An output may be listed among the values too: it is one conflict.
  return [...new Map([...inputs, ...values, ...outputs].map((value) => [value.name, value])).values()];
}

function isConflict(known: Known, declared: Known): boolean {
  if (known.type || declared.type) return known.type?.kind !== declared.type?.kind && isKnown(known);
  if (known.dtype !== null && declared.dtype !== null && known.dtype !== declared.dtype) return true;
  if (known.shape === null || declared.shape === null) return false;
  if (known.shape.length !== declared.shape.length) return true;
  return known.shape.some((dim, at) => {
    const other = declared.shape?.[at];
    return typeof dim === 'number' && typeof other === 'number' && dim !== other;
  });
}

function isKnown({ dtype, shape, type }: Known): boolean {
  return dtype !== null || shape !== null || Boolean(type);
}

function makerOf(node: Node | undefined, name: string): string {
  if (node === undefined) return 'The constant';
  return node.name === ''
    ? `${nodeLabel(node).replace(` that makes ${name}`, '')} makes`
    : `${nodeLabel(node)} makes`;
}

function formatted(known: Known): string {
  if (known.type) return formatType(typeOf(known));
  return `${known.dtype ?? 'unknown'} ${formatShape(known.shape)}`;
}
