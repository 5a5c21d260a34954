import { intOf, intsOf, stringOf, tensorAttribute } from '../ir/attributes';
import { dtypeOf } from '../ir/dtype-numbers';
import type { Node } from '../ir/model';
import { unknown, type Known, type Site } from '../ir/op';

/** What an operator's knowledge is asked with, for a node whose inputs are known rather than named. */
export function siteFor(
  node: Node,
  inputs: readonly (Known | null)[],
  opset: number,
  body: Site['body'] = () => null,
): Site {
  return {
    node,
    opset,
    input: (index) => inputs[index] ?? unknown,
    has: (index) => (inputs[index] ?? null) !== null,
    int: (name, otherwise) => intOf(node, name, otherwise),
    ints: (name) => intsOf(node, name),
    string: (name, otherwise) => stringOf(node, name, otherwise),
    tensor: (name) => tensorAttribute(node, name),
    numbers: (name) => numbersOf(node, name),
    dtype: (name, otherwise) => {
      const number = intOf(node, name, -1);
      return number < 0 ? otherwise : (dtypeOf(number) ?? null);
    },
    body,
  };
}

function numbersOf(node: Node, name: string): readonly number[] | null {
  const attribute = node.attributes.get(name);
  if (attribute?.kind === 'int' || attribute?.kind === 'float') return [Number(attribute.value)];
  if (attribute?.kind === 'floats') return attribute.value;
  return intsOf(node, name);
}
