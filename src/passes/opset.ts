import type { Model } from '../ir/model';
import { operatorOf } from '../ir/operators';
import { allGraphs } from '../ir/walk';

/**
 * Why a model cannot be of a newer operator set as it stands, as the end of a sentence; `null` where it can:
 * every node means the same there.
 */
export function reasonToStay(model: Model, opset: number): string | null {
  const from = model.opsets.get('') ?? 0;
  if (from >= opset) return null;
  if (from < 7) return 'so old that operators meant other things then';
  for (const { graph, kind } of allGraphs(model)) {
    if (kind === 'function') continue;
    for (const node of graph.nodes) {
      if (node.domain !== '') continue;
      const known = operatorOf(node);
      if (known === undefined) return `${node.op} may mean something else there`;
      if (known.breaks.some((version) => version > from && version <= opset)) {
        return `${node.op} means something else there`;
      }
    }
  }
  return null;
}

/** The model as one of a newer operator set; only where `reasonToStay` finds none. */
export function moveToOpset(model: Model, opset: number, irVersion: number): Model {
  if ((model.opsets.get('') ?? 0) >= opset) return model;
  return {
    ...model,
    irVersion: Math.max(model.irVersion, irVersion),
    opsets: new Map([...model.opsets, ['', opset]]),
  };
}
