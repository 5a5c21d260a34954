import type { PlainTensor } from '../../src/core/tensor';
import { knownOf } from '../../src/ir/known';
import type { Model, Value } from '../../src/ir/model';

/** Of all steps of a tensor, how many may be another one: sums that lie between two of them round either way. */
const MOST_ROUNDED = 1e-3;

type Tensors = Readonly<Record<string, PlainTensor>>;

/** A model cut at each value that it rounds to steps. */
export interface CutModel {
  /** Gives the steps as outputs too. */
  open: Model;
  /** Takes the steps as inputs as well, and goes on from these. */
  cut: Model;
  /** What `cut` takes, of what `open` gave. */
  feeds(given: Tensors, found: Tensors): Record<string, PlainTensor>;
  /** The values in steps. */
  names: ReadonlySet<string>;
  /** What is wrong with the steps that two runtimes give for `cut`. */
  apart(ours: Tensors, theirs: Tensors): string[];
}

/**
 * A model that computes in steps, cut at each `QuantizeLinear`; `null` where it has none. What rounds to another step
 * on another runtime does so again and again behind it, until a detector finds other boxes: so runtimes are compared
 * from one value in steps to the next, and to the outputs.
 */
export function cutAtSteps(model: Model): CutModel | null {
  const { graph } = model;
  const types = new Map(graph.values.map(({ name, type }) => [name, type]));
  const made = graph.nodes.filter(({ op }) => op === 'QuantizeLinear').flatMap(({ outputs }) => outputs);
  const steps = made.flatMap((name): Value[] => {
    const type = types.get(name) ?? null;
    return knownOf(type).dtype === null ? [] : [{ name, type, doc: '', metadata: new Map() }];
  });
  if (steps.length === 0) return null;
  const names = new Set(steps.map(({ name }) => name));
  const taken = (name: string) => (names.has(name) ? `${name}:taken` : name);
  const nodes = graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(taken) }));
  const inputs = [...graph.inputs, ...steps.map((value) => ({ ...value, name: taken(value.name) }))];
  const outputs = [...graph.outputs, ...steps];
  return {
    names,
    open: { ...model, graph: { ...graph, outputs } },
    cut: { ...model, graph: { ...graph, nodes, inputs, outputs } },
    feeds(given, found) {
      const held = Object.entries(found).filter(([name]) => names.has(name));
      return { ...given, ...Object.fromEntries(held.map(([name, tensor]) => [taken(name), tensor])) };
    },
    apart: (ours, theirs) =>
      Array.from(names).flatMap((name) => {
        const [one, other] = [ours[name], theirs[name]];
        const found = one && other ? stepsApart(one, other) : 'was not given';
        return found === '' ? [] : [`The value ${name} ${found}.`];
      }),
  };
}

function stepsApart(one: PlainTensor, other: PlainTensor): string {
  const [ours, theirs] = [one, other].map(({ data }) => data as Uint8Array);
  if (!ours || !theirs || ours.length !== theirs.length) return 'has another size';
  let most = 0;
  let rounded = 0;
  for (const [at, step] of ours.entries()) {
    const apart = Math.abs(step - (theirs[at] ?? NaN));
    most = Math.max(most, apart);
    if (apart > 0) rounded += 1;
  }
  if (most > 1) return `is ${most} steps apart`;
  const part = rounded / ours.length;
  return part > MOST_ROUNDED ? `rounds to another step in ${(part * 100).toFixed(1)} % of its places` : '';
}
