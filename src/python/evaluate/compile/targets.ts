import type { Expression } from '../../syntax';
import { PyList } from '../../values/containers';
import type { Value } from '../../values/object';
import type { Frame } from '../frame';
import type { Assign, Compiler } from './compiler';
import { deleteName, storeName } from './names';
import type { Scope } from './scope';

/** Gives a value to a name, an attribute, a part, or each of its own values to one of several. */
export function assignTo(compiler: Compiler, node: Expression, scope: Scope): Assign {
  const { runtime } = compiler;
  switch (node.kind) {
    case 'name':
      return storeName(compiler, node.id, scope);
    case 'attribute': {
      const object = compiler.expression(node.object, scope);
      return (frame, value) => {
        const owner = object(frame);
        runtime.at = node;
        runtime.setAttribute(owner, node.name, value);
      };
    }
    case 'subscript': {
      const object = compiler.expression(node.object, scope);
      const index = compiler.expression(node.index, scope);
      return (frame, value) => {
        const [container, key] = [object(frame), index(frame)];
        runtime.at = node;
        runtime.setItem(container, key, value);
      };
    }
    case 'tuple':
    case 'list':
      return unpack(compiler, node.items, scope);
    default:
      throw runtime.unknown('assigning to this is not known here');
  }
}

function unpack(compiler: Compiler, nodes: readonly Expression[], scope: Scope): Assign {
  const { runtime } = compiler;
  const star = nodes.findIndex(({ kind }) => kind === 'starred');
  const targets = nodes.map((node) => compiler.assign(node.kind === 'starred' ? node.value : node, scope));
  const least = star < 0 ? nodes.length : nodes.length - 1;
  return (frame, value) => {
    const values = valuesOf(compiler, value, star < 0 ? nodes.length : Infinity);
    if (values.length < least)
      throw runtime.error(
        'ValueError',
        `not enough values to unpack (expected ${star < 0 ? '' : 'at least '}${least}, got ${values.length})`,
      );
    if (star < 0 && values.length > least)
      throw runtime.error('ValueError', `too many values to unpack (expected ${least})`);
    const rest = values.length - least;
    for (const [at, assign] of targets.entries()) {
      if (at === star) assign(frame, new PyList(values.slice(star, star + rest)));
      else assign(frame, values[at + (star >= 0 && at > star ? rest - 1 : 0)] ?? null);
    }
  };
}

/** The values to hand out: no more than one too many, as the source may be endless. */
function valuesOf({ runtime }: Compiler, value: Value, most: number): Value[] {
  if (typeof value !== 'object' && typeof value !== 'string')
    throw runtime.error('TypeError', `cannot unpack non-iterable ${runtime.typeOf(value).name} object`);
  if (value === null) throw runtime.error('TypeError', 'cannot unpack non-iterable NoneType object');
  const values: Value[] = [];
  for (const item of runtime.iterate(value)) {
    values.push(item);
    if (values.length > most) break;
    runtime.allocate(1);
  }
  return values;
}

/** `del target`. */
export function deleteFrom(compiler: Compiler, node: Expression, scope: Scope): (frame: Frame) => void {
  const { runtime } = compiler;
  switch (node.kind) {
    case 'name':
      return deleteName(compiler, node.id, scope);
    case 'attribute': {
      const object = compiler.expression(node.object, scope);
      return (frame) => {
        runtime.deleteAttribute(object(frame), node.name);
      };
    }
    case 'subscript': {
      const object = compiler.expression(node.object, scope);
      const index = compiler.expression(node.index, scope);
      return (frame) => {
        const [container, key] = [object(frame), index(frame)];
        runtime.at = node;
        runtime.deleteItem(container, key);
      };
    }
    case 'tuple':
    case 'list': {
      const all = node.items.map((item) => deleteFrom(compiler, item, scope));
      return (frame) => {
        for (const one of all) one(frame);
      };
    }
    default:
      throw runtime.unknown('deleting this is not known here');
  }
}
