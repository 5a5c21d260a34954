import type { BinaryOperator, Block, Expression, Handler, Statement, WithItem } from '../syntax';
import { targetOf } from './clauses';
import { classOf, decorated, functionOf } from './definitions';
import { expression, expressions } from './expressions';
import { importOf } from './imports';
import { betweenCommas, children, splitAt, type SyntaxNode } from './nodes';
import { annotationOf } from './parameters';
import { patternOf } from './patterns';
import type { Reader, Unplaced } from './reader';

/** Statements one below the other; several on one line are several. */
export function block(reader: Reader, nodes: readonly SyntaxNode[]): Block {
  return nodes.flatMap((node): Statement[] => {
    if (node.name === 'StatementGroup') return [...block(reader, children(node))];
    if (node.name === ';' || node.name === ':') return [];
    return [reader.deepen(node, () => ({ ...statement(reader, node), ...reader.placeOf(node) }))];
  });
}

function statement(reader: Reader, node: SyntaxNode): Unplaced<Statement> {
  const nodes = children(node);
  const [first, second] = nodes;
  const ask = (child: SyntaxNode | undefined) => {
    if (!child) throw reader.fail(node, 'an expression is missing');
    return expression(reader, child);
  };
  const body = (of: SyntaxNode) => block(reader, children(of));
  switch (node.name) {
    case 'ExpressionStatement':
      return { kind: 'expression', value: expressions(reader, nodes) };
    case 'YieldStatement':
      return { kind: 'expression', value: expression(reader, node) };
    case 'AssignStatement':
      return assignment(reader, nodes);
    case 'UpdateStatement':
      return update(reader, nodes);
    case 'ReturnStatement':
      return { kind: 'return', value: second ? expressions(reader, nodes.slice(1)) : null };
    case 'DeleteStatement':
      return {
        kind: 'delete',
        targets: betweenCommas(nodes.slice(1)).map((group) => targetOf(reader, group)),
      };
    case 'PassStatement':
      return { kind: 'pass' };
    case 'BreakStatement':
      return { kind: 'break' };
    case 'ContinueStatement':
      return { kind: 'continue' };
    case 'RaiseStatement':
      if (nodes.some(({ name }) => name === ',')) throw reader.fail(node, 'this is Python 2');
      return {
        ...{ kind: 'raise', exception: second ? ask(second) : null },
        cause: nodes[3] ? ask(nodes[3]) : null,
      };
    case 'ScopeStatement':
      return {
        kind: first?.name === 'global' ? 'global' : 'nonlocal',
        names: nodes.filter(({ name }) => name === 'VariableName').map((name) => reader.textOf(name)),
      };
    case 'AssertStatement':
      return { kind: 'assert', test: ask(second), message: nodes[3] ? ask(nodes[3]) : null };
    case 'ImportStatement':
      return importOf(reader, node);
    case 'IfStatement':
      return conditional(reader, node, nodes);
    case 'WhileStatement':
      return {
        ...{ kind: 'while', test: ask(second) },
        ...loopBodies(nodes, body),
      };
    case 'ForStatement': {
      const [start, into] = ['for', 'in'].map((word) => nodes.findIndex(({ name }) => name === word));
      const end = nodes.findIndex(({ name }) => name === 'Body');
      return {
        ...{ kind: 'for', isAsync: first?.name === 'async' },
        target: targetOf(reader, nodes.slice((start ?? 0) + 1, into)),
        iterable: expressions(reader, nodes.slice((into ?? 0) + 1, end)),
        ...loopBodies(nodes, body),
      };
    }
    case 'TryStatement':
      return attempt(reader, nodes, body);
    case 'WithStatement':
      return {
        ...{ kind: 'with', isAsync: first?.name === 'async' },
        items: withItems(reader, nodes),
        body: nodes.flatMap((child) => (child.name === 'Body' ? body(child) : [])),
      };
    case 'FunctionDefinition':
      return functionOf(reader, node, [], body);
    case 'ClassDefinition':
      return classOf(reader, node, [], body);
    case 'DecoratedStatement':
      return decorated(reader, nodes, body);
    case 'MatchStatement':
      return match(reader, node, body);
    case 'TypeDefinition':
      return { kind: 'type', name: second ? reader.textOf(second) : '', value: ask(nodes.at(-1)) };
    default:
      throw reader.fail(node, node.name === 'PrintStatement' ? 'this is Python 2' : 'this is not Python');
  }
}

function assignment(reader: Reader, nodes: readonly SyntaxNode[]): Unplaced<Statement> {
  const type = nodes.find(({ name }) => name === 'TypeDef');
  const groups = splitAt(
    nodes.filter((node) => node !== type),
    'AssignOp',
  );
  if (type) {
    const [target = [], value] = groups;
    return {
      ...{ kind: 'annotated', target: targetOf(reader, target), annotation: annotationOf(reader, type) },
      value: value ? expressions(reader, value) : null,
    };
  }
  return {
    ...{ kind: 'assign', targets: groups.slice(0, -1).map((group) => targetOf(reader, group)) },
    value: expressions(reader, groups.at(-1) ?? []),
  };
}

