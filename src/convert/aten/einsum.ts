import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { promoted } from '../operators/promotion';

/** Sums of products written with letters, as Einstein wrote them. */
export default aten({
  'aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor': (
    tape,
    { equation, tensors },
  ) => {
    const plain = equation.replaceAll(' ', '');
    if (/[A-Z]/.test(plain) && /[a-z]/.test(plain) && hasBoth(plain))
      throw new Gap('letters that differ in case only');
    return tape.node('Einsum', promoted(tape, tensors), { equation: plain.toLowerCase() });
  },
});

/** ONNX knows small letters only. */
function hasBoth(equation: string): boolean {
  const letters = new Set(equation.replace(/[^a-zA-Z]/g, ''));
  return [...letters].some((letter) => letter !== letter.toLowerCase() && letters.has(letter.toLowerCase()));
}
