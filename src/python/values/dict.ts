import { PyObject, type Value } from './object';

/**
 * What stands for a value in a `Map`, so that equal values meet: `1`, `1.0` and `True` have one key, tuples have the
 * text of their items' keys, objects are their own key.
 */
export type Key = null | bigint | number | string | PyObject;

/** A dict, in the order of insertion. */
export class PyDict extends PyObject {
  readonly kind = 'dict';
  readonly entries: Map<Key, readonly [Value, Value]>;
  /** What makes a missing value: `defaultdict`, `Counter`. */
  missing: ((key: Value) => Value) | null = null;

  constructor(entries: Map<Key, readonly [Value, Value]> = new Map()) {
    super();
    this.entries = entries;
  }

  /** The value under a text. */
  get(key: string): Value | undefined {
    return this.entries.get(textKey(key))?.[1];
  }

  /** Puts a value under a text. */
  set(key: string, value: Value): void {
    this.put(textKey(key), key, value);
  }

  /** Puts a value under a key; the key that was there first stays. */
  put(key: Key, name: Value, value: Value): void {
    this.entries.set(key, [this.entries.get(key)?.[0] ?? name, value]);
  }
}

/** `dict.keys()`, `dict.values()`, `dict.items()`: what the dict holds now, whenever it is asked. */
export class PyView extends PyObject {
  readonly kind: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly dict: PyDict;
  /** What an entry shows as. */
  readonly pick: (entry: readonly [Value, Value]) => Value;

  constructor(kind: PyView['kind'], dict: PyDict, pick: (entry: readonly [Value, Value]) => Value) {
    super();
    this.kind = kind;
    this.dict = dict;
    this.pick = pick;
  }
}

/** A set or a frozenset; it gives its items in the order of insertion. */
export class PySet extends PyObject {
  readonly kind: 'set' | 'frozenset';
  readonly entries = new Map<Key, Value>();

  constructor(kind: 'set' | 'frozenset' = 'set') {
    super();
    this.kind = kind;
  }

  /** Puts an item; the equal one that was there first stays. */
  add(key: Key, item: Value): void {
    if (!this.entries.has(key)) this.entries.set(key, item);
  }
}

/** The key of a text: itself, unless it looks like the key of something else. */
export function textKey(text: string): string {
  return text.startsWith(MARK) ? `${MARK}text ${text}` : text;
}

/** The key of a tuple or frozenset, of the keys of its items. */
export function joinKeys(kind: string, keys: readonly Key[]): string {
  const parts = keys.map((key) => {
    if (key instanceof PyObject) return `object ${key.serial}`;
    const text = key === null ? '' : key.toString();
    return `${typeof key} ${text.length} ${text}`;
  });
  return `${MARK}${kind} ${parts.join(' ')}`;
}

const MARK = '\0';
