import { aten } from '../operators/aten';

/** Activations with a threshold. */
export default aten({
  'aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor': (
    tape,
    { self, threshold, value },
  ) => {
    const isAbove = tape.node('Greater', [self, tape.scalar(threshold, self.dtype)]);
    return tape.node('Where', [isAbove, self, tape.scalar(value, self.dtype)]);
  },
  'aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor': (tape, args) => {
    const [beta, threshold] = [Number(args.beta), Number(args.threshold)];
    const scaled = beta === 1 ? args.self : tape.node('Mul', [args.self, beta]);
    const bent = tape.node('Softplus', [scaled]);
    const plain = beta === 1 ? bent : tape.node('Div', [bent, beta]);
    // At 20 and beyond the two are the same in 32 bits.
    if (threshold >= 20) return plain;
    return tape.node('Where', [tape.node('Greater', [scaled, threshold]), args.self, plain]);
  },
  'aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor': (tape, { self, lambd }) =>
    tape.node('Shrink', [self], { lambd: { float: Number(lambd) }, bias: { float: Number(lambd) } }),
  'aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor': (tape, { self, lambd }) =>
    tape.node('Shrink', [self], { lambd: { float: Number(lambd) }, bias: { float: 0 } }),
  'aten::tanhshrink(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Sub', [self, tape.node('Tanh', [self])]),
});
