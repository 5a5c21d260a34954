import type { Block, ClassDefinition, Expression, FunctionDefinition } from '../syntax';
import { callOf } from './calls';
import { children, type SyntaxNode } from './nodes';
import { annotationOf, parametersOf } from './parameters';
import type { Reader } from './reader';

type ReadBody = (node: SyntaxNode) => Block;

/** `def name(…): …`, with the decorators that stand above it. */
export function functionOf(
  reader: Reader,
  node: SyntaxNode,
  decorators: readonly Expression[],
  body: ReadBody,
): FunctionDefinition {
  const nodes = children(node);
  const named = (name: string) => nodes.find((child) => child.name === name);
  const [name, returns, main] = [named('VariableName'), named('TypeDef'), named('Body')];
  return {
    kind: 'function',
    isAsync: nodes[0]?.name === 'async',
    name: name ? reader.textOf(name) : '',
    parameters: parametersOf(reader, named('ParamList')),
    returns: returns ? annotationOf(reader, returns) : null,
    body: main ? body(main) : [],
    decorators,
  };
}

/** `class name(…): …`, with the decorators that stand above it. */
export function classOf(
  reader: Reader,
  node: SyntaxNode,
  decorators: readonly Expression[],
  body: ReadBody,
): ClassDefinition {
  const nodes = children(node);
  const named = (name: string) => nodes.find((child) => child.name === name);
  const [name, main] = [named('VariableName'), named('Body')];
  const self: Expression = { kind: 'constant', value: null, ...reader.placeOf(node) };
  const { args, keywords } = callOf(reader, self, named('ArgList'));
  return {
    ...{ kind: 'class', name: name ? reader.textOf(name) : '', bases: args, keywords },
    ...{ body: main ? body(main) : [], decorators },
  };
}

/** A definition and what stands above it with `@`. */
export function decorated(
  reader: Reader,
  nodes: readonly SyntaxNode[],
  body: ReadBody,
): FunctionDefinition | ClassDefinition {
  const decorators = nodes.slice(0, -1).map((node) => decorator(reader, node));
  const definition = nodes.at(-1);
  if (!definition) throw reader.fail(0, 'a decorator stands above nothing');
  return definition.name === 'ClassDefinition'
    ? classOf(reader, definition, decorators, body)
    : functionOf(reader, definition, decorators, body);
}

/** `@name.name(arguments)`: the grammar has no expression there, only its words. */
function decorator(reader: Reader, node: SyntaxNode): Expression {
  const place = reader.placeOf(node);
  const nodes = children(node);
  const [first, ...more] = nodes
    .filter(({ name }) => name === 'VariableName')
    .map((name) => reader.textOf(name));
  let value: Expression = { kind: 'name', id: first ?? '', ...place };
  for (const name of more) value = { kind: 'attribute', object: value, name, ...place };
  const list = nodes.find(({ name }) => name === 'ArgList');
  return list ? { ...callOf(reader, value, list), ...place } : value;
}
