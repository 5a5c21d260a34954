import { describe, expect, it } from 'vitest';
import { holding } from './held-blob';

describe('A held Blob', () => {
  it('gives the bytes of any of its parts', async () => {
    const parts = await holding([new Blob([Uint8Array.of(1, 2, 3, 4, 5)])], async ([blob]) => {
      const part = blob?.slice(1, 4).slice(1);
      return [await part?.arrayBuffer(), await new Response(part?.stream()).arrayBuffer()];
    });
    for (const part of parts) expect(part).toEqual(Uint8Array.of(3, 4).buffer);
  });

  it('passes on what its use throws', async () => {
    await expect(holding([], () => Promise.reject(new Error('out of memory')))).rejects.toThrow(
      'out of memory',
    );
  });
});
