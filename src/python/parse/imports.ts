import type { ImportedName, Statement } from '../syntax';
import { betweenCommas, children, type SyntaxNode } from './nodes';
import type { Reader, Unplaced } from './reader';

type Import = Extract<Statement, { kind: 'import' | 'from' }>;
/** `import a.b as c`, or `from ..a import b as c`. */
export function importOf(reader: Reader, node: SyntaxNode): Unplaced<Import> {
  const nodes = children(node);
  const at = nodes.findIndex(({ name }) => name === 'import');
  const names = nodes.slice(at + 1).filter(({ name }) => name !== '(' && name !== ')');
  if (at === 0) return { kind: 'import', names: importedNames(reader, names) };
  const source = nodes.slice(1, at);
  const dots = source.findIndex(({ name }) => name === 'VariableName');
  const leading = source.slice(0, dots < 0 ? source.length : dots);
  return {
    kind: 'from',
    module: source
      .slice(leading.length)
      .map((part) => reader.textOf(part))
      .join(''),
    level: leading.reduce((count, part) => count + reader.textOf(part).length, 0),
    names: names[0]?.name === '*' ? '*' : importedNames(reader, names),
  };
}

function importedNames(reader: Reader, nodes: readonly SyntaxNode[]): ImportedName[] {
  return betweenCommas(nodes).map((group) => {
    const as = group.findIndex(({ name }) => name === 'as');
    const alias = as < 0 ? undefined : group[as + 1];
    const path = as < 0 ? group : group.slice(0, as);
    return {
      name: path.map((part) => reader.textOf(part)).join(''),
      alias: alias ? reader.textOf(alias) : null,
    };
  });
}
