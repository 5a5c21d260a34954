import { PyDict, type Key } from './dict';
import type { PyObject, Value } from './object';

/** `object.__dict__`: a dict that is the attributes of an object, and changes them. */
export function attributesAsDict(object: PyObject): PyDict {
  object.attributes ??= new Map();
  return new PyDict(new AttributeEntries(object.attributes));
}

/** Attributes seen as the entries of a dict; their keys are texts. */
class AttributeEntries extends Map<Key, readonly [Value, Value]> {
  readonly #attributes: Map<string, Value>;

  constructor(attributes: Map<string, Value>) {
    super();
    this.#attributes = attributes;
  }

  override get size(): number {
    return this.#attributes.size;
  }

  override get(key: Key): readonly [Value, Value] | undefined {
    const value = typeof key === 'string' ? this.#attributes.get(key) : undefined;
    return typeof key === 'string' && value !== undefined ? [key, value] : undefined;
  }

  override has(key: Key): boolean {
    return typeof key === 'string' && this.#attributes.has(key);
  }

  override set(key: Key, [, value]: readonly [Value, Value]): this {
    if (typeof key === 'string') this.#attributes.set(key, value);
    return this;
  }

  override delete(key: Key): boolean {
    return typeof key === 'string' && this.#attributes.delete(key);
  }

  override clear(): void {
    this.#attributes.clear();
  }

  override *entries(): MapIterator<[Key, readonly [Value, Value]]> {
    for (const [key, value] of this.#attributes) yield [key, [key, value]];
  }

  override *values(): MapIterator<readonly [Value, Value]> {
    for (const entry of this.#attributes) yield entry;
  }

  override keys(): MapIterator<Key> {
    return this.#attributes.keys();
  }

  override [Symbol.iterator](): MapIterator<[Key, readonly [Value, Value]]> {
    return this.entries();
  }
}
