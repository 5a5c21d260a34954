import type { Argument } from '../operators/bind';
import { SymInt, type Size } from '../tape/size';
import { isSame } from '../tape/symint';
import { Tensor } from '../tape/tensor';

/**
 * A pool over all there is, as a call of a reduction: `max_pool1d(x, x.shape[2])` takes the largest whatever the size
 * is. `null` for other calls.
 */
export function wholePool(
  name: string,
  args: readonly Argument[],
): { name: string; args: Argument[] } | null {
  const [, kind = '', rank = ''] = /^(max|avg)_pool([123])d$/.exec(name) ?? [];
  const [self, kernel] = args;
  if (kind === '' || !(self instanceof Tensor)) return null;
  const sizes = listOf(kernel);
  if (!sizes.some((size) => size instanceof SymInt)) return null;
  const count = Number(rank);
  const covered = self.sizes.slice(-count);
  const isWhole = covered.every((size, at) => isSame(size, sizes[sizes.length === 1 ? 0 : at]));
  // One window has no use for a stride.
  const [, , , padding = null, last = null, , divisor = null] = args;
  const isPlain = listOf(padding).every((one) => one === 0) && divisor === null;
  if (!isWhole || !isPlain || (kind === 'max' && listOf(last).some((dilation) => dilation !== 1)))
    return null;
  const dims = Array.from({ length: count }, (_, at) => BigInt(at - count));
  return { name: kind === 'max' ? 'amax' : 'mean', args: [self, dims, true] };
}

function listOf(value: Argument | undefined): Size[] {
  const items = (Array.isArray(value) ? value : [value]) as readonly Argument[];
  return items.flatMap((one): Size[] =>
    one instanceof SymInt ? [one] : typeof one === 'bigint' ? [Number(one)] : [],
  );
}
