import { aten } from '../operators/aten';
import { dimOf } from '../parts/rearrange';
import { floorDivide } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { split } from './splitting';

/** Activations that ONNX has as one node, or as two or three. */
export default aten({
  'aten::relu6(Tensor self) -> Tensor': (tape, { self }) => tape.node('Clip', [self, 0, 6]),
  'aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor': (tape, { self, negative_slope }) =>
    tape.node('LeakyRelu', [self], { alpha: { float: Number(negative_slope) } }),
  'aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor':
    (tape, { self, lower, upper }) =>
      tape.node('LeakyRelu', [self], { alpha: { float: (Number(lower) + Number(upper)) / 2 } }),
  'aten::prelu(Tensor self, Tensor weight) -> Tensor': (tape, { self, weight }) => prelu(tape, self, weight),
  'aten::_prelu_kernel(Tensor self, Tensor weight) -> Tensor': (tape, { self, weight }) =>
    tape.node('PRelu', [self, weight]),
  'aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor': (tape, args) =>
    elu(tape, args.self, Number(args.alpha), Number(args.scale), Number(args.input_scale)),
  'aten::selu(Tensor self) -> Tensor': (tape, { self }) => tape.node('Selu', [self]),
  'aten::celu(Tensor self, Scalar alpha=1.0) -> Tensor': (tape, { self, alpha }) =>
    tape.node('Celu', [self], { alpha: { float: Number(alpha) } }),
  'aten::silu(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Mul', [self, tape.node('Sigmoid', [self])]),
  'aten::mish(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Mul', [self, tape.node('Tanh', [tape.node('Softplus', [self])])]),
  'aten::hardsigmoid(Tensor self) -> Tensor': (tape, { self }) => tape.node('HardSigmoid', [self], sixth),
  'aten::hardswish(Tensor self) -> Tensor': (tape, { self }) => tape.node('HardSwish', [self]),
  'aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor': (
    tape,
    { self, min_val, max_val },
  ) => tape.node('Clip', [self, tape.scalar(min_val, self.dtype), tape.scalar(max_val, self.dtype)]),
  'aten::sigmoid(Tensor self) -> Tensor': (tape, { self }) => tape.node('Sigmoid', [floats(tape, self)]),
  'aten::log_sigmoid(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('Neg', [tape.node('Softplus', [tape.node('Neg', [self])])]),
  'aten::softsign(Tensor self) -> Tensor': (tape, { self }) => tape.node('Softsign', [self]),
  'aten::glu(Tensor self, int dim=-1) -> Tensor': (tape, { self, dim }) => {
    const axis = dimOf(dim, self.rank);
    const half = floorDivide(self.size(axis), 2);
    const [value, gate] = split(tape, self, [half, half], axis);
    return value && gate ? tape.node('Mul', [value, tape.node('Sigmoid', [gate])]) : self;
  },
});

const sixth = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };

function floats(tape: Tape, self: Tensor): Tensor {
  return self.dtype.startsWith('float') || self.dtype === 'bfloat16' ? self : tape.cast(self, 'float32');
}

/** One slope, or one for each channel, which is the second dimension. */
function prelu(tape: Tape, self: Tensor, weight: Tensor): Tensor {
  const after = self.rank - 2;
  const isSingle = weight.sizes.every((size) => size === 1);
  if (isSingle || after <= 0) return tape.node('PRelu', [self, weight]);
  const axes = Array.from({ length: after }, (_, at) => at + 1);
  return tape.node('PRelu', [self, tape.node('Unsqueeze', [weight, axes])]);
}

/** scale · (x above 0, else alpha · (exp(input scale · x) - 1)). */
function elu(tape: Tape, self: Tensor, alpha: number, scale: number, inputScale: number): Tensor {
  if (inputScale === 1) {
    const bent = tape.node('Elu', [self], { alpha: { float: alpha } });
    return scale === 1 ? bent : tape.node('Mul', [bent, scale]);
  }
  const below = tape.node('Elu', [tape.node('Mul', [self, inputScale])], { alpha: { float: alpha } });
  const isAbove = tape.node('Greater', [self, 0]);
  return tape.node('Mul', [tape.node('Where', [isAbove, self, below]), scale]);
}
