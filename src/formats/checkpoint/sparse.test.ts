import { describe, expect, it } from 'vitest';
import type { SparseParts, StoredTensor } from '../../core/checkpoint';
import type { Dtype } from '../../core/dtype';
import { bytesOf, type TypedArray } from '../../core/tensor';
import { readElements } from './elements';
import { contiguous } from './storage';

function stored(dtype: Dtype, dims: number[], elements: TypedArray): StoredTensor {
  const bytes = bytesOf(elements);
  return contiguous(dtype, dims, {
    ...{ kind: 'storage', key: '', dtype, bytes: bytes.length, device: 'cpu', bigEndian: false },
    ...{ blob: new Blob([bytes]), packed: null },
  });
}

const int64 = (...values: number[]) => stored('int64', [values.length], BigInt64Array.from(values, BigInt));

function sparse(
  layout: SparseParts['layout'],
  dims: number[],
  indices: StoredTensor[],
  values: StoredTensor,
) {
  return { ...stored('float32', [0], new Float32Array(0)), dims, sparse: { layout, indices, values } };
}

const floats = (dims: number[], ...values: number[]) => stored('float32', dims, Float32Array.from(values));

describe('A sparse tensor is read with its zeros', () => {
  const matrix = [0, 1, 0, 2, 0, 3];

  it('from rows', async () => {
    const tensor = sparse('csr', [2, 3], [int64(0, 1, 3), int64(1, 0, 2)], floats([3], 1, 2, 3));
    expect([...(await readElements(tensor))]).toEqual(matrix);
  });

  it('from columns', async () => {
    const tensor = sparse('csc', [2, 3], [int64(0, 1, 2, 3), int64(1, 0, 1)], floats([3], 2, 1, 3));
    expect([...(await readElements(tensor))]).toEqual(matrix);
  });

  it('from blocks by row and by column', async () => {
    const dense = [0, 0, 1, 2, 0, 0, 3, 4, 5, 6, 0, 0, 7, 8, 0, 0];
    const rows = sparse(
      'bsr',
      [4, 4],
      [int64(0, 1, 2), int64(1, 0)],
      floats([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8),
    );
    const columns = sparse(
      'bsc',
      [4, 4],
      [int64(0, 1, 2), int64(1, 0)],
      floats([2, 2, 2], 5, 6, 7, 8, 1, 2, 3, 4),
    );
    expect([...(await readElements(rows))]).toEqual(dense);
    expect([...(await readElements(columns))]).toEqual(dense);
  });

  it('from batches of rows', async () => {
    const starts = stored('int64', [2, 3], BigInt64Array.of(0n, 1n, 1n, 0n, 0n, 1n));
    const columns = stored('int64', [2, 1], BigInt64Array.of(1n, 0n));
    const tensor = sparse('csr', [2, 2, 2], [starts, columns], floats([2, 1], 5, 6));
    expect([...(await readElements(tensor))]).toEqual([0, 5, 0, 0, 0, 0, 6, 0]);
  });

  it('from coordinates, equal ones added up, dense dimensions kept together', async () => {
    const places = stored('int64', [1, 3], BigInt64Array.of(2n, 0n, 2n));
    const tensor = sparse('coo', [3, 2], [places], floats([3, 2], 1, 2, 3, 4, 10, 20));
    expect([...(await readElements(tensor))]).toEqual([3, 4, 0, 0, 11, 22]);
  });

  it('with places outside it left out', async () => {
    const tensor = sparse('csr', [2, 2], [int64(0, 1, 2), int64(7, -1)], floats([2], 1, 2));
    expect([...(await readElements(tensor))]).toEqual([0, 0, 0, 0]);
  });
});

it('A tensor that claims too many elements is refused by its own name', async () => {
  const tensor = { ...floats([1], 1), dims: [2 ** 20, 2 ** 10], strides: [0, 0] };
  await expect(readElements(tensor, 'w')).rejects.toMatchObject({
    code: 'file_tensor_large',
    detail: { tensor: 'w' },
  });
});
