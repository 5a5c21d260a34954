import { expect, test } from 'vitest';
import type { PlainTensor } from '../../core/tensor';
import { readNpy, readNpz, writeNpy, writeNpz } from '.';

const tensors: Record<string, PlainTensor> = {
  floats: { dtype: 'float32', dims: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, NaN, Infinity) },
  halves: { dtype: 'float16', dims: [2], data: Uint16Array.of(0x3c00, 0xc000) },
  longs: { dtype: 'int64', dims: [1], data: BigInt64Array.of(-(2n ** 63n)) },
  flags: { dtype: 'bool', dims: [3], data: Uint8Array.of(1, 0, 1) },
  one: { dtype: 'float64', dims: [], data: Float64Array.of(Math.PI) },
  none: { dtype: 'uint8', dims: [0, 4], data: new Uint8Array(0) },
  words: { dtype: 'string', dims: [2], data: ['ink', 'é 墨'] },
};

test.each(Object.entries(tensors))('%s are read as they were written', async (name, tensor) => {
  expect(await readNpy(new Blob([writeNpy(tensor)]), `${name}.npy`)).toEqual(tensor);
});

test('an archive keeps names and values', async () => {
  const arrays = new Map(Object.entries(tensors));
  expect(await readNpz(await writeNpz(arrays), 'a.npz')).toEqual(arrays);
});

test('column-major and big-endian arrays come out row-major', async () => {
  const file = npy("{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }", 24);
  const view = new DataView(file.buffer, file.length - 24);
  [1, 4, 2, 5, 3, 6].forEach((value, at) => view.setFloat32(at * 4, value));
  expect((await readNpy(new Blob([file]), 'f.npy')).data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
});

test('both halves of a big-endian complex number stay where they are', async () => {
  const file = npy("{'descr': '>c8', 'fortran_order': False, 'shape': (2,), }", 16);
  const view = new DataView(file.buffer, file.length - 16);
  [1, 2, 3, 4].forEach((value, at) => view.setFloat32(at * 4, value));
  expect(await readNpy(new Blob([file]), 'c.npy')).toEqual({
    ...{ dtype: 'complex64', dims: [2], data: Float32Array.of(1, 2, 3, 4) },
  });
});

test('texts are read big-endian and column-major as well', async () => {
  const file = npy("{'descr': '>U2', 'fortran_order': True, 'shape': (2, 2), }", 32);
  const view = new DataView(file.buffer, file.length - 32);
  ['a', '\0', '墨', '\0', 'b', '\0', 'd', 'é'].forEach((sign, at) =>
    view.setUint32(at * 4, sign.codePointAt(0) ?? 0),
  );
  expect(await readNpy(new Blob([file]), 'u.npy')).toEqual({
    ...{ dtype: 'string', dims: [2, 2], data: ['a', 'b', '墨', 'dé'] },
  });
});

test('a text may be very wide', async () => {
  const file = npy("{'descr': '<U200000', 'fortran_order': False, 'shape': (1,), }", 800_000);
  new DataView(file.buffer).setUint32(file.length - 4, 0x61, true);
  const { data } = await readNpy(new Blob([file]), 'wide.npy');
  expect(data).toEqual(['\0'.repeat(199_999) + 'a']);
});

test.each([
  ['an array of objects', "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, 'file_damaged'],
  ['a record', "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4, 'file_damaged'],
  [
    'elements that are missing',
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9,), }",
    4,
    'file_truncated',
  ],
  [
    'an impossible shape',
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
    4,
    'file_damaged',
  ],
])('%s is refused', async (_, header, size, code) => {
  await expect(readNpy(new Blob([npy(header, size)]), 'x.npy')).rejects.toMatchObject({ code });
});

test('what is no array or archive is refused', async () => {
  await expect(readNpy(new Blob(['text']), 'x.npy')).rejects.toMatchObject({ code: 'file_damaged' });
  await expect(readNpz(new Blob(['text']), 'x.npz')).rejects.toMatchObject({ code: 'file_damaged' });
});

function npy(header: string, size: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(10 + header.length + size);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  file.set(new TextEncoder().encode(header), 10);
  return file;
}
