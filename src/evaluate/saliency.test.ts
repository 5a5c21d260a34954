import { describe, expect, it } from 'vitest';
import { occlusions, saliencyMap } from './saliency';

/** A vertical bar of ink in column 6 and one in column 20. */
function twoBars(): Float32Array {
  const pixels = new Float32Array(784);
  for (let row = 4; row < 24; row += 1) {
    pixels[row * 28 + 6] = 1;
    pixels[row * 28 + 20] = 1;
  }
  return pixels;
}

describe('Saliency', () => {
  it('rubs out only patches that hold ink, one an image', () => {
    const pixels = twoBars();
    const { patches, images } = occlusions(pixels);
    expect(images).toHaveLength(patches.length * 784);
    for (const [n] of patches.entries()) {
      const image = images.subarray(n * 784, (n + 1) * 784);
      expect(image.reduce((a, b) => a + b, 0)).toBeLessThan(40);
    }
  });

  it('is all on the ink whose loss costs the answer', () => {
    const pixels = twoBars();
    const { patches, images } = occlusions(pixels);
    const without = patches.map((_, n) => {
      let left = 0;
      for (let row = 0; row < 28; row += 1) left += images[n * 784 + row * 28 + 6] ?? 0;
      return left / 20;
    });
    const map = saliencyMap(pixels, patches, 1, without);
    expect(Math.max(...map)).toBeCloseTo(1);
    expect(map[12 * 28 + 6]).toBeGreaterThan(0.5);
    expect(map[12 * 28 + 20]).toBe(0);
    expect(map[12 * 28 + 7]).toBe(0);
  });
});
