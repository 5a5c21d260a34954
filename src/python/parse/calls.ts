import type { Call, Expression } from '../syntax';
import { clausesOf } from './clauses';
import { betweenCommas, children, type SyntaxNode } from './nodes';
import type { Reader } from './reader';

/** A call of something with the arguments of an `ArgList`. */
export function callOf(reader: Reader, callee: Expression, list: SyntaxNode | undefined): Call {
  const nodes = list ? children(list).slice(1, -1) : [];
  const loop = nodes.findIndex(({ name }) => name === 'for' || name === 'async');
  if (loop >= 0 && list)
    return { kind: 'call', callee, args: [generator(reader, nodes, loop)], keywords: [] };
  const args: Expression[] = [];
  const keywords: { name: string | null; value: Expression }[] = [];
  for (const [first, second, third] of betweenCommas(nodes)) {
    if (!first) continue;
    if (first.name === '**' && second) keywords.push({ name: null, value: reader.expression(second) });
    else if (first.name === '*' && second)
      args.push({ kind: 'starred', value: reader.expression(second), ...reader.placeOf(first) });
    else if (third && second && reader.textOf(second) === ':=')
      args.push({
        ...{ kind: 'walrus', name: reader.textOf(first), value: reader.expression(third) },
        ...reader.placeOf(first),
      });
    else if (third) keywords.push({ name: reader.textOf(first), value: reader.expression(third) });
    else {
      if (keywords.some(({ name }) => name !== null))
        throw reader.fail(first, 'a positional argument stands behind a keyword argument');
      args.push(reader.expression(first));
    }
  }
  return { kind: 'call', callee, args, keywords };
}

/** The only argument of `f(x for x in y)`. */
function generator(reader: Reader, nodes: readonly SyntaxNode[], loop: number): Expression {
  const [element, extra] = nodes;
  if (!element || loop !== 1) throw reader.fail(extra ?? element ?? 0, 'a generator needs brackets here');
  return {
    kind: 'comprehension',
    makes: 'generator',
    key: null,
    element: reader.expression(element),
    clauses: clausesOf(reader, nodes.slice(loop)),
    ...reader.placeOf(element),
  };
}
