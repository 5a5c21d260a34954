import { aten } from '../operators/aten';
import { joined, stacked } from '../parts/join';
import { padRank, reshape, unsqueeze } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Tensors put behind one another, along a dimension that is there or along a new one. */
export default aten({
  'aten::cat(Tensor[] tensors, int dim=0) -> Tensor': (tape, { tensors, dim }) => joined(tape, tensors, dim),
  'aten::stack(Tensor[] tensors, int dim=0) -> Tensor': (tape, { tensors, dim }) =>
    stacked(tape, tensors, dim),
  'aten::hstack(Tensor[] tensors) -> Tensor': (tape, { tensors }) => {
    const whole = tensors.map((tensor) => padRank(tape, tensor, 1));
    return joined(tape, whole, (whole[0]?.rank ?? 1) === 1 ? 0 : 1);
  },
  'aten::vstack(Tensor[] tensors) -> Tensor': (tape, { tensors }) =>
    joined(
      tape,
      tensors.map((tensor) => padRank(tape, tensor, 2)),
      0,
    ),
  'aten::dstack(Tensor[] tensors) -> Tensor': (tape, { tensors }) =>
    joined(
      tape,
      tensors.map((tensor) => deep(tape, tensor)),
      2,
    ),
  'aten::column_stack(Tensor[] tensors) -> Tensor': (tape, { tensors }) =>
    joined(
      tape,
      tensors.map((tensor) => (tensor.rank > 1 ? tensor : reshape(tape, tensor, [tensor.sizes[0] ?? 1, 1]))),
      1,
    ),
  'aten::meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]': (tape, { tensors, indexing }) =>
    grid(tape, tensors, indexing === 'xy'),
  'aten::meshgrid(Tensor[] tensors) -> Tensor[]': (tape, { tensors }) => grid(tape, tensors, false),
});

function deep(tape: Tape, tensor: Tensor): Tensor {
  const flat = padRank(tape, tensor, 2);
  return flat.rank === 2 ? unsqueeze(tape, flat, 2) : flat;
}

function grid(tape: Tape, tensors: readonly Tensor[], isTurned: boolean): Tensor[] {
  const lines = tensors.map((tensor) => (tensor.rank === 0 ? unsqueeze(tape, tensor, 0) : tensor));
  const order =
    isTurned && lines.length > 1
      ? [1, 0, ...lines.keys()].filter((at, place) => place < 2 || at > 1)
      : [...lines.keys()];
  const sizes = order.map((at) => lines[at]?.size(0) ?? 1);
  return lines.map((line, at) => {
    const place = order.indexOf(at);
    const shaped = reshape(
      tape,
      line,
      sizes.map((size, dim) => (dim === place ? size : 1)),
    );
    return tape.node('Expand', [shaped, sizes], {}, { sizes });
  });
}
