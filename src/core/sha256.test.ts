import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './sha256';

test.each([0, 1, 55, 56, 64])('agrees with Node beyond 64 MiB, %i bytes into a block', async (rest) => {
  const bytes = new Uint8Array(64 * 1024 * 1024 + 64 + rest);
  for (let i = 0; i < bytes.length; i += 997) bytes[i] = i;
  expect(await sha256(new Blob([bytes]))).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('agrees with the published digest of abc', async () => {
  expect(await sha256(new Blob(['abc']))).toMatch(/^ba7816bf8f01cfea/);
});
