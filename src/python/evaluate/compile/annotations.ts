import type { Expression } from '../../syntax';

/** A type as a text: `Optional[List[int]]`. What is not a name, a part or a list of types shows as `...`. */
export function annotationText(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'attribute':
      return `${annotationText(node.object)}.${node.name}`;
    case 'subscript':
      return `${annotationText(node.object)}[${annotationText(node.index)}]`;
    case 'tuple':
      return node.items.map(annotationText).join(', ');
    case 'list':
      return `[${node.items.map(annotationText).join(', ')}]`;
    case 'binary':
      return `${annotationText(node.left)} ${node.op} ${annotationText(node.right)}`;
    case 'constant':
      return typeof node.value === 'string'
        ? node.value
        : node.value === null
          ? 'None'
          : node.value.toString();
    default:
      return '...';
  }
}
