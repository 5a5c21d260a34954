import type { Pattern, Statement } from '../../syntax';
import { PyList, PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import type { Value } from '../../values/object';
import type { Frame } from '../frame';
import { FALLS, type Compiler, type Execute } from './compiler';
import { storeName } from './names';
import type { Scope } from './scope';

type Matches = (frame: Frame, value: Value) => boolean;

/** `match`: the first case that fits. */
export function matchStatement(
  compiler: Compiler,
  node: Statement & { kind: 'match' },
  scope: Scope,
): Execute {
  const { runtime } = compiler;
  const subject = compiler.expression(node.subject, scope);
  const cases = node.cases.map(({ pattern, guard, body }) => ({
    fits: matcher(compiler, pattern, scope),
    guard: guard && compiler.expression(guard, scope),
    body: compiler.block(body, scope, null),
  }));
  return (frame) => {
    const value = subject(frame);
    for (const { fits, guard, body } of cases) {
      if (fits(frame, value) && (!guard || runtime.truth(guard(frame)))) return body(frame);
    }
    return FALLS;
  };
}

function matcher(compiler: Compiler, node: Pattern, scope: Scope): Matches {
  const { runtime } = compiler;
  const capture = (name: string | null): Matches => {
    const store = name === null ? null : storeName(compiler, name, scope);
    return (frame, value) => {
      store?.(frame, value);
      return true;
    };
  };
  switch (node.kind) {
    case 'capture':
      return capture(node.name);
    case 'star':
      return capture(node.name);
    case 'value': {
      const wanted = compiler.expression(node.value, scope);
      const isSingleton =
        node.value.kind === 'constant' &&
        (node.value.value === null || typeof node.value.value === 'boolean');
      return (frame, value) => {
        runtime.at = node;
        return runtime.truth(runtime.compare(isSingleton ? 'is' : '==', value, wanted(frame)));
      };
    }
    case 'or': {
      const all = node.patterns.map((pattern) => matcher(compiler, pattern, scope));
      return (frame, value) => all.some((fits) => fits(frame, value));
    }
    case 'as': {
      const [fits, store] = [matcher(compiler, node.pattern, scope), capture(node.name)];
      return (frame, value) => fits(frame, value) && store(frame, value);
    }
    case 'sequence':
      return sequence(compiler, node, scope);
    case 'mapping':
      return mapping(compiler, node, scope);
    case 'class':
      return instance(compiler, node, scope);
  }
}

function sequence(compiler: Compiler, node: Pattern & { kind: 'sequence' }, scope: Scope): Matches {
  const all = node.patterns.map((pattern) => matcher(compiler, pattern, scope));
  const star = node.patterns.findIndex(({ kind }) => kind === 'star');
  return (frame, value) => {
    if (!(value instanceof PyList) && !(value instanceof PyTuple)) return false;
    const { items } = value;
    const rest = items.length - (all.length - 1);
    if (star < 0 ? items.length !== all.length : rest < 0) return false;
    return all.every((fits, at) => {
      if (at === star) return fits(frame, new PyList(items.slice(star, star + rest)));
      return fits(frame, items[star >= 0 && at > star ? at + rest - 1 : at] ?? null);
    });
  };
}

function mapping(compiler: Compiler, node: Pattern & { kind: 'mapping' }, scope: Scope): Matches {
  const { runtime } = compiler;
  const entries = node.entries.map(({ key, pattern }) => ({
    key: compiler.expression(key, scope),
    fits: matcher(compiler, pattern, scope),
  }));
  const store = node.rest === null ? null : storeName(compiler, node.rest, scope);
  return (frame, value) => {
    if (!(value instanceof PyDict)) return false;
    const left = new PyDict();
    for (const [key, [name, item]] of value.entries) left.put(key, name, item);
    for (const { key, fits } of entries) {
      const wanted = runtime.key(key(frame));
      const entry = value.entries.get(wanted);
      if (!entry || !fits(frame, entry[1])) return false;
      left.entries.delete(wanted);
    }
    store?.(frame, left);
    return true;
  };
}

/** `Class(pattern, name=pattern)`; built-in classes take themselves as their only pattern. */
function instance(compiler: Compiler, node: Pattern & { kind: 'class' }, scope: Scope): Matches {
  const { runtime } = compiler;
  const type = compiler.expression(node.type, scope);
  const positional = node.patterns.map((pattern) => matcher(compiler, pattern, scope));
  const keywords = node.keywords.map(({ name, pattern }) => ({
    name,
    fits: matcher(compiler, pattern, scope),
  }));
  return (frame, value) => {
    const wanted = type(frame);
    runtime.at = node;
    if (!runtime.isInstance(value, wanted)) return false;
    const names = runtime.findAttribute(wanted, '__match_args__');
    const fitsAll = positional.every((fits, at) => {
      if (!(names instanceof PyTuple)) return at === 0 && fits(frame, value);
      const name = names.items[at];
      const part = typeof name === 'string' ? runtime.findAttribute(value, name) : undefined;
      return part !== undefined && fits(frame, part);
    });
    return (
      fitsAll &&
      keywords.every(({ name, fits }) => {
        const part = runtime.findAttribute(value, name);
        return part !== undefined && fits(frame, part);
      })
    );
  };
}
