import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { shared } from './wild';

const folder = process.env['MNIST_DIR'] ?? join(shared, 'mnist');

/** The 10,000 MNIST test digits: 784 pixels each, 0 paper to 1 ink, and labels; `null` where they are absent. */
export function mnistTest(): { pixels: Float32Array<ArrayBuffer>; labels: Uint8Array } | null {
  const images = join(folder, 't10k-images-idx3-ubyte.gz');
  if (!existsSync(images)) return null;
  const labels = gunzipSync(readFileSync(join(folder, 't10k-labels-idx1-ubyte.gz'))).subarray(8);
  const bytes = gunzipSync(readFileSync(images)).subarray(16);
  return { pixels: Float32Array.from(bytes, (byte) => byte / 255), labels };
}
