import type { Dtype } from '../core/dtype';
import { attributes } from './attributes';
import type { Attribute, Node } from './model';

/**
 * Rewrites a node that was valid just before an operator set so that it means the same in it, or says why it
 * cannot, as the end of a sentence.
 */
export type Move = (node: Node, tools: MoveTools) => Node | string;

/** What a move can ask and add. */
export interface MoveTools {
  /** Adds a constant and gives its name. */
  constant(of: Node, what: string, dtype: Dtype, values: readonly number[], dims?: readonly number[]): string;
  rank(value: string): number | null;
  dtype(value: string): Dtype | null;
  isUsed(value: string): boolean;
}

/** Attributes that became inputs: attribute name → the input's place, and its dtype where not of the first input. */
export function toInputs(places: Readonly<Record<string, readonly [number, 'int64' | 'same']>>): Move {
  return (node, tools) => {
    const inputs = [...node.inputs];
    const kept = new Map(node.attributes);
    for (const [name, [place, kind]] of Object.entries(places)) {
      const attribute = node.attributes.get(name);
      if (attribute === undefined) continue;
      const values = numbersIn(attribute);
      const dtype = kind === 'same' ? tools.dtype(node.inputs[0] ?? '') : 'int64';
      if (values === null || dtype === null) return `its ${name} cannot be read`;
      kept.delete(name);
      while (inputs.length < place) inputs.push('');
      inputs[place] = tools.constant(node, name, dtype, values, kind === 'same' ? [] : [values.length]);
    }
    return { ...node, inputs, attributes: kept };
  };
}

/** Softmax and its relatives flattened everything behind the axis until 13; with the last axis that is the same. */
export const softmaxTo13: Move = (node, tools) => {
  const rank = tools.rank(node.inputs[0] ?? '');
  const given = node.attributes.get('axis');
  const axis = given?.kind === 'int' ? Number(given.value) : 1;
  if (rank === null) return 'nothing is known of its dimensions';
  if (axis !== -1 && axis !== rank - 1) return 'it spans several axes';
  return withAttributes(node, { axis: -1 });
};

/** Dropout does nothing when a model is used, whatever its version. */
export const dropoutToIdentity: Move = (node, tools) => {
  const [output = '', mask = ''] = node.outputs;
  if (mask !== '' && tools.isUsed(mask)) return 'its mask is used';
  return {
    ...node,
    op: 'Identity',
    inputs: node.inputs.slice(0, 1),
    outputs: [output],
    attributes: new Map(),
  };
};

/** A node with more attributes, or without some. */
export function withAttributes(
  node: Node,
  more: Parameters<typeof attributes>[0],
  without: readonly string[] = [],
): Node {
  const kept = [...node.attributes].filter(([name]) => !without.includes(name));
  return { ...node, attributes: new Map([...kept, ...attributes(more)]) };
}

function numbersIn(attribute: Attribute): number[] | null {
  if (attribute.kind === 'ints' || attribute.kind === 'floats') return Array.from(attribute.value, Number);
  return attribute.kind === 'int' || attribute.kind === 'float' ? [Number(attribute.value)] : null;
}
