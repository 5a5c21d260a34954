import type { StoredTensor, Value } from '../../core/checkpoint';
import { formatCount } from '../../core/format';
import { keyText } from './walk';

/** Values written out of one entry; a metrics history has some thousand. */
const MAX_VALUES = 100_000;
/** Entries in entries that are shown. */
const MAX_DEPTH = 32;

/**
 * A value as JSON has it: numbers, texts, lists and dicts as they are; a tensor as its type and shape, and
 * its number where `scalars` knows it; an object as its class and state; numbers that JSON has not, and names, as text.
 */
export function readable(value: Value, scalars?: ReadonlyMap<StoredTensor, number>): unknown {
  let left = MAX_VALUES;
  return show(value, 0);

  function show(current: Value, depth: number): unknown {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH) return '…';
    if (typeof current === 'number') return Number.isFinite(current) ? current : String(current);
    if (typeof current === 'bigint') return current.toString();
    if (current === null || typeof current !== 'object') return current;
    switch (current.kind) {
      case 'bytes':
        return `${formatCount(current.bytes.length)} bytes`;
      case 'named':
        return current.name;
      case 'tensor': {
        const number = scalars?.get(current);
        const said = { dtype: current.dtype, shape: current.dims };
        return number === undefined ? said : { ...said, value: show(number, depth) };
      }
      case 'storage':
        return { dtype: current.dtype, bytes: current.bytes };
      case 'dict':
        return pairs(current.entries, depth);
      case 'object':
        return {
          class: current.name,
          ...(current.arguments.length > 0 && {
            arguments: current.arguments.map((one) => show(one, depth + 1)),
          }),
          ...(current.state !== null && { state: show(current.state, depth + 1) }),
          ...(current.items.length > 0 && { items: current.items.map((one) => show(one, depth + 1)) }),
          ...(current.entries.size > 0 && { entries: pairs(current.entries, depth) }),
        };
      default:
        return current.items.map((one) => show(one, depth + 1));
    }
  }

  function pairs(entries: ReadonlyMap<Value, Value>, depth: number): unknown {
    return Object.fromEntries([...entries].map(([key, one]) => [keyText(key), show(one, depth + 1)]));
  }
}