function update(reader: Reader, nodes: readonly SyntaxNode[]): Unplaced<Statement> {
  const at = nodes.findIndex(({ name }) => name === 'UpdateOp');
  const op = nodes[at];
  const target = targetOf(reader, nodes.slice(0, at));
  if (!op || target.kind === 'tuple' || target.kind === 'list')
    throw reader.fail(nodes[0] ?? 0, 'only one thing can be updated');
  return {
    ...{ kind: 'augmented', target, op: reader.textOf(op).slice(0, -1) as BinaryOperator },
    value: expressions(reader, nodes.slice(at + 1)),
  };
}

/** `if`, `elif`s and `else`: an `elif` is an `if` in the `else`, so they are nested from the end. */
function conditional(reader: Reader, node: SyntaxNode, nodes: readonly SyntaxNode[]): Unplaced<Statement> {
  const arms: { test: SyntaxNode; body: Block }[] = [];
  let otherwise: Block = [];
  for (const [index, child] of nodes.entries()) {
    if (child.name !== 'Body') continue;
    const body = block(reader, children(child));
    const test = nodes[index - 1];
    if (test?.name === 'else') otherwise = body;
    else if (test && test.name !== 'elif') arms.push({ test, body });
    else throw reader.fail(child, 'a condition is missing');
  }
  reader.checkNesting(node, arms.length);
  for (const { test, body } of arms.slice(1).reverse()) {
    const place = reader.placeOf(test);
    otherwise = [{ kind: 'if', test: expression(reader, test), body, otherwise, ...place }];
  }
  const [main] = arms;
  if (!main) throw reader.fail(node, 'a condition is missing');
  return { kind: 'if', test: expression(reader, main.test), body: main.body, otherwise };
}

type ReadBody = (node: SyntaxNode) => Block;

function loopBodies(nodes: readonly SyntaxNode[], body: ReadBody): { body: Block; otherwise: Block } {
  const [main, otherwise] = nodes.filter(({ name }) => name === 'Body');
  return { body: main ? body(main) : [], otherwise: otherwise ? body(otherwise) : [] };
}

function attempt(reader: Reader, nodes: readonly SyntaxNode[], body: ReadBody): Unplaced<Statement> {
  const parts = { body: [] as Block, otherwise: [] as Block, final: [] as Block };
  const handlers: Handler[] = [];
  let head: SyntaxNode[] = [];
  for (const node of nodes) {
    if (node.name !== 'Body') {
      head.push(node);
      continue;
    }
    const [word, ...rest] = head;
    head = [];
    if (word?.name === 'try') parts.body = body(node);
    else if (word?.name === 'else') parts.otherwise = body(node);
    else if (word?.name === 'finally') parts.final = body(node);
    else if (word) handlers.push(handler(reader, word, rest, body(node)));
  }
  if (handlers.length === 0 && !nodes.some(({ name }) => name === 'finally'))
    throw reader.fail(nodes[0] ?? 0, 'a try needs an except or a finally');
  return { kind: 'try', handlers, ...parts };
}

function handler(reader: Reader, word: SyntaxNode, rest: readonly SyntaxNode[], body: Block): Handler {
  const isGroup = rest[0]?.name === '*';
  const [type, as, name] = isGroup ? rest.slice(1) : rest;
  if (as && reader.textOf(as) === ',') throw reader.fail(as, 'this is Python 2');
  return {
    ...{ type: type ? expression(reader, type) : null, name: name ? reader.textOf(name) : null },
    ...{ body, isGroup, ...reader.placeOf(word) },
  };
}

function withItems(reader: Reader, nodes: readonly SyntaxNode[]): WithItem[] {
  const start = nodes.findIndex(({ name }) => name === 'with');
  const end = nodes.findIndex(({ name }) => name === 'Body');
  return betweenCommas(nodes.slice(start + 1, end)).map(([context, , name]) => {
    if (!context) throw reader.fail(nodes[0] ?? 0, 'an expression is missing');
    return { context: expression(reader, context), target: name ? expression(reader, name) : null };
  });
}

function match(reader: Reader, node: SyntaxNode, body: ReadBody): Unplaced<Statement> {
  const [, subject, clauses] = children(node);
  if (!subject || !clauses || subject.name === '*') throw reader.fail(node, 'an expression is missing');
  const cases = children(clauses).filter(({ name }) => name === 'MatchClause');
  return {
    ...{ kind: 'match', subject: expression(reader, subject) },
    cases: cases.map((clause) => {
      const nodes = children(clause);
      const guard = nodes.find(({ name }) => name === 'Guard');
      const end = nodes.findIndex(({ name }) => name === 'Guard' || name === 'Body');
      const test: Expression | null = guard ? annotationOf(reader, guard) : null;
      const main = nodes.at(-1);
      return {
        ...{ pattern: patternOf(reader, nodes.slice(1, end)), guard: test },
        ...{ body: main ? body(main) : [], ...reader.placeOf(clause) },
      };
    }),
  };
}
