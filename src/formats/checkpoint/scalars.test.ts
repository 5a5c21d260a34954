import { expect, it } from 'vitest';
import type { StoredTensor, Value } from '../../core/checkpoint';
import { bytesOf } from '../../core/tensor';
import { readable } from './readable';
import { scalarsIn } from './scalars';
import { contiguous } from './storage';

function floats(dims: number[], ...values: number[]): StoredTensor {
  const bytes = bytesOf(Float32Array.from(values));
  return contiguous('float32', dims, {
    ...{ kind: 'storage', key: '', dtype: 'float32', bytes: bytes.length, device: 'cpu', bigEndian: false },
    ...{ blob: new Blob([bytes]), packed: null },
  });
}

it('tensors of one number say it, wherever they are kept', async () => {
  const loss = floats([], 0.25);
  const inner: Value = {
    ...{ kind: 'dict', type: 'dict', state: null },
    entries: new Map<Value, Value>([
      ['best', floats([1], NaN)],
      ['curve', floats([2], 1, 2)],
    ]),
  };
  const scalars = await scalarsIn([loss, inner]);
  expect(readable(loss, scalars)).toEqual({ dtype: 'float32', shape: [], value: 0.25 });
  expect(readable(inner, scalars)).toEqual({
    best: { dtype: 'float32', shape: [1], value: 'NaN' },
    curve: { dtype: 'float32', shape: [2] },
  });
  const lost = { ...loss, storage: { ...loss.storage, blob: new Blob([]) } };
  expect(readable(lost, await scalarsIn([lost]))).toEqual({ dtype: 'float32', shape: [] });
});
