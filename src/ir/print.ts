import { formatShape } from '../core/shape';
import type { Attribute, Graph, Model, Node, Tensor, Type, Value } from './model';
import { operatorName } from './operators';

/**
 * A model as text to read and compare, in the style of ONNX's own:
 *
 *     main (x: float32[batch × 4]) => (y: float32[batch × 2])
 *       w = float32[4 × 2]
 *       matmul_0 = MatMul(x, w)
 */
export function printModel(model: Model): string {
  const opsets = Array.from(model.opsets, ([domain, version]) => `${domain || 'ai.onnx'} ${version}`);
  return [`ir ${model.irVersion}, ${opsets.join(', ')}`, ...printGraph(model.graph)].join('\n');
}

function printGraph(graph: Graph): string[] {
  const head = `${graph.name} (${graph.inputs.map(printValue).join(', ')}) => (${graph.outputs.map(printValue).join(', ')})`;
  const tensors = graph.initializers.map((tensor) => `${tensor.name} = ${printTensor(tensor)}`);
  return [head, ...[...tensors, ...graph.nodes.flatMap(printNode)].map((line) => `  ${line}`)];
}

function printNode(node: Node): string[] {
  const attributes = Array.from(node.attributes, ([name, value]) => `${name}=${printAttribute(value)}`);
  const list = attributes.length > 0 ? ` <${attributes.join(', ')}>` : '';
  const line = `${node.outputs.join(', ')} = ${operatorName(node)}${list}(${node.inputs.join(', ')})`;
  const graphs = Array.from(node.attributes.values()).flatMap((value) =>
    value.kind === 'graph' ? printGraph(value.value).map((inner) => `  ${inner}`) : [],
  );
  return [line, ...graphs];
}

function printValue({ name, type }: Value): string {
  return `${name}: ${type === null ? '?' : printType(type)}`;
}

function printType(type: Type): string {
  if (type.kind === 'tensor') return `${type.dtype ?? '?'}[${formatShape(type.shape)}]`;
  return formatType(type);
}

/** A type as people write it: a dtype for tensors, `sequence(map(int64,float32))` for the rest. */
export function formatType(type: Type): string {
  switch (type.kind) {
    case 'tensor':
      return type.dtype ?? 'unknown';
    case 'sparse':
      return `sparse(${type.dtype ?? 'unknown'})`;
    case 'map':
      return `map(${type.key},${formatType(type.value)})`;
    case 'opaque':
      return `opaque(${type.name})`;
    default:
      return `${type.kind}(${formatType(type.of)})`;
  }
}

function printTensor(tensor: Tensor): string {
  return `${tensor.dtype}[${formatShape(tensor.dims)}]`;
}

/** An attribute's value as text. */
export function printAttribute(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'int':
    case 'float':
      return String(attribute.value);
    case 'string':
      return JSON.stringify(new TextDecoder().decode(attribute.value));
    case 'ints':
    case 'floats':
      return `[${attribute.value.join(', ')}]`;
    case 'tensor':
      return printTensor(attribute.value);
    case 'reference':
      return `@${attribute.name}`;
    default:
      return attribute.kind;
  }
}
