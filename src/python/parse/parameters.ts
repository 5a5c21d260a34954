import type { Expression, Parameter, Parameters } from '../syntax';
import { children, type SyntaxNode } from './nodes';
import type { Reader } from './reader';

/** The parameters of a `def` or a `lambda`. */
export function parametersOf(reader: Reader, list: SyntaxNode | undefined): Parameters {
  const found: { -readonly [K in keyof Parameters]: Parameters[K] } & { positional: Parameter[] } = {
    ...{ positionalOnly: [], positional: [], rest: null, keywordOnly: [], others: null },
  };
  const keywordOnly: Parameter[] = [];
  let starred = false;
  const names = new Set<string>();
  for (const nodes of list?.name === 'ParamList' ? groupsOf(reader, list) : []) {
    if (nodes === 'slash') {
      if (starred || found.positionalOnly.length > 0 || found.positional.length === 0)
        throw reader.fail(list ?? 0, '/ stands in the wrong place');
      found.positionalOnly = found.positional;
      found.positional = [];
      continue;
    }
    const [first] = nodes;
    if (!first) continue;
    const isStarred = first.name === '*' || first.name === '**';
    if (found.others) throw reader.fail(first, 'nothing can stand behind the keyword arguments');
    if (first.name === '*') {
      if (starred) throw reader.fail(first, '* stands twice');
      starred = true;
      if (nodes.length === 1) continue;
    }
    const parameter = parameterOf(reader, nodes.slice(isStarred ? 1 : 0));
    if (names.has(parameter.name)) throw reader.fail(first, `${parameter.name} stands twice`);
    names.add(parameter.name);
    if (first.name === '**') found.others = parameter;
    else if (first.name === '*') found.rest = parameter;
    else if (starred) keywordOnly.push(parameter);
    else {
      const before = [...found.positionalOnly, ...found.positional];
      if (!parameter.default && before.some((other) => other.default))
        throw reader.fail(first, 'a parameter without a default stands behind one with a default');
      found.positional.push(parameter);
    }
  }
  return { ...found, keywordOnly };
}

/** Nodes between commas; the grammar has no node for the `/` behind positional-only parameters. */
function groupsOf(reader: Reader, list: SyntaxNode): (SyntaxNode[] | 'slash')[] {
  const groups: (SyntaxNode[] | 'slash')[] = [];
  let group: SyntaxNode[] = [];
  let from = list.from;
  const close = (to: number) => {
    if (group.length > 0) groups.push(group);
    else if (reader.text.slice(from, to).replaceAll(/#.*/g, '').includes('/')) groups.push('slash');
    group = [];
  };
  for (const node of children(list)) {
    if (node.name === '(') continue;
    if (node.name !== ',' && node.name !== ')') group.push(node);
    else {
      close(node.from);
      from = node.from;
    }
  }
  close(list.to);
  return groups;
}

/** `name: annotation = default`. */
function parameterOf(reader: Reader, nodes: readonly SyntaxNode[]): Parameter {
  const [name, ...more] = nodes;
  if (!name) throw reader.fail(0, 'a parameter has no name');
  const type = more.find((node) => node.name === 'TypeDef');
  const value = more.find((_, index) => index > 0 && more[index - 1]?.name === 'AssignOp');
  return {
    name: reader.textOf(name),
    annotation: type ? annotationOf(reader, type) : null,
    default: value ? reader.expression(value) : null,
    ...reader.placeOf(name),
  };
}

/** The expression of a `: annotation` or `-> annotation`. */
export function annotationOf(reader: Reader, node: SyntaxNode): Expression {
  const last = children(node).at(-1);
  if (!last) throw reader.fail(node, 'an annotation is missing');
  return reader.expression(last);
}
