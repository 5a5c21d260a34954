import { ceilDivide, floorDivide, minus, plus, times } from '../tape/symint';
import type { Size } from '../tape/size';

/** How a window moves over sizes: one number for each of the last dimensions. */
export interface Window {
  kernel: readonly number[];
  stride: readonly number[];
  /** Before and behind each dimension. */
  pads: readonly (readonly [number, number])[];
  dilation: readonly number[];
}

/** How many places a window finds along each dimension; rounded up, one that begins behind the elements is left out. */
export function placesOf(sizes: readonly Size[], window: Window, isCeil = false): Size[] {
  return sizes.map((size, at) => {
    const [before, behind] = window.pads[at] ?? [0, 0];
    const stride = window.stride[at] ?? 1;
    const reach = ((window.kernel[at] ?? 1) - 1) * (window.dilation[at] ?? 1) + 1;
    const room = plus(size, before + behind - reach);
    const count = plus(isCeil ? ceilDivide(room, stride) : floorDivide(room, stride), 1);
    if (typeof count !== 'number' || typeof size !== 'number' || !isCeil) return count;
    return (count - 1) * stride >= size + before ? count - 1 : count;
  });
}

/** The sizes that a transposed convolution spreads to. */
export function spreadOf(sizes: readonly Size[], window: Window, extra: readonly number[]): Size[] {
  return sizes.map((size, at) => {
    const [before, behind] = window.pads[at] ?? [0, 0];
    const reach = ((window.kernel[at] ?? 1) - 1) * (window.dilation[at] ?? 1) + 1;
    const spread = times(minus(size, 1), window.stride[at] ?? 1);
    return plus(spread, reach - before - behind + (extra[at] ?? 0));
  });
}

/** Pads as ONNX lists them: all that come before, then all behind. */
function padsOf({ pads }: Window): number[] {
  return [...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)];
}

/** The attributes that differ from what ONNX takes for granted. */
export function windowAttributes(window: Window): Record<string, readonly number[]> {
  const pads = padsOf(window);
  return {
    kernel_shape: window.kernel,
    ...(window.stride.some((step) => step !== 1) && { strides: window.stride }),
    ...(pads.some((pad) => pad !== 0) && { pads }),
    ...(window.dilation.some((step) => step !== 1) && { dilations: window.dilation }),
  };
}
