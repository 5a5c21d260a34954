import type { GraphOutline, NodeOutline } from '../core/outline';

/** A value on its way from what gives it to what takes it; ends are numbered as `Wiring.ends` says. */
interface Wire {
  value: string;
  from: number;
  to: number;
}

/** Who gives what to whom in a graph. */
export interface Wiring {
  /**
   * What a wire can end at: nodes first, by index, then the graph's inputs, then values that come from the graph
   * around it, then outputs.
   */
  ends: readonly End[];
  wires: readonly Wire[];
  /** Constant → the nodes that take it, by value name: tensors and what Constant nodes give. */
  takers: ReadonlyMap<string, readonly number[]>;
  /** Nodes that are drawn as a line inside whatever takes them: Constant, unless nothing or only an output does. */
  inlined: ReadonlySet<number>;
}

type End = { kind: 'node'; node: NodeOutline } | { kind: 'input' | 'outer' | 'output'; name: string };

/** The wiring of a graph; nodes may stand in any order. */
export function wire(outline: GraphOutline): Wiring {
  const { nodes } = outline;
  const constants = new Set(outline.tensors.map(({ name }) => name));
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
  const given = new Set(outline.outputs.map(({ name }) => name));
  const inlined = new Set<number>();
  for (const { index, operator, inputs, outputs } of nodes) {
    if (operator !== 'Constant' || inputs.length > 0) continue;
    if (!outputs.some((name) => taken.has(name)) || outputs.some((name) => given.has(name))) continue;
    inlined.add(index);
    for (const name of outputs) constants.add(name);
  }
  const ends: End[] = nodes.map((node) => ({ kind: 'node', node }));
  const givers = new Map<string, number>();
  for (const { name } of outline.inputs) {
    if (constants.has(name) || givers.has(name)) continue;
    givers.set(name, ends.length);
    ends.push({ kind: 'input', name });
  }
  nodes.forEach((node, at) => {
    for (const name of node.outputs) if (name !== '' && !inlined.has(at)) givers.set(name, at);
  });
  const wires: Wire[] = [];
  const takers = new Map<string, number[]>();
  nodes.forEach(({ inputs }, to) => {
    for (const value of new Set(inputs)) {
      if (value === '') continue;
      if (constants.has(value)) {
        const list = takers.get(value);
        if (list) list.push(to);
        else takers.set(value, [to]);
        continue;
      }
      let from = givers.get(value);
      if (from === undefined) {
        from = ends.length;
        givers.set(value, from);
        ends.push({ kind: 'outer', name: value });
      }
      if (from !== to) wires.push({ value, from, to });
    }
  });
  for (const { name } of outline.outputs) {
    const from = givers.get(name);
    if (from !== undefined) wires.push({ value: name, from, to: ends.length });
    ends.push({ kind: 'output', name });
  }
  return { ends, wires, takers, inlined };
}
