import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createJob } from '../../core/job';
import { canSave, writeSafetensors } from './write';
import { safetensors } from '.';

const tensor = fc
  .record({
    dtype: fc.constantFrom(
      'float32' as const,
      'int8' as const,
      'bool' as const,
      'bfloat16' as const,
      'int64' as const,
    ),
    dims: fc.array(fc.nat(3), { maxLength: 3 }),
  })
  .map(({ dtype, dims }) => {
    const bits = { float32: 32, int8: 8, bool: 8, bfloat16: 16, int64: 64 }[dtype];
    const count = dims.reduce((product, dim) => product * dim, 1);
    return { dtype, dims, blob: new Blob([new Uint8Array((count * bits) / 8).fill(7)]) };
  });
const names = fc.uniqueArray(
  fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', '“ß”', 'a.b.c'),
  ),
  { maxLength: 6 },
);

test('whatever is written is read again, every tensor where its type is aligned', async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.array(tensor, { minLength: 6, maxLength: 6 }), async (keys, kinds) => {
      const saved = keys
        .filter((name) => name !== '__metadata__')
        .flatMap((name, at) => (kinds[at] ? [{ name, ...kinds[at] }] : []));
      const file = writeSafetensors(saved, { format: 'pt' });
      const artifact = await safetensors.read(file, { name: 'x.safetensors' }, createJob());
      if (artifact.kind !== 'checkpoint') throw new Error('no checkpoint');
      const read = new Map(artifact.checkpoint.tensors.map(({ name, tensor }) => [name, tensor]));
      expect([...read.keys()].sort()).toEqual(saved.map(({ name }) => name).sort());
      for (const { name, dtype, dims, blob } of saved) {
        expect(read.get(name)).toMatchObject({ dtype, dims });
        expect(read.get(name)?.storage.blob?.size).toBe(blob.size);
      }
    }),
  );
});

test('types that the format has no name for cannot be saved', () => {
  expect(canSave('float32')).toBe(true);
  expect(canSave('complex128')).toBe(false);
  expect(canSave('int4')).toBe(false);
});
