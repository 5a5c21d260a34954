import type { BinaryOperator, Clause, DictEntry, Expression, UnaryOperator } from '../syntax';
import { ellipsis } from '../syntax';
import { callOf } from './calls';
import { clausesOf } from './clauses';
import { betweenCommas, children, splitAt, type SyntaxNode } from './nodes';
import { readNumber } from './numbers';
import { isLoose, looseOperators } from './operators';
import { parametersOf } from './parameters';
import type { Reader } from './reader';
import { stringOf } from './strings';

/** The expression at a node. Throws `python_syntax` for what the grammar takes and Python does not. */
export function expression(reader: Reader, node: SyntaxNode): Expression {
  return reader.deepen(node, () => translate(reader, node));
}

/** Expressions between commas as one: a tuple where there is a comma. */
export function expressions(reader: Reader, nodes: readonly SyntaxNode[]): Expression {
  const items = itemsOf(reader, nodes);
  const [first] = nodes;
  const [only] = items;
  if (!first || !only) throw reader.fail(nodes[0] ?? 0, 'an expression is missing');
  if (items.length === 1 && nodes.at(-1)?.name !== ',' && only.kind !== 'starred') return only;
  return { kind: 'tuple', items, ...reader.placeOf(first) };
}

function translate(reader: Reader, node: SyntaxNode): Expression {
  const place = reader.placeOf(node);
  const nodes = children(node);
  const [first, second] = nodes;
  const ask = (child: SyntaxNode | undefined) => {
    if (!child) throw reader.fail(node, 'an expression is missing');
    return expression(reader, child);
  };
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', id: reader.textOf(node), ...place };
    case 'Number':
      return number(reader, node);
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return stringOf(reader, node);
    case 'Boolean':
      return { kind: 'constant', value: reader.textOf(node) === 'True', ...place };
    case 'None':
      return { kind: 'constant', value: null, ...place };
    case 'Ellipsis':
      return { kind: 'constant', value: ellipsis, ...place };
    case 'ParenthesizedExpression':
      if (second?.name === '*') throw reader.fail(second, 'a star needs a list or tuple around it');
      return ask(second);
    case 'TupleExpression':
      return { kind: 'tuple', items: itemsOf(reader, nodes.slice(1, -1)), ...place };
    case 'ArrayExpression':
      return { kind: 'list', items: itemsOf(reader, nodes.slice(1, -1)), ...place };
    case 'SetExpression':
      return { kind: 'set', items: itemsOf(reader, nodes.slice(1, -1)), ...place };
    case 'DictionaryExpression':
      return { kind: 'dict', entries: entriesOf(reader, nodes.slice(1, -1)), ...place };
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehension(reader, node, nodes.slice(1, -1));
    case 'CallExpression':
      return { ...callOf(reader, ask(first), nodes[1]), ...place };
    case 'MemberExpression':
      if (second?.name === '.' && nodes[2])
        return { kind: 'attribute', object: ask(first), name: reader.textOf(nodes[2]), ...place };
      return { kind: 'subscript', object: ask(first), index: index(reader, nodes.slice(2, -1)), ...place };
    case 'UnaryExpression':
      if (isLoose(node)) return looseOperators(reader, node);
      return { kind: 'unary', op: wordOf(reader, first) as UnaryOperator, operand: ask(second), ...place };
    case 'BinaryExpression':
      return isLoose(node) ? looseOperators(reader, node) : arithmetic(reader, node);
    case 'ConditionalExpression':
      return {
        ...{ kind: 'conditional', then: ask(first), test: ask(nodes[2]), otherwise: ask(nodes[4]) },
        ...place,
      };
    case 'LambdaExpression':
      return { kind: 'lambda', parameters: parametersOf(reader, second), body: ask(nodes.at(-1)), ...place };
    case 'NamedExpression':
      if (first?.name !== 'VariableName') throw reader.fail(node, ':= gives a value to a name only');
      return { kind: 'walrus', name: reader.textOf(first), value: ask(nodes[2]), ...place };
    case 'AwaitExpression':
      return { kind: 'await', value: ask(second), ...place };
    case 'YieldExpression':
    case 'YieldStatement':
      if (second?.name === 'from') return { kind: 'yieldFrom', value: ask(nodes[2]), ...place };
      return { kind: 'yield', value: second ? expressions(reader, nodes.slice(1)) : null, ...place };
    default:
      throw reader.fail(node, 'this is not an expression of Python');
  }
}

