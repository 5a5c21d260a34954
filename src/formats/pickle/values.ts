import type { Dictionary, Opaque, Sequence, Value } from '../../core/checkpoint';

/** A dict, or a class that is one, empty. */
export function dictionary(type: string): Dictionary {
  return { kind: 'dict', type, entries: new Map(), state: null };
}

/** An object of a class that is not loaded. */
export function opaque(name: string, args: readonly Value[]): Opaque {
  return { kind: 'object', name, arguments: args, state: null, items: [], entries: new Map() };
}

/** A number where it holds the integer exactly. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A value as one of a kind; `null` where it is another. */
export function asKind<K extends Kinds['kind']>(value: Value | undefined, kind: K): OfKind<K> | null {
  return isKind(value, kind) ? value : null;
}

function isKind<K extends Kinds['kind']>(value: Value | undefined, kind: K): value is OfKind<K> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

type Kinds = Extract<Value, { kind: string }>;
type OfKind<K> = K extends Sequence['kind'] ? Sequence & { kind: K } : Extract<Kinds, { kind: K }>;

/** The items of a list, tuple or set; `null` for anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] | null {
  if (typeof value !== 'object' || value === null) return null;
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set' ? value.items : null;
}
