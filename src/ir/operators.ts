import type { Node } from './model';
import type { Operator } from './op';

const modules = import.meta.glob<Operator>('./ops/**/*.ts', { eager: true, import: 'default' });

/** Everything known of operators, by domain and type: one file each in `ops/`. */
const operators = new Map(Object.values(modules).map((known) => [key(known.domain, known.type), known]));

/** What is known of a node's operator; `undefined` for operators nobody has written down yet. */
export function operatorOf(node: Pick<Node, 'op' | 'domain'>): Operator | undefined {
  return operators.get(key(node.domain, node.op));
}

/** Every operator that is known. */
export function knownOperators(): readonly Operator[] {
  return Object.values(modules);
}

/** An operator's name as it is shown: `Conv`, or with its domain where that is not ONNX's own. */
export function operatorName(node: Pick<Node, 'op' | 'domain'>): string {
  return key(node.domain, node.op);
}

function key(domain: string, type: string): string {
  return domain === '' ? type : `${domain}::${type}`;
}
