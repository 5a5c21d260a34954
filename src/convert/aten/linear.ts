import { aten } from '../operators/aten';
import { permute } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** `x Wᵀ + b`: weight `[out, in]`. */
export default aten({
  'aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor': (tape, { input, weight, bias }) =>
    linear(tape, input, weight, bias),
});

/** A linear layer: one Gemm for rows, a product of stacks for more dimensions. */
export function linear(tape: Tape, input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const isRows = input.rank === 2 && weight.rank === 2 && (bias?.rank ?? 1) === 1;
  if (isRows) return tape.node('Gemm', [input, weight, bias], { transB: 1 });
  const turned = weight.rank === 2 ? permute(tape, weight, [1, 0]) : weight;
  const product = tape.node('MatMul', [input, turned]);
  return bias === null ? product : tape.node('Add', [product, bias]);
}
