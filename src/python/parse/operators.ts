import type { CompareOperator, Comparison, Expression } from '../syntax';
import { children, type SyntaxNode } from './nodes';
import type { Reader } from './reader';

/** Whether a node is `or`, `and`, `not` or a comparison: what binds looser than arithmetic. */
export function isLoose(node: SyntaxNode): boolean {
  const [first, second] = children(node);
  if (node.name === 'UnaryExpression') return first?.name === 'not';
  return node.name === 'BinaryExpression' && !/^(Arith|Bit)Op$/.test(second?.name ?? '');
}

/**
 * Groups `or`, `and`, `not` and comparisons as Python does. The grammar takes `not a and b` for `not (a and b)` and
 * knows no chains such as `a < b < c`, so the operators and operands are laid flat and put together again.
 */
export function looseOperators(reader: Reader, node: SyntaxNode): Expression {
  const tokens = flatten(reader, node);
  let at = 0;
  const operator = () => {
    const token = tokens[at];
    return typeof token === 'string' ? token : undefined;
  };

  function several(op: 'or' | 'and', operand: () => Expression): Expression {
    const first = operand();
    const operands = [first];
    while (operator() === op) {
      at += 1;
      operands.push(operand());
    }
    return operands.length === 1 ? first : { kind: op, operands, line: first.line, column: first.column };
  }

  function negation(): Expression {
    const from = at;
    while (operator() === 'not') at += 1;
    const count = at - from;
    reader.checkNesting(node, count);
    let value = comparison();
    for (let nots = 0; nots < count; nots++)
      value = { kind: 'unary', op: 'not', operand: value, line: value.line, column: value.column };
    return value;
  }

  function comparison(): Expression {
    const left = operand();
    const rest: Comparison[] = [];
    for (let op = operator(); op !== undefined && compareOperators.has(op); op = operator()) {
      at += 1;
      rest.push({ op: op as CompareOperator, right: operand() });
    }
    return rest.length === 0 ? left : { kind: 'compare', left, rest, line: left.line, column: left.column };
  }

  function operand(): Expression {
    const token = tokens[at];
    if (token === undefined || typeof token === 'string') throw reader.fail(node, 'an operator has no value');
    at += 1;
    return reader.expression(token);
  }

  const value = several('or', () => several('and', negation));
  if (at < tokens.length) throw reader.fail(node, 'two operators do not go together');
  return value;
}

/** Operators as words and operands as nodes, in the order of the text. */
function flatten(reader: Reader, node: SyntaxNode): (string | SyntaxNode)[] {
  const tokens: (string | SyntaxNode)[] = [];
  const waiting: (string | SyntaxNode)[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' || !isLoose(next)) {
      tokens.push(next);
      continue;
    }
    const parts = children(next);
    if (next.name === 'UnaryExpression') waiting.push(...parts.slice(1), 'not');
    else {
      const [left, right] = [parts[0], parts.at(-1)];
      if (!left || !right) throw reader.fail(next, 'an operator has no value');
      const words = parts.slice(1, -1).map((part) => reader.textOf(part));
      waiting.push(right, words.join(' '), left);
    }
  }
  return tokens;
}

const compareOperators: ReadonlySet<string> = new Set<CompareOperator>([
  ...(['<', '>', '<=', '>=', '==', '!='] as const),
  ...(['in', 'not in', 'is', 'is not'] as const),
]);
