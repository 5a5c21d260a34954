import { byteLength } from '../core/dtype';
import type { MemoryFacts } from '../core/outline';
import { fixedCount } from '../ir/dims';
import type { Model } from '../ir/model';
import type { Known } from '../ir/op';
import { inOrder, usesOf } from '../ir/walk';
import { storedBytes } from '../ir/data';
import { inferShapes } from './infer-shapes';

/**
 * What one run of the main graph keeps, with every free dimension at 1: constants all the while, and between nodes
 * each value from the node that makes it to the last that takes it. What a runtime needs besides, and what it saves
 * by computing in place, is not counted.
 */
export function memoryOf(model: Model): MemoryFacts {
  const { graph } = model;
  const shapes = inferShapes(model, 1);
  const constants = new Set([...graph.initializers, ...graph.sparse.map(({ values }) => values)]);
  const weightBytes = [...constants].reduce((sum, tensor) => sum + storedBytes(tensor), 0);
  const fixed = new Set([...constants].map(({ name }) => name));
  const nodes = inOrder(graph.nodes);
  const lastUse = new Map<string, number>();
  nodes.forEach((node, at) => {
    for (const name of usesOf(node)) lastUse.set(name, at);
  });
  for (const { name } of graph.outputs) lastUse.set(name, nodes.length);
  const endingAt = new Map<number, number>();
  let now = 0;
  let peak = { bytes: 0, at: null as number | null };
  const begin = (name: string, made: number): boolean => {
    const bytes = valueBytes(shapes.get(name));
    if (bytes === null) return false;
    now += bytes;
    const end = lastUse.get(name) ?? made;
    endingAt.set(end, (endingAt.get(end) ?? 0) + bytes);
    return true;
  };
  const known = graph.inputs.every(({ name }) => fixed.has(name) || begin(name, -1));
  if (!known) return { weightBytes, peakBytes: null, peakAt: null };
  const places = new Map(graph.nodes.map((node, index) => [node, index]));
  for (const [at, node] of nodes.entries()) {
    for (const name of node.outputs.filter(Boolean)) {
      if (!begin(name, at)) return { weightBytes, peakBytes: null, peakAt: null };
    }
    if (now > peak.bytes) peak = { bytes: now, at: places.get(node) ?? null };
    now -= endingAt.get(at) ?? 0;
  }
  return { weightBytes, peakBytes: peak.bytes, peakAt: peak.at };
}

/** Bytes of a tensor value; `null` where its dtype or a dimension is unknown. */
export function valueBytes(known: Known | undefined): number | null {
  const count = known ? fixedCount(known.shape) : null;
  return known?.dtype && count !== null ? byteLength(known.dtype, count) : null;
}
