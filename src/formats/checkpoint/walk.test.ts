import { describe, expect, it } from 'vitest';
import type { Sequence, StoredTensor, Value } from '../../core/checkpoint';
import { arrange } from './layout';
import { holdsTensors, namedTensors } from './walk';

const tensor = { kind: 'tensor', dims: [1] } as unknown as StoredTensor;

/** A list of two that are the same list of two, and so on: two to the power of `depth` ways lead to the innermost. */
function doubled(innermost: Value, depth: number): Value {
  let value = innermost;
  for (let level = 0; level < depth; level += 1) {
    value = { kind: 'list', items: [value, value] } as unknown as Sequence;
  }
  return value;
}

describe('A walk through what a pickle holds', () => {
  it('looks once at a value to which countless ways lead', () => {
    expect(holdsTensors(doubled(null, 60))).toBe(false);
    expect(holdsTensors(doubled(tensor, 60))).toBe(true);
    expect(namedTensors(doubled(null, 60))).toEqual([]);
  });

  it('names tensors by every way to them, up to a limit', () => {
    expect(namedTensors(doubled(tensor, 2)).map(({ name }) => name)).toEqual(['0.0', '0.1', '1.0', '1.1']);
    expect(namedTensors(doubled(tensor, 60)).length).toBeLessThanOrEqual(1_000_000);
  });

  it('ends for a dict that has one long list in many places', () => {
    const list = { kind: 'list', items: Array.from({ length: 100_000 }, () => null) } as unknown as Value;
    const entries = new Map<Value, Value>();
    for (let at = 0; at < 100_000; at += 1) entries.set(at, list);
    const arranged = arrange({ kind: 'dict', type: 'dict', entries, state: null });
    expect(arranged.layout).toBe('other');
    expect(arranged.entries.size).toBe(100_000);
  });
});
