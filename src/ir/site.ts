import { intOf, intsOf, stringOf, tensorAttribute } from './attributes';
import { dtypeNumbers } from './dtype-numbers';
import type { Attribute, Node } from './model';
import { unknown, type Known, type Site } from './op';

/** What an operator's knowledge is asked with, for a node of which the values it takes are known by name. */
export function siteOf(
  node: Node,
  known: { get(name: string): Known | undefined },
  opset: number,
  body: Site['body'] = () => null,
): Site {
  return {
    node,
    opset,
    input: (index) => known.get(node.inputs[index] ?? '') ?? unknown,
    has: (index) => (node.inputs[index] ?? '') !== '',
    int: (name, otherwise) => intOf(node, name, otherwise),
    ints: (name) => intsOf(node, name),
    string: (name, otherwise) => stringOf(node, name, otherwise),
    tensor: (name) => tensorAttribute(node, name),
    numbers: (name) => numbersIn(node.attributes.get(name)),
    dtype(name, otherwise) {
      const number = node.attributes.get(name);
      return number?.kind === 'int' ? (dtypeNumbers[Number(number.value)] ?? null) : otherwise;
    },
    body,
  };
}

function numbersIn(attribute: Attribute | undefined): readonly number[] | null {
  switch (attribute?.kind) {
    case 'int':
    case 'float':
      return [Number(attribute.value)];
    case 'ints':
      return attribute.value.map(Number);
    case 'floats':
      return attribute.value;
    default:
      return null;
  }
}
