import { ellipsis, type Expression, type FormattedPart } from '../../syntax';
import { PyList, pyEllipsis, PySlice, PyTuple } from '../../values/containers';
import { PyDict, PySet } from '../../values/dict';
import type { Value } from '../../values/object';
import type { Frame } from '../frame';
import { checkedText } from '../operators/binary';
import { argumentsOf, call } from './calls';
import type { Compiler, Evaluate } from './compiler';
import { comprehension } from './comprehensions';
import { lambda } from './functions';
import { loadName, storeName } from './names';
import { binaryExpression, comparison, conditional, shortCircuit, unaryExpression } from './operators';
import type { Scope } from './scope';

/** An expression, made ready. */
export function evaluateExpression(compiler: Compiler, node: Expression, scope: Scope): Evaluate {
  const { runtime } = compiler;
  const ask = (part: Expression) => compiler.expression(part, scope);
  const unknown = (what: string): Evaluate => {
    return () => {
      runtime.at = node;
      throw runtime.unknown(`${what} is not known here`);
    };
  };
  switch (node.kind) {
    case 'name':
      return loadName(compiler, node, scope);
    case 'constant': {
      const value: Value = node.value === ellipsis ? pyEllipsis : node.value;
      return () => value;
    }
    case 'formatted':
      return formatted(compiler, node.parts, scope);
    case 'list':
    case 'tuple':
    case 'set': {
      const items = argumentsOf(compiler, node.items, scope);
      return container(compiler, node.kind, items);
    }
    case 'dict':
      return dict(compiler, node, scope);
    case 'unary':
      return unaryExpression(compiler, node, scope);
    case 'binary':
      return binaryExpression(compiler, node, scope);
    case 'and':
    case 'or':
      return shortCircuit(compiler, node, scope);
    case 'compare':
      return comparison(compiler, node, scope);
    case 'conditional':
      return conditional(compiler, node, scope);
    case 'lambda':
      return lambda(compiler, node, scope);
    case 'call':
      return call(compiler, node, scope);
    case 'attribute': {
      const object = ask(node.object);
      const { name } = node;
      return (frame) => {
        const owner = object(frame);
        runtime.at = node;
        return runtime.getAttribute(owner, name);
      };
    }
    case 'subscript': {
      const [object, index] = [ask(node.object), ask(node.index)];
      return (frame) => {
        const from = object(frame);
        const key = index(frame);
        runtime.at = node;
        return runtime.getItem(from, key);
      };
    }
    case 'slice': {
      const [start, stop, step] = [node.start, node.stop, node.step].map((part) => part && ask(part));
      return (frame) => new PySlice(start?.(frame) ?? null, stop?.(frame) ?? null, step?.(frame) ?? null);
    }
    case 'comprehension':
      return comprehension(compiler, node, scope);
    case 'walrus': {
      const [value, store] = [ask(node.value), storeName(compiler, node.name, scope)];
      return (frame) => {
        const given = value(frame);
        store(frame, given);
        return given;
      };
    }
    case 'bytes':
      return unknown('bytes');
    case 'imaginary':
      return unknown('a complex number');
    case 'await':
      return unknown('await');
    case 'yield':
    case 'yieldFrom':
      return unknown('a yield inside an expression');
    case 'starred':
      return unknown('a star here');
  }
}

function container(
  { runtime }: Compiler,
  kind: 'list' | 'tuple' | 'set',
  items: (frame: Frame) => Value[],
): Evaluate {
  if (kind === 'set') {
    return (frame) => {
      const set = new PySet();
      const values = items(frame);
      runtime.allocate(values.length);
      for (const value of values) set.add(runtime.key(value), value);
      return set;
    };
  }
  return (frame) => {
    const values = items(frame);
    runtime.allocate(values.length + 1);
    return kind === 'list' ? new PyList(values) : new PyTuple(values);
  };
}

function dict(compiler: Compiler, node: Expression & { kind: 'dict' }, scope: Scope): Evaluate {
  const { runtime } = compiler;
  const entries = node.entries.map(({ key, value }) => ({
    key: key && compiler.expression(key, scope),
    value: compiler.expression(value, scope),
  }));
  return (frame) => {
    const made = new PyDict();
    runtime.allocate(entries.length);
    for (const { key, value } of entries) {
      const name = key?.(frame);
      const given = value(frame);
      if (name !== undefined) made.put(runtime.key(name), name, given);
      else if (given instanceof PyDict) {
        runtime.allocate(given.entries.size);
        for (const [each, [own, entry]] of given.entries) made.put(each, own, entry);
      } else throw runtime.error('TypeError', `'${runtime.typeOf(given).name}' object is not a mapping`);
    }
    return made;
  };
}

/** An f-string: formats may hold fields themselves. */
function formatted(compiler: Compiler, parts: readonly FormattedPart[], scope: Scope): Evaluate {
  const { runtime } = compiler;
  const pieces = parts.map((part): ((frame: Frame) => string) => {
    if (typeof part === 'string') return () => part;
    const value = compiler.expression(part.value, scope);
    const format = formatted(compiler, part.format, scope);
    const { label } = part;
    const conversion = part.conversion ?? (label !== null && part.format.length === 0 ? 'r' : null);
    return (frame) => {
      const given = value(frame);
      const shown =
        conversion === null ? given : conversion === 's' ? runtime.str(given) : runtime.repr(given);
      return `${label ?? ''}${runtime.format(shown, runtime.str(format(frame)))}`;
    };
  });
  return (frame) => {
    const text = pieces.map((piece) => piece(frame)).join('');
    runtime.allocate(text.length >> 3);
    return checkedText(runtime, text);
  };
}
