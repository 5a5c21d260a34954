import { Gap } from '../gap';
import { promoted } from '../operators/promotion';
import type { Size } from '../tape/size';
import { plus } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { dimOf, unsqueeze } from './rearrange';

/** Tensors behind one another; empty ones without dimensions to speak of count for nothing, as torch has it. */
export function joined(tape: Tape, tensors: readonly Tensor[], dim: number): Tensor {
  const kept = tensors.filter(({ sizes }) => !(sizes.length === 1 && sizes[0] === 0));
  const [first, ...more] = promoted(tape, kept.length > 0 ? kept : tensors);
  if (first === undefined) throw new Gap('there is nothing to join');
  if (more.length === 0) return first.copy();
  const axis = dimOf(dim, first.rank);
  const length = [first, ...more].reduce<Size>((sum, tensor) => plus(sum, tensor.size(axis)), 0);
  const sizes = first.sizes.map((size, at) => {
    const known = more.map((tensor) => tensor.size(at)).find((one) => typeof one === 'number');
    return at === axis ? length : typeof size === 'number' ? size : (known ?? size);
  });
  return tape.node('Concat', [first, ...more], { axis }, { sizes });
}

/** Tensors of one shape along a new dimension. */
export function stacked(tape: Tape, tensors: readonly Tensor[], dim: number): Tensor {
  const axis = dimOf(dim, (tensors[0]?.rank ?? 0) + 1);
  return joined(
    tape,
    tensors.map((tensor) => unsqueeze(tape, tensor, axis)),
    axis,
  );
}
