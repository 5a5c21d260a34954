/**
 * Which ink mattered, by occlusion: rub out a patch, ask again, and see how much of the answer goes with it.
 * @see Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014, section 4.2
 */
const SIDE = 28;
/** Pixels along a patch's side: wider than the pen, so that a patch breaks a stroke. */
const PATCH = 5;
const STEP = 2;

/** The drawing `[28, 28]` with one patch rubbed out, for every patch that holds ink. */
export function occlusions(pixels: Float32Array): { patches: readonly Patch[]; images: Float32Array } {
  const patches: Patch[] = [];
  for (let top = 0; top <= SIDE - PATCH; top += STEP) {
    for (let left = 0; left <= SIDE - PATCH; left += STEP) {
      if (holdsInk(pixels, { top, left })) patches.push({ top, left });
    }
  }
  const images = new Float32Array(patches.length * pixels.length);
  patches.forEach((patch, n) => {
    const image = images.subarray(n * pixels.length, (n + 1) * pixels.length);
    image.set(pixels);
    for (let row = patch.top; row < patch.top + PATCH; row += 1) {
      image.fill(0, row * SIDE + patch.left, row * SIDE + patch.left + PATCH);
    }
  });
  return { patches, images };
}

/**
 * How much each pixel's ink carried the answer, `[28, 28]` in 0..1: the mean loss of the answer's probability over
 * the patches that cover the pixel, relative to the largest.
 */
export function saliencyMap(
  pixels: Float32Array,
  patches: readonly Patch[],
  whole: number,
  without: readonly number[],
): Float32Array {
  const lost = new Float32Array(pixels.length);
  const covered = new Float32Array(pixels.length);
  patches.forEach((patch, n) => {
    const loss = Math.max(0, whole - (without[n] ?? whole));
    for (let row = patch.top; row < patch.top + PATCH; row += 1) {
      for (let column = patch.left; column < patch.left + PATCH; column += 1) {
        const i = row * SIDE + column;
        lost[i] = (lost[i] ?? 0) + loss;
        covered[i] = (covered[i] ?? 0) + 1;
      }
    }
  });
  const mean = lost.map((loss, i) => ((pixels[i] ?? 0) > 0.05 ? loss / Math.max(1, covered[i] ?? 1) : 0));
  const largest = mean.reduce((a, b) => Math.max(a, b), 0);
  return largest > 1e-6 ? mean.map((value) => value / largest) : mean;
}

export interface Patch {
  top: number;
  left: number;
}

function holdsInk(pixels: Float32Array, { top, left }: Patch): boolean {
  for (let row = top; row < top + PATCH; row += 1) {
    for (let column = left; column < left + PATCH; column += 1) {
      if ((pixels[row * SIDE + column] ?? 0) > 0.2) return true;
    }
  }
  return false;
}
