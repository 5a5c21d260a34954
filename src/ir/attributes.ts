import type { Attribute, Node, Tensor } from './model';

/** An integer attribute as a number, a default where it is absent; 64-bit extremes at the nearest there is. */
export function intOf(node: Node, name: string, otherwise: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'int' ? Number(attribute.value) : otherwise;
}

/** A list of integers as numbers; `null` where it is absent. */
export function intsOf(node: Node, name: string): number[] | null {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'ints' ? attribute.value.map(Number) : null;
}

/** A text attribute, a default where it is absent. */
export function stringOf(node: Node, name: string, otherwise: string): string {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'string' ? new TextDecoder().decode(attribute.value) : otherwise;
}

/** A tensor attribute; `null` where it is absent. */
export function tensorAttribute(node: Node, name: string): Tensor | null {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'tensor' ? attribute.value : null;
}

/** What `attributes` takes: numbers and lists of them are integers, `{ float }` is a float. */
type Plain = number | bigint | readonly number[] | string | Tensor | { float: number };

/** Attributes from plain values. */
export function attributes(values: Readonly<Record<string, Plain>>): Map<string, Attribute> {
  return new Map(Object.entries(values).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: Plain): Attribute {
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'int', value: BigInt(value) };
  if (typeof value === 'string') return { kind: 'string', value: new TextEncoder().encode(value) };
  if ('float' in value) return { kind: 'float', value: value.float };
  if ('dtype' in value) return { kind: 'tensor', value };
  return { kind: 'ints', value: value.map(BigInt) };
}
