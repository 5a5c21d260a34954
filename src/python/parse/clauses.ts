import type { Clause, Expression } from '../syntax';
import { betweenCommas, type SyntaxNode } from './nodes';
import type { Reader } from './reader';

/** The `for … in … if …` behind the element of a comprehension, in their order. */
export function clausesOf(reader: Reader, nodes: readonly SyntaxNode[]): Clause[] {
  const clauses: Clause[] = [];
  let at = 0;
  while (at < nodes.length) {
    const isAsync = nodes[at]?.name === 'async';
    if (isAsync) at += 1;
    const into = nodes.findIndex(({ name }, index) => index > at && name === 'in');
    const iterable = nodes[into + 1];
    const start = nodes[at];
    if (into < 0 || !iterable || !start) throw reader.fail(start ?? 0, 'a comprehension is incomplete');
    const target = targetOf(reader, nodes.slice(at + 1, into));
    const conditions: Expression[] = [];
    at = into + 2;
    while (nodes[at]?.name === 'if') {
      const condition = nodes[at + 1];
      if (!condition) throw reader.fail(iterable, 'a condition is missing');
      conditions.push(reader.expression(condition));
      at += 2;
    }
    clauses.push({ isAsync, target, iterable: reader.expression(iterable), conditions });
  }
  return clauses;
}

/** What a loop or an assignment gives values to: names, parts of values, and lists of them. */
export function targetOf(reader: Reader, nodes: readonly SyntaxNode[]): Expression {
  const [first] = nodes;
  if (!first) throw reader.fail(0, 'there is nothing to assign to');
  const items = betweenCommas(nodes).map(([one, two]): Expression => {
    if (one?.name === '*' && two)
      return { kind: 'starred', value: reader.expression(two), ...reader.placeOf(one) };
    return reader.expression(one ?? first);
  });
  const [only] = items;
  const isTuple = items.length > 1 || nodes.at(-1)?.name === ',';
  const target: Expression = only && !isTuple ? only : { kind: 'tuple', items, ...reader.placeOf(first) };
  checkTarget(reader, target, first);
  return target;
}

/** Throws `python_syntax` where something cannot be given a value. */
function checkTarget(reader: Reader, target: Expression, node: SyntaxNode): void {
  switch (target.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return;
    case 'tuple':
    case 'list':
      if (target.items.filter(({ kind }) => kind === 'starred').length > 1)
        throw reader.fail(node, 'only one name can take the rest');
      for (const item of target.items) checkTarget(reader, item.kind === 'starred' ? item.value : item, node);
      return;
    default:
      throw reader.fail(node, 'nothing can be assigned to this');
  }
}
