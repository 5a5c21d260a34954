import { invariant } from '../core/problem';
import type { Attribute, Metadata, Model, Node } from '../ir/model';
import { usesOf } from '../ir/walk';
import type { ReadElements } from './tape/initializers';
import { describeContent } from './tape/frame';
import type { Tape } from './tape/tape';
import type { Tensor } from './tape/tensor';

/** How a recorded graph becomes a model. */
export interface Finishing {
  /** The name of the file it will be, for sentences. */
  file: string;
  name?: string;
  metadata?: Metadata;
  /** Reads parameters whose elements lie scattered in their file; `readElements` of the formats. */
  read?: ReadElements;
  /** Values inside the graph that get names of their own. */
  named?: readonly { name: string; tensor: Tensor }[];
}

/**
 * The model that a tape holds, with these outputs: nodes that nothing needs are left out, and of the parameters
 * those that nodes take. Throws what `read` throws.
 */
export async function finishModel(
  tape: Tape,
  results: readonly { name: string; tensor: Tensor }[],
  { file, name = 'main', metadata = new Map<string, string>(), read = refuse, named = [] }: Finishing,
): Promise<Model> {
  // A view looks at its base again now, which may record nodes.
  const contents = results.map(({ name, tensor }) => ({ name, content: tensor.content }));
  const inputs = tape.frame.inputs;
  const nodes = [...tape.frame.nodes];
  const renames = new Map<string, string>();
  const outputs = contents.map((result) => {
    const value = describeContent({ ...result.content, name: result.name });
    const held = tape.place(result.content);
    const isMade = nodes.some(({ outputs }) => outputs.includes(held));
    const output = held === result.name ? held : tape.names.unique(result.name);
    if (isMade && !renames.has(held)) renames.set(held, output);
    else nodes.push(identity(held, output));
    return { ...value, name: output };
  });
  for (const { name: wanted, tensor } of named) {
    const held = tape.place(tensor.content);
    const isMade = nodes.some((node) => node.outputs.includes(held));
    if (isMade && !renames.has(held)) renames.set(held, tape.names.unique(wanted));
  }
  const kept = needed(renamed(nodes, renames), new Set(outputs.map((output) => output.name)));
  const used = new Set(kept.flatMap((node) => [...usesOf(node)]));
  const rest = { doc: '', metadata };
  return {
    ...{ file, irVersion: irVersions[tape.opset] ?? 8, opsets: new Map([['', tape.opset]]), domain: '' },
    ...{ producer: { name: 'inkling', version: '' }, version: 0n, functions: [], training: [], ...rest },
    graph: {
      ...{ name, inputs, outputs, values: [], sparse: [], nodes: kept, quantization: [] },
      ...{ initializers: await tape.initializers.collect(used, read), doc: '', metadata: new Map() },
    },
  };
}

/**
 * The version of the file format that came with an operator set.
 * @see https://onnx.ai/onnx/repo-docs/Versioning.html#released-versions
 */
const irVersions: Readonly<Record<number, number>> = { 17: 8, 18: 8, 19: 9, 20: 9, 21: 10 };

function refuse(): Promise<never> {
  invariant(false, 'a tape with scattered parameters is finished with a way to read them');
}

function identity(from: string, to: string): Node {
  const rest = { domain: '', overload: '', attributes: new Map(), doc: '', metadata: new Map() };
  return { name: to, op: 'Identity', inputs: [from], outputs: [to], ...rest };
}

/** Nodes whose results lead to one of the names, in their order. */
function needed(nodes: readonly Node[], names: ReadonlySet<string>): Node[] {
  const wanted = new Set(names);
  return nodes
    .toReversed()
    .filter((node) => {
      const isNeeded = node.outputs.some((name) => wanted.has(name));
      if (isNeeded) for (const name of usesOf(node)) wanted.add(name);
      return isNeeded;
    })
    .reverse();
}

function renamed(nodes: readonly Node[], names: ReadonlyMap<string, string>): Node[] {
  const to = (name: string) => names.get(name) ?? name;
  const inside = (attribute: Attribute): Attribute =>
    attribute.kind === 'graph'
      ? {
          ...attribute,
          value: {
            ...attribute.value,
            nodes: renamed(attribute.value.nodes, names),
            outputs: attribute.value.outputs.map((output) => ({ ...output, name: to(output.name) })),
          },
        }
      : attribute;
  return nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(to),
    outputs: node.outputs.map(to),
    attributes: new Map(Array.from(node.attributes, ([key, value]) => [key, inside(value)])),
  }));
}
