import { elementCount } from '../../core/shape';
import type { PlainTensor } from '../../core/tensor';

/** How a pixel from 0 to 255 becomes the number a vision model was trained on; `mean` and `deviation` by channel. */
export const pixelScalings = [
  { id: 'unit', label: '0 to 1', of: (value: number) => value / 255 },
  { id: 'bytes', label: '0 to 255', of: (value: number) => value },
  { id: 'symmetric', label: '−1 to 1', of: (value: number) => value / 127.5 - 1 },
  {
    id: 'imagenet',
    label: 'ImageNet mean and deviation',
    of: (value: number, channel: number) =>
      (value / 255 - (MEAN[channel] ?? 0.45)) / (DEVIATION[channel] ?? 0.225),
  },
] as const;
export type PixelScaling = (typeof pixelScalings)[number]['id'];

/** Of ImageNet's training images, red, green, blue. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** Where the channels of an image tensor lie. */
export type Layout = 'channels first' | 'channels last' | 'no channels';

/** The layout that dimensions suggest: 1 or 3 channels before or behind two sizes; `null` for what is no image. */
export function layoutOf(dims: readonly number[]): Layout | null {
  const isColour = (dim: number | undefined) => dim === 1 || dim === 3;
  if (dims.length === 2 && dims.every((dim) => dim > 3)) return 'no channels';
  if (dims.length < 3 || dims.length > 4 || (dims.length === 4 && dims[0] !== 1)) return null;
  const [a, , c] = dims.slice(-3);
  if (isColour(a)) return 'channels first';
  return isColour(c) ? 'channels last' : null;
}

/** A picture stretched to a tensor's size; throws what decoding the file throws. */
export async function imageTensor(
  picture: ImageBitmapSource,
  dims: readonly number[],
  scaling: PixelScaling,
): Promise<PlainTensor> {
  const layout = layoutOf(dims) ?? 'channels first';
  const sizes = dims.slice(layout === 'no channels' ? -2 : -3);
  const first = layout === 'channels first';
  const [height = 1, width = 1] = layout === 'no channels' ? sizes : first ? sizes.slice(1) : sizes;
  const channels = layout === 'no channels' ? 1 : ((first ? sizes[0] : sizes[2]) ?? 1);
  const bitmap = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const pixels = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(4 * width * height);
  const scale = (pixelScalings.find(({ id }) => id === scaling) ?? pixelScalings[0]).of;
  const data = new Float32Array(elementCount(dims));
  for (let at = 0; at < width * height; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(4 * at, 4 * at + 3);
    const colours = channels === 1 ? [0.299 * red + 0.587 * green + 0.114 * blue] : [red, green, blue];
    for (let c = 0; c < channels; c += 1) {
      data[first ? c * width * height + at : at * channels + c] = scale(colours[c] ?? 0, c);
    }
  }
  return { dtype: 'float32', dims: [...dims], data };
}
