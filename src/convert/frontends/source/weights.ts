import type { NamedTensor } from '../../../core/checkpoint';
import { PyDict, type Machine, type Value } from '../../../python';
import { openParameter } from '../../tape/parameters';
import type { ReadElements } from '../../tape/initializers';
import { dimOf } from '../../tape/size';
import type { Tape } from '../../tape/tape';
import { TensorValue } from '../../torch/values';

/** How the tensors of a checkpoint fit those of a network. */
export interface Match {
  pairs: readonly { name: string; value: TensorValue; stored: NamedTensor }[];
  /** What the network has and the checkpoint has not. */
  missing: readonly string[];
  /** What the checkpoint has and the network has not. */
  unexpected: readonly string[];
  /** What both have in different sizes: `fc.weight: 10 × 64 in the file, 10 × 32 in the class`. */
  misfits: readonly string[];
  /** The sizes of the network's tensors, and those of the checkpoint by the same names. */
  sizes: ReadonlyMap<string, readonly number[]>;
  wanted: ReadonlyMap<string, readonly number[]>;
  /** How much of the sizes of misfits is the same, counted in tensors. */
  likeness: number;
  /** What the checkpoint has before every name: `module.`. */
  prefix: string;
}

/** The tensors that a network saves, by the names it saves them under. */
export function tensorsOf(machine: Machine, network: Value): Map<string, TensorValue> {
  const saved = machine.callMethod(network, 'state_dict', []);
  const found = new Map<string, TensorValue>();
  if (!(saved instanceof PyDict)) return found;
  for (const [name, value] of saved.entries.values())
    if (typeof name === 'string' && value instanceof TensorValue) found.set(name, value);
  return found;
}

/** Compares names and sizes, as `load_state_dict` does. */
export function match(tensors: ReadonlyMap<string, TensorValue>, stored: readonly NamedTensor[]): Match {
  const prefix = prefixOf(tensors, stored);
  const kept = new Map(stored.map((one) => [one.name.slice(prefix.length), one]));
  const pairs: Match['pairs'][number][] = [];
  const absent: [string, TensorValue][] = [];
  const misfits: string[] = [];
  let likeness = 0;
  for (const [name, value] of tensors) {
    const one = kept.get(name);
    if (one === undefined) {
      absent.push([name, value]);
      continue;
    }
    const { sizes } = value.tensor;
    const [own, there] = [sizes.map(dimOf).join(' × '), one.tensor.dims.join(' × ')];
    if (own === there) {
      pairs.push({ name, value, stored: one });
      continue;
    }
    const alike = one.tensor.dims.filter((dim, at) => dim === sizes[at]).length;
    likeness += alike / Math.max(sizes.length, one.tensor.dims.length, 1);
    misfits.push(`${name}: ${there || 'one number'} in the file, ${own || 'one number'} in the class`);
  }
  // A tensor that is used twice may be saved once; a counter of batches is for training alone.
  const loaded = new Set(pairs.map(({ value }) => value));
  const missing = absent
    .filter(([name, value]) => !loaded.has(value) && !name.endsWith('num_batches_tracked'))
    .map(([name]) => name);
  const unexpected = [...kept.keys()].filter((name) => !tensors.has(name));
  const wanted = new Map(Array.from(kept, ([name, { tensor }]) => [name, tensor.dims]));
  const sizes = new Map(
    Array.from(tensors, ([name, { tensor }]) => [
      name,
      tensor.sizes.filter((size) => typeof size === 'number'),
    ]),
  );
  return { pairs, missing, unexpected, misfits, sizes, wanted, likeness, prefix };
}

/** Wrappers put their own name before all others: the prefix with which the most names are known. */
function prefixOf(tensors: ReadonlyMap<string, unknown>, stored: readonly NamedTensor[]): string {
  const prefixes = new Set(['']);
  for (const { name } of stored)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      prefixes.add(name.slice(0, dot + 1));
  const known = (prefix: string) =>
    stored.filter(({ name }) => name.startsWith(prefix) && tensors.has(name.slice(prefix.length))).length;
  const common = [...prefixes].filter((prefix) => stored.every(({ name }) => name.startsWith(prefix)));
  return common.toSorted((a, b) => known(b) - known(a))[0] ?? '';
}

/** Lets the network hold what the checkpoint holds, in the network's dtypes. Throws what `read` throws. */
export async function load(tape: Tape, { pairs }: Match, read: ReadElements): Promise<void> {
  for (const { name, value, stored } of pairs) {
    const opened = await openParameter(tape, name, stored.tensor, read);
    value.tensor.rebind(tape.cast(opened, value.tensor.dtype));
    value.tensor.quantized = opened.quantized;
  }
}

/** Whether names and sizes are all the same. */
export function isExact({ missing, unexpected, misfits }: Match): boolean {
  return missing.length + unexpected.length + misfits.length === 0;
}

/** The more the better: tensors that fit, and few that do not. */
export function scoreOf({ pairs, missing, unexpected, misfits, likeness }: Match): number {
  return pairs.length * 2 + likeness - missing.length - unexpected.length - misfits.length;
}
