import { aten } from '../operators/aten';
import { unsqueeze } from '../parts/rearrange';
import { norm } from './norms';

/** Distances of all pairs, and exponentials added up without overflow. */
export default aten({
  'aten::cdist(Tensor x1, Tensor x2, float p=2, int? compute_mode=None) -> Tensor': (tape, { x1, x2, p }) => {
    const [left, right] = [unsqueeze(tape, x1, x1.rank - 1), unsqueeze(tape, x2, x2.rank - 2)];
    return norm(tape, tape.node('Sub', [left, right]), p, [-1], false, null);
  },
  'aten::_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor': (
    tape,
    { x1, x2, p },
  ) => {
    const [left, right] = [unsqueeze(tape, x1, x1.rank - 1), unsqueeze(tape, x2, x2.rank - 2)];
    return norm(tape, tape.node('Sub', [left, right]), p, [-1], false, null);
  },
  'aten::logaddexp(Tensor self, Tensor other) -> Tensor': (tape, { self, other }) => {
    const top = tape.node('Max', [self, other]);
    const apart = tape.node('Neg', [tape.node('Abs', [tape.node('Sub', [self, other])])]);
    return tape.node('Add', [top, tape.node('Log', [tape.node('Add', [tape.node('Exp', [apart]), 1])])]);
  },
  'aten::_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor': (tape, { v, g, dim }) => {
    const dims = v.sizes.map((_, at) => at).filter((at) => at !== dim);
    return tape.node('Mul', [v, tape.node('Div', [g, norm(tape, v, 2, dims, true, null)])]);
  },
  'aten::bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor': (
    tape,
    args,
  ) => {
    const product = tape.node('Einsum', [args.input1, args.weight, args.input2], {
      equation: '...i,oij,...j->...o',
    });
    return args.bias === null ? product : tape.node('Add', [product, args.bias]);
  },
});
