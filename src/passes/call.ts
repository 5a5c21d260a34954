import type { Attribute, Node } from '../ir/model';

/** Nodes of a function with the attributes they take from its call, in the graphs they hold too. */
export function withAttributesOf(
  nodes: readonly Node[],
  call: ReadonlyMap<string, Attribute>,
): readonly Node[] {
  return nodes.map((node) => {
    if (!Array.from(node.attributes.values()).some(mayRefer)) return node;
    const attributes = Array.from(node.attributes).flatMap(([name, attribute]): [string, Attribute][] => {
      if (attribute.kind === 'graph') {
        const inner = { ...attribute.value, nodes: withAttributesOf(attribute.value.nodes, call) };
        return [[name, { ...attribute, value: inner }]];
      }
      if (attribute.kind !== 'reference') return [[name, attribute]];
      const given = call.get(attribute.name);
      return given === undefined ? [] : [[name, given]];
    });
    return { ...node, attributes: new Map(attributes) };
  });
}

function mayRefer({ kind }: Attribute): boolean {
  return kind === 'reference' || kind === 'graph';
}
