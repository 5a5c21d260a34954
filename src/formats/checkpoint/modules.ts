import type { ModuleNode, NamedTensor, Opaque, Value } from '../../core/checkpoint';
import { asKind } from '../pickle/values';
import { childrenOf, keyText, moduleState, namedTensors, SCRIPT_OBJECT, stateOf } from './walk';

/** Modules in modules: deeper trees are loops or tricks. */
const MAX_DEPTH = 64;
/** Modules of one tree; the largest real networks have some ten thousand. */
const MAX_MODULES = 100_000;

/** What the code of a TorchScript program says of a class. */
export interface ScriptClass {
  parameters: ReadonlySet<string>;
  buffers: ReadonlySet<string>;
  methods: readonly string[];
}

/** The tree of a network that was pickled whole, or of a TorchScript program; `null` for what is neither. */
export function moduleTree(
  root: Value,
  classes: ReadonlyMap<string, ScriptClass> = new Map(),
): ModuleNode | null {
  let left = MAX_MODULES;
  const above = new Set<Value>();
  return node(root, '', 0);

  function node(value: Value, name: string, depth: number): ModuleNode | null {
    const object = asKind(value, 'object');
    if (!object || depth > MAX_DEPTH || left <= 0 || above.has(object)) return null;
    const scripted = object.name.startsWith('__torch__.');
    if (!scripted && !moduleState(object) && depth === 0) return null;
    left -= 1;
    above.add(object);
    const state = asKind(object.state, 'dict');
    // A class that packs its state into something else says there what its tensors are.
    const known = state ? classes.get(object.name) : undefined;
    const parts = split(object, known);
    const children = parts.children
      .map(([key, child]) => node(child, key, depth + 1))
      .filter((child) => child !== null);
    above.delete(object);
    return { name, type: object.name, ...parts, children, methods: classes.get(object.name)?.methods ?? [] };
  }
}

interface Parts {
  attributes: Map<string, Value>;
  parameters: NamedTensor[];
  buffers: NamedTensor[];
  children: [string, Value][];
}

/** The attributes of a module by what they are. */
function split(value: Opaque, known: ScriptClass | undefined): Parts {
  const parts: Parts = { attributes: new Map(), parameters: [], buffers: [], children: [] };
  const module = moduleState(value);
  if (!module) {
    for (const [key, inner] of childrenOf(stateOf(value))) sort(parts, key, inner, known);
    return parts;
  }
  const under = (part: string) =>
    [...(asKind(module.entries.get(part), 'dict')?.entries ?? [])].map(
      ([key, one]) => [keyText(key), one] as const,
    );
  const tensors = (part: string) =>
    under(part).flatMap(([name, one]) => {
      const tensor = asKind(one, 'tensor');
      return tensor ? [{ name, tensor }] : [];
    });
  parts.parameters = tensors('_parameters');
  parts.buffers = tensors('_buffers');
  parts.children = under('_modules')
    .filter(([, child]) => child !== null)
    .map(([key, child]) => [key, child]);
  for (const part of ['_parameters', '_buffers', '_modules']) {
    for (const [name, one] of under(part)) if (one === null) parts.attributes.set(name, null);
  }
  for (const [key, one] of module.entries) {
    const name = keyText(key);
    if (isPacked(one)) {
      const within = namedTensors(one).map((part) => ({ ...part, name: `${name}.${part.name}` }));
      parts.parameters.push(...within);
    } else if (!name.startsWith('_') && !isHook(name)) parts.attributes.set(name, one);
  }
  return parts;
}

/** A tensor that a class of a program lists as neither is an attribute that no state dict holds. */
function listOf(parts: Parts, key: string, known: ScriptClass | undefined): NamedTensor[] {
  if (known?.buffers.has(key)) return parts.buffers;
  return known === undefined || known.parameters.has(key) ? parts.parameters : [];
}

function sort(parts: Parts, key: string, value: Value, known: ScriptClass | undefined): void {
  const tensor = asKind(value, 'tensor');
  if (tensor) listOf(parts, key, known).push({ name: key, tensor });
  else if (asKind(value, 'object')) parts.children.push([key, value]);
  else parts.attributes.set(key, value);
}

/** What quantized modules keep their weights in: an object of a program, or a tuple of weight and bias. */
function isPacked(value: Value): boolean {
  if (asKind(value, 'object')?.name === SCRIPT_OBJECT) return true;
  return asKind(value, 'tuple')?.items.some((item) => asKind(item, 'tensor') !== null) ?? false;
}

function isHook(name: string): boolean {
  return name.endsWith('_hooks') || name === 'dump_patches';
}

/** The tensors of a module and of those inside it, as its state dict names them. */
export function stateDict({ parameters, buffers, children }: ModuleNode, prefix = ''): NamedTensor[] {
  return [
    ...[...parameters, ...buffers].map(({ name, tensor }) => ({ name: prefix + name, tensor })),
    ...children.flatMap((child) => stateDict(child, `${prefix}${child.name}.`)),
  ];
}