function number(reader: Reader, node: SyntaxNode): Expression {
  const read = readNumber(reader.textOf(node));
  if (!read) throw reader.limit(node, 'a number has more digits than Python reads');
  const place = reader.placeOf(node);
  if (read.imaginary) return { kind: 'imaginary', value: Number(read.value), ...place };
  return { kind: 'constant', value: read.value, ...place };
}

/** `a + b + c`: a chain leans to the left, so it is walked and not descended. */
function arithmetic(reader: Reader, node: SyntaxNode): Expression {
  const steps: { op: string; right: SyntaxNode; from: SyntaxNode }[] = [];
  let left = node;
  while (left.name === 'BinaryExpression' && !isLoose(left)) {
    const [operand, op, right] = children(left);
    if (!operand || !op || !right) throw reader.fail(left, 'an operator has no value');
    steps.push({ op: reader.textOf(op), right, from: left });
    left = operand;
  }
  reader.checkNesting(node, steps.length);
  return steps.reduceRight<Expression>(
    (value, { op, right, from }) => ({
      kind: 'binary',
      op: op as BinaryOperator,
      left: value,
      right: expression(reader, right),
      ...reader.placeOf(from),
    }),
    expression(reader, left),
  );
}

function itemsOf(reader: Reader, nodes: readonly SyntaxNode[]): Expression[] {
  return betweenCommas(nodes).map(([first, second]) => {
    if (first?.name === '*' && second)
      return { kind: 'starred', value: expression(reader, second), ...reader.placeOf(first) };
    if (!first) throw reader.fail(nodes[0] ?? 0, 'an expression is missing');
    return expression(reader, first);
  });
}

function entriesOf(reader: Reader, nodes: readonly SyntaxNode[]): DictEntry[] {
  return betweenCommas(nodes).map(([first, second, third]) => {
    if (first?.name === '**' && second) return { key: null, value: expression(reader, second) };
    if (!first || !third) throw reader.fail(nodes[0] ?? 0, 'a key has no value');
    return { key: expression(reader, first), value: expression(reader, third) };
  });
}

function comprehension(reader: Reader, node: SyntaxNode, nodes: readonly SyntaxNode[]): Expression {
  const start = nodes.findIndex(({ name }) => name === 'for' || name === 'async');
  const made = nodes.slice(0, start);
  const clauses: readonly Clause[] = clausesOf(reader, nodes.slice(start));
  if (made[0]?.name === '*' || made[0]?.name === '**')
    throw reader.fail(node, 'a comprehension cannot unpack');
  const [first, colon, second] = made;
  if (!first) throw reader.fail(node, 'an expression is missing');
  const element = colon && second ? second : first;
  return {
    kind: 'comprehension',
    makes: comprehensions.get(node.name) ?? 'generator',
    key: element === first ? null : expression(reader, first),
    element: expression(reader, element),
    clauses,
    ...reader.placeOf(node),
  };
}

const comprehensions = new Map([
  ['ArrayComprehensionExpression', 'list'],
  ['SetComprehensionExpression', 'set'],
  ['DictionaryComprehensionExpression', 'dict'],
] as const) as ReadonlyMap<string, 'list' | 'set' | 'dict'>;

/** What stands between square brackets behind a value: a tuple where there is a comma. */
function index(reader: Reader, nodes: readonly SyntaxNode[]): Expression {
  const groups = betweenCommas(nodes).map((group) => indexItem(reader, group));
  const [only] = groups;
  const [first] = nodes;
  if (!only || !first) throw reader.fail(nodes[0] ?? 0, 'an index is missing');
  if (groups.length === 1 && nodes.at(-1)?.name !== ',') return only;
  return { kind: 'tuple', items: groups, ...reader.placeOf(first) };
}

function indexItem(reader: Reader, nodes: SyntaxNode[]): Expression {
  const [first] = nodes;
  if (!first) throw reader.fail(0, 'an index is missing');
  if (!nodes.some(({ name }) => name === ':')) return expression(reader, first);
  const [start, stop, step] = splitAt(nodes, ':').map(([node]) => (node ? expression(reader, node) : null));
  return {
    ...{ kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null },
    ...reader.placeOf(first),
  };
}

function wordOf(reader: Reader, node: SyntaxNode | undefined): string {
  return node ? reader.textOf(node) : '';
}
