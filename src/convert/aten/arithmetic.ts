import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { arithmetic, scaled } from '../parts/arithmetic';
import { promoted } from '../operators/promotion';

/** Sums, differences and products; of truth values or, and. */
export default aten({
  'aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': (
    tape,
    { self, other, alpha },
  ) => {
    const [a, b] = promoted(tape, [self, other]);
    if (a.dtype === 'bool') return tape.node('Or', [a, b]);
    return arithmetic(tape, 'Add', a, scaled(tape, b, alpha));
  },
  'aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': (tape, { self, other, alpha }) => {
    const [a, b] = promoted(tape, [self, tape.wrap(other)]);
    return arithmetic(tape, 'Add', a, scaled(tape, b, alpha));
  },
  'aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': (
    tape,
    { self, other, alpha },
  ) => {
    const [a, b] = promoted(tape, [self, other]);
    if (a.dtype === 'bool') throw new Gap('truth values cannot be subtracted');
    return arithmetic(tape, 'Sub', a, scaled(tape, b, alpha));
  },
  'aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': (tape, { self, other, alpha }) => {
    const [a, b] = promoted(tape, [self, tape.wrap(other)]);
    return arithmetic(tape, 'Sub', a, scaled(tape, b, alpha));
  },
  'aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': (
    tape,
    { self, other, alpha },
  ) => {
    const [a, b] = promoted(tape, [self, other]);
    return arithmetic(tape, 'Sub', b, scaled(tape, a, alpha));
  },
  'aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': (
    tape,
    { self, other, alpha },
  ) => {
    const [a, b] = promoted(tape, [self, tape.wrap(other)]);
    return arithmetic(tape, 'Sub', b, scaled(tape, a, alpha));
  },
  'aten::mul.Tensor(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const [a, b] = promoted(tape, [self, other]);
    return a.dtype === 'bool' ? tape.node('And', [a, b]) : arithmetic(tape, 'Mul', a, b);
  },
  'aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor': (tape, args) => {
    const [self, a, b] = promoted(tape, [args.self, args.tensor1, args.tensor2]);
    return tape.node('Add', [self, scaled(tape, tape.node('Mul', [a, b]), args.value)]);
  },
  'aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor': (tape, args) => {
    const [self, a, b] = promoted(tape, [args.self, args.tensor1, args.tensor2]);
    return tape.node('Add', [self, tape.node('Div', [scaled(tape, a, args.value), b])]);
  },
  'aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor': (tape, { self, end, weight }) => {
    const way = tape.node('Sub', [end, self]);
    return tape.node('Add', [self, scaled(tape, way, weight)]);
  },
  'aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor': (tape, { self, end, weight }) => {
    const way = tape.node('Sub', [end, self]);
    return tape.node('Add', [self, tape.node('Mul', [weight, way])]);
  },
});
