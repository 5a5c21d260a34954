import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readIdx } from '.';

/** Two images of three by two bytes. */
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, ...Array(12).keys());

describe('An IDX file', () => {
  it('is read as it is and packed', async () => {
    for (const bytes of [images, gzipSync(images)]) {
      const { dims, bytes: data } = await readIdx(new Blob([new Uint8Array(bytes)]), 'images');
      expect(dims).toEqual([2, 3, 2]);
      expect([...data]).toEqual([...Array(12).keys()]);
    }
  });

  it('that is cut short or says nonsense ends in a problem', async () => {
    const read = (bytes: Uint8Array) => readIdx(new Blob([new Uint8Array(bytes)]), 'images');
    await expect(read(images.slice(0, 20))).rejects.toMatchObject({ code: 'file_truncated' });
    await expect(read(images.slice(0, 10))).rejects.toMatchObject({ code: 'file_damaged' });
    await expect(read(images.with(2, 9))).rejects.toMatchObject({ code: 'file_damaged' });
    await expect(read(gzipSync(images).subarray(0, 30))).rejects.toMatchObject({ code: 'file_damaged' });
  });

  it('is not unpacked for ever', async () => {
    const endless = new Blob([new Uint8Array(gzipSync(new Uint8Array(10_000_000)))]);
    await expect(readIdx(endless, 'images', 1_000_000)).rejects.toMatchObject({
      code: 'file_damaged',
      detail: { reason: expect.stringContaining('unpacks to more than 1') as string },
    });
  });
});
