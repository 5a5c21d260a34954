import { hiddenBefore, type Layer } from './layers';

/** How the convolutions of a chain change an image, as far as weights do not say it. */
export interface Geometry {
  /** Around each image, before each convolution. */
  padding: 'none' | 'same';
  /** Names of convolutions that a pool of 2 follows. */
  pooled: readonly string[];
}

/** More convolutions than this have more arrangements than are worth trying. */
const MOST_CONVOLUTIONS = 8;

/** Whether one value of each channel goes into the first dense layer, or none: then images may have any size. */
export function isSizeFree(chain: readonly Layer[]): boolean {
  const dense = chain.find(({ kind }) => kind === 'linear');
  return dense === undefined || dense.takes === chain.findLast(({ kind }) => kind === 'conv')?.gives;
}

/** Every arrangement under which an image of these sizes ends as what the first dense layer takes. */
export function arrangements(chain: readonly Layer[], image: readonly number[], stride: number): Geometry[] {
  const convolutions = chain.filter(({ kind }) => kind === 'conv');
  const dense = chain.find(({ kind }) => kind === 'linear');
  if (convolutions.length > MOST_CONVOLUTIONS) return [];
  const found: Geometry[] = [];
  for (const padding of ['none', 'same'] as const) {
    for (let bits = 0; bits < 2 ** convolutions.length; bits++) {
      const isPooled = (at: number) => ((bits >> at) & 1) === 1;
      const pooled = convolutions.filter((_, at) => isPooled(at)).map(({ name }) => name);
      if (!mayBePooled(chain, pooled)) continue;
      if (isSizeFree(chain)) {
        found.push({ padding, pooled });
        continue;
      }
      const sizes = sizesAfter(convolutions, image, { padding, pooled }, stride);
      const values = sizes?.reduce((product, size) => product * size, convolutions.at(-1)?.gives ?? 1);
      if (values === dense?.takes) found.push({ padding, pooled });
    }
  }
  return found;
}

/** Whether places in an `nn.Sequential` leave room for these pools behind their activations. */
function mayBePooled(chain: readonly Layer[], pooled: readonly string[]): boolean {
  let name = '';
  return chain.every(({ kind }, at) => {
    const hidden = hiddenBefore(chain, at);
    const before = name;
    if (kind === 'conv') name = chain[at]?.name ?? '';
    if (before === '' || hidden === null || kind.endsWith('norm')) return true;
    // Behind the last convolution there is room for a Flatten besides.
    const room = hidden - (kind === 'linear' && name === before ? 1 : 0);
    if (kind === 'linear' && chain[at - 1]?.kind === 'linear') return true;
    return pooled.includes(before) ? room >= 1 : room <= 1 || kind === 'linear';
  });
}

function sizesAfter(
  convolutions: readonly Layer[],
  image: readonly number[],
  { padding, pooled }: Geometry,
  stride: number,
): readonly number[] | null {
  let sizes = image;
  for (const { name, kernel } of convolutions) {
    sizes = sizes.map((size, axis) => {
      const width = kernel[axis] ?? 1;
      const around = padding === 'same' ? 2 * Math.floor(width / 2) : 0;
      const given = Math.floor((size + around - width) / stride) + 1;
      return pooled.includes(name) ? Math.floor(given / 2) : given;
    });
    if (sizes.some((size) => size < 1)) return null;
  }
  return sizes;
}

/** An arrangement as people choose it. */
export function textOf({ padding, pooled }: Geometry): string {
  const around = padding === 'same' ? 'padding that keeps sizes' : 'no padding';
  return `${around}; ${pooled.length === 0 ? 'no pools' : `a pool of 2 after ${pooled.join(', ')}`}`;
}
