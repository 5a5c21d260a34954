import type { NamedTensor, Opaque, StoredTensor, Value } from '../../core/checkpoint';
import { asKind, itemsOf } from '../pickle/values';

/** Names listed of one file: a short pickle can refer to one list from a million places. */
const MAX_TENSORS = 1_000_000;
/** Values looked at for them: a short pickle can have more ways through it than there is time for. */
const MAX_VALUES = 2_000_000;
/** Dicts in dicts: a module tree of real networks has some ten levels, each of three. */
const MAX_DEPTH = 128;

/** How many values may still be looked at; shared by walks that must not take its time twice. */
interface Budget {
  left: number;
}

export function fullBudget(): Budget {
  return { left: MAX_VALUES };
}

/** Whether a tensor lies anywhere below a value; each value is looked at once, however many ways lead to it. */
export function holdsTensors(value: Value | undefined, without = new Set<Value>()): boolean {
  const seen = new Set<Value>();
  const waiting: Value[] = [value ?? null];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current === null || typeof current !== 'object' || seen.has(current) || without.has(current))
      continue;
    if (current.kind === 'tensor') return true;
    seen.add(current);
    for (const [, child] of childrenOf(current)) waiting.push(child);
  }
  for (const each of seen) without.add(each);
  return false;
}

/**
 * Every tensor below a value by its dotted path, in the file's order: through dicts, lists, and the state of objects.
 * A module that was pickled whole gives the names its state dict would have.
 */
export function namedTensors(
  value: Value,
  leave: (path: string) => boolean = () => false,
  budget = fullBudget(),
): NamedTensor[] {
  const found: NamedTensor[] = [];
  const above = new Set<Value>();
  if (holdsTensors(value)) visit(value, '', 0);
  return found;

  function visit(current: Value, path: string, depth: number): void {
    budget.left -= 1;
    if (current === null || typeof current !== 'object' || found.length >= MAX_TENSORS) return;
    if (depth > MAX_DEPTH || above.has(current) || (path !== '' && leave(path))) return;
    if (current.kind === 'tensor') {
      found.push({ name: path || 'tensor', tensor: current });
      return;
    }
    above.add(current);
    for (const [key, child] of childrenOf(current)) {
      if (budget.left <= 0) break;
      visit(child, join(path, key), depth + 1);
    }
    above.delete(current);
  }
}

/** What lies directly inside a value, with the part of the path that leads there; `''` adds nothing to it. */
export function* childrenOf(value: Value): Iterable<readonly [string, Value]> {
  if (value === null || typeof value !== 'object') return;
  switch (value.kind) {
    case 'dict':
      for (const [key, child] of value.entries) yield [keyText(key), child];
      return;
    case 'list':
    case 'tuple':
    case 'set':
      for (const [at, child] of value.items.entries()) yield [String(at), child];
      return;
    case 'object': {
      const module = moduleState(value);
      if (module) {
        for (const part of ['_parameters', '_buffers', '_modules']) {
          yield ['', role(module.entries.get(part) ?? null, part)];
        }
        // Quantized modules keep packed tensors beside these.
        for (const [key, child] of module.entries) {
          const packed = asKind(child, 'object')?.name === SCRIPT_OBJECT;
          if (packed || (asKind(child, 'tensor') && !keyText(key).startsWith('_')))
            yield [keyText(key), child];
        }
        return;
      }
      if (value.name === SCRIPT_OBJECT) {
        yield ['', itemsOf(value.state)?.[0] ?? null];
        return;
      }
      yield ['', stateOf(value)];
      for (const [at, child] of value.items.entries()) yield [String(at), child];
      for (const [key, child] of value.entries) yield [keyText(key), child];
      for (const child of value.arguments) yield ['', child];
      return;
    }
    default:
  }
}

/** An object of a class of C++, such as packed weights: `(state, class)`. */
export const SCRIPT_OBJECT = 'torch.ScriptObject';

/** The attributes of a pickled `torch.nn.Module`; `null` for any other value. */
export function moduleState(value: Value) {
  const state = asKind(asKind(value, 'object')?.state, 'dict');
  return state?.entries.has('_parameters') && state.entries.has('_modules') ? state : null;
}

/** Tensors of `_buffers` say that they are buffers. */
function role(value: Value, part: string): Value {
  const dict = asKind(value, 'dict');
  if (part !== '_buffers' || !dict) return value;
  const entries = new Map<Value, Value>();
  for (const [key, child] of dict.entries) {
    const tensor = asKind(child, 'tensor');
    entries.set(key, tensor ? buffer(tensor) : child);
  }
  return { ...dict, entries };
}

function buffer(tensor: StoredTensor): StoredTensor {
  return { ...tensor, role: 'buffer' };
}

/** The state of an object; quantized convolutions are pickled as a tuple, whose places get their names. */
export function stateOf({ name, state }: Opaque): Value {
  const tuple = asKind(state, 'tuple');
  if (!tuple || !/quantized.*Conv/i.test(name)) return state;
  const entries = new Map<Value, Value>();
  for (const [at, child] of tuple.items.entries()) entries.set(CONV_STATE[at] ?? String(at), child);
  return { kind: 'dict', type: 'dict', entries, state: null };
}

const CONV_STATE = [
  ...[
    'in_channels',
    'out_channels',
    'kernel_size',
    'stride',
    'padding',
    'dilation',
    'transposed',
    'output_padding',
  ],
  ...['groups', 'padding_mode', 'weight', 'bias', 'scale', 'zero_point', 'training'],
];

function join(path: string, key: string): string {
  if (path === '' || key === '') return path + key;
  return `${path}.${key}`;
}

/** A key of a dict as it stands in a path. */
export function keyText(key: Value): string {
  if (key === null) return 'None';
  return typeof key === 'object' ? key.kind : String(key);
}
