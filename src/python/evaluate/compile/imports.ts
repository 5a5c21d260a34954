import type { Statement } from '../../syntax';
import { FALLS, type Compiler, type Execute } from './compiler';
import { storeName } from './names';
import type { Scope } from './scope';

/** `import a.b as c`. */
export function importStatement(
  compiler: Compiler,
  node: Statement & { kind: 'import' },
  scope: Scope,
): Execute {
  const { runtime, isGuarded } = compiler;
  const all = node.names.map(({ name, alias }) => {
    const [first = name] = name.split('.');
    return { name, first: alias === null ? first : null, store: storeName(compiler, alias ?? first, scope) };
  });
  return (frame) => {
    for (const { name, first, store } of all) {
      const module = runtime.importModule(name, 0, isGuarded);
      store(frame, first === null ? module : runtime.importModule(first, 0, isGuarded));
    }
    return FALLS;
  };
}

/** `from ..a import b as c`. */
export function fromStatement(compiler: Compiler, node: Statement & { kind: 'from' }, scope: Scope): Execute {
  const { runtime, isGuarded } = compiler;
  const { module: path, level, names } = node;
  if (names === '*') {
    return (frame) => {
      const module = runtime.importModule(path, level, isGuarded);
      for (const [name, value] of runtime.publicNames(module)) frame.names?.set(name, value);
      return FALLS;
    };
  }
  const all = names.map(({ name, alias }) => ({ name, store: storeName(compiler, alias ?? name, scope) }));
  return (frame) => {
    const module = runtime.importModule(path, level, isGuarded);
    for (const { name, store } of all) store(frame, runtime.importMember(module, name));
    return FALLS;
  };
}
