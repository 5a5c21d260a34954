import type { Expression, Pattern } from '../syntax';
import { betweenCommas, children, splitAt, type SyntaxNode } from './nodes';
import type { Reader, Unplaced } from './reader';

/** What stands behind `case`: several patterns with commas are a sequence. */
export function patternOf(reader: Reader, nodes: readonly SyntaxNode[]): Pattern {
  const [first] = nodes;
  if (!first) throw reader.fail(0, 'a pattern is missing');
  const groups = betweenCommas(nodes).map(([node]) => pattern(reader, node ?? first));
  const [only] = groups;
  if (only && groups.length === 1 && nodes.length === 1) return only;
  return { kind: 'sequence', patterns: groups, ...reader.placeOf(first) };
}

function pattern(reader: Reader, node: SyntaxNode): Pattern {
  return reader.deepen(node, () => ({ ...translate(reader, node), ...reader.placeOf(node) }));
}

function translate(reader: Reader, node: SyntaxNode): Unplaced<Pattern> {
  const nodes = children(node);
  const [first] = nodes;
  if (!first) throw reader.fail(node, 'a pattern is missing');
  switch (node.name) {
    case 'CapturePattern':
      return { kind: 'capture', name: captured(reader, first) };
    case 'LiteralPattern':
      return { kind: 'value', value: literal(reader, nodes) };
    case 'AttributePattern':
      return { kind: 'value', value: path(reader, node) };
    case 'OrPattern':
      return { kind: 'or', patterns: nodes.filter(isPattern).map((child) => pattern(reader, child)) };
    case 'AsPattern':
      return { kind: 'as', pattern: pattern(reader, first), name: reader.textOf(nodes[2] ?? first) };
    case 'StarPattern': {
      const inner = pattern(reader, nodes[1] ?? first);
      if (inner.kind !== 'capture') throw reader.fail(node, 'a star needs a name');
      return { kind: 'star', name: inner.name };
    }
    case 'SequencePattern': {
      const inside = nodes.slice(1, -1);
      const groups = betweenCommas(inside).map(([child]) => pattern(reader, child ?? first));
      const [only] = groups;
      if (only && first.name === '(' && inside.length === 1) return only;
      return { kind: 'sequence', patterns: groups };
    }
    case 'MappingPattern':
      return mapping(reader, nodes.slice(1, -1));
    case 'ClassPattern':
      return classPattern(reader, first, nodes[1]);
    default:
      throw reader.fail(node, 'this is not a pattern of Python');
  }
}

function isPattern({ name }: SyntaxNode): boolean {
  return name.endsWith('Pattern');
}

function captured(reader: Reader, node: SyntaxNode): string | null {
  const name = reader.textOf(node);
  return name === '_' ? null : name;
}

/** A number with its sign, a text, `None`, `True` or `False`. */
function literal(reader: Reader, nodes: readonly SyntaxNode[]): Expression {
  const [first, second] = nodes;
  if (!first || nodes.length > 2) throw reader.fail(first ?? 0, 'complex numbers are not compared with');
  if (!second) return reader.expression(first);
  return { kind: 'unary', op: '-', operand: reader.expression(second), ...reader.placeOf(first) };
}

/** `a.b.c`. */
function path(reader: Reader, node: SyntaxNode): Expression {
  const place = reader.placeOf(node);
  const [first = '', ...more] = children(node)
    .filter(({ name }) => name !== '.')
    .map((part) => reader.textOf(part));
  let value: Expression = {
    kind: 'name',
    id: node.name === 'VariableName' ? reader.textOf(node) : first,
    ...place,
  };
  for (const name of more) value = { kind: 'attribute', object: value, name, ...place };
  return value;
}

function mapping(reader: Reader, nodes: readonly SyntaxNode[]): Unplaced<Pattern> {
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let rest: string | null = null;
  for (const group of betweenCommas(nodes)) {
    const [first, second] = group;
    if (first?.name === '**' && second) {
      const inner = pattern(reader, second);
      if (inner.kind !== 'capture' || inner.name === null) throw reader.fail(first, '** needs a name');
      rest = inner.name;
      continue;
    }
    const [[key] = [], [value] = []] = splitAt(group, ':');
    if (!key || !value) throw reader.fail(first ?? 0, 'a key has no pattern');
    const read = isPattern(key) ? pattern(reader, key) : { kind: 'value' as const, value: path(reader, key) };
    if (read.kind !== 'value') throw reader.fail(key, 'a key must be a value');
    entries.push({ key: read.value, pattern: pattern(reader, value) });
  }
  return { kind: 'mapping', entries, rest };
}

function classPattern(reader: Reader, type: SyntaxNode, list: SyntaxNode | undefined): Unplaced<Pattern> {
  const patterns: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  for (const [node] of betweenCommas(list ? children(list).slice(1, -1) : [])) {
    if (!node) continue;
    const [name, , value] = children(node);
    if (node.name !== 'KeywordPattern' || !name) patterns.push(pattern(reader, node));
    else {
      const inner = value ?? children(node).at(-1);
      if (inner) keywords.push({ name: reader.textOf(name), pattern: pattern(reader, inner) });
    }
  }
  return { kind: 'class', type: path(reader, type), patterns, keywords };
}
