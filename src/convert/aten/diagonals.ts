import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { dimOf, expand, permute, reshape, unsqueeze } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { minus, plus, productOf, smaller } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Triangles and diagonals of matrices. */
export default aten({
  'aten::tril(Tensor self, int diagonal=0) -> Tensor': (tape, { self, diagonal }) =>
    triangle(tape, self, diagonal, 0),
  'aten::triu(Tensor self, int diagonal=0) -> Tensor': (tape, { self, diagonal }) =>
    triangle(tape, self, diagonal, 1),
  'aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)': {
    read: (tape, { self, offset, dim1, dim2 }) => diagonal(tape, self, offset, dim1, dim2),
    write: (tape, { self, offset, dim1, dim2 }, value) => written(tape, self, value, { offset, dim1, dim2 }),
  },
  'aten::diag(Tensor self, int diagonal=0) -> Tensor': (tape, { self, diagonal: offset }) =>
    self.rank === 1 ? embedded(tape, self, offset, 0, 1) : diagonal(tape, self, offset, 0, 1),
  'aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor': (
    tape,
    { self, offset, dim1, dim2 },
  ) => embedded(tape, self, offset, dim1, dim2),
  'aten::trace(Tensor self) -> Tensor': (tape, { self }) =>
    tape.node('ReduceSum', [diagonal(tape, self, 0, 0, 1), [0]], { keepdims: 0 }),
  'aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)': (
    tape,
    { self, dimension, size, step },
  ) => {
    const dim = dimOf(dimension, self.rank);
    const length = self.size(dim);
    if (typeof length !== 'number') throw new Gap('windows over a size that comes when the model runs');
    const count = Math.floor((length - size) / step) + 1;
    const places = Array.from(
      { length: count * size },
      (_, at) => Math.floor(at / size) * step + (at % size),
    );
    const picked = tape.node('Gather', [self, tape.constant('int64', [count, size], places)], { axis: dim });
    const order = picked.sizes.map((_, at) => at).filter((at) => at !== dim + 1);
    return permute(tape, picked, [...order, dim + 1]);
  },
});

function triangle(tape: Tape, self: Tensor, diagonal: number, upper: number): Tensor {
  // ONNX Runtime has no triangles of narrow numbers.
  const isNarrow = ['uint8', 'int8', 'int16', 'int32'].includes(self.dtype);
  const numbers = isNarrow ? tape.cast(self, 'int64') : self;
  const offset = diagonal === 0 ? [] : [tape.constant('int64', [], [diagonal])];
  const found = tape.node('Trilu', [numbers, ...offset], upper === 1 ? {} : { upper }, { sizes: self.sizes });
  return tape.cast(found, self.dtype);
}

/** One element of each row, picked by its column; the diagonal comes last. */
function diagonal(tape: Tape, self: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const { flat, places } = laidOut(tape, self, { offset, dim1, dim2 });
  const outer = flat.sizes.slice(0, -1);
  return tape.node('Gather', [flat, places], { axis: outer.length }, { sizes: [...outer, places.size(0)] });
}

/** A matrix with other elements on its diagonal. */
function written(tape: Tape, self: Tensor, value: Tensor, line: Line): Tensor {
  const { flat, places, order, sizes } = laidOut(tape, self, line);
  const spread = expand(tape, places, value.sizes);
  const whole = tape.node('ScatterElements', [flat, spread, value], { axis: flat.rank - 1 });
  return permute(
    tape,
    reshape(tape, whole, sizes),
    order.map((_, at) => order.indexOf(at)),
  );
}

/** A diagonal, and the dimensions whose matrices it goes through. */
interface Line {
  offset: number;
  dim1: number;
  dim2: number;
}

/** Matrices as rows one behind the other, and where in them the diagonal lies. */
function laidOut(tape: Tape, self: Tensor, { offset, dim1, dim2 }: Line) {
  const [a, b] = [dimOf(dim1, self.rank), dimOf(dim2, self.rank)];
  const order = [...self.sizes.map((_, at) => at).filter((at) => at !== a && at !== b), a, b];
  const front = permute(tape, self, order);
  const [rows, columns] = [front.size(-2), front.size(-1)];
  const [down, right] = [Math.max(0, -offset), Math.max(0, offset)];
  const count = smaller(minus(rows, down), minus(columns, right));
  const flat = reshape(tape, front, [...front.sizes.slice(0, -2), productOf([rows, columns])]);
  const steps = counted(tape, count);
  const stride = sizeScalar(tape, plus(columns, 1));
  const first = plus(productOf([down, columns]), right);
  const places = tape.node(
    'Add',
    [tape.node('Mul', [steps, stride]), sizeScalar(tape, first)],
    {},
    { sizes: [count] },
  );
  return { flat, places, order, sizes: front.sizes };
}

/** The last dimension as a diagonal, zeros around it. */
function embedded(tape: Tape, self: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const [a, b] = [dimOf(dim1, self.rank + 1), dimOf(dim2, self.rank + 1)];
  const side = plus(self.size(-1), Math.abs(offset));
  const steps = counted(tape, side);
  const rows = unsqueeze(tape, tape.node('Add', [steps, offset]), 1);
  const isThere = tape.node('Equal', [rows, steps]);
  const [before, behind] = offset > 0 ? [offset, 0] : [0, -offset];
  const pads = [...self.sizes.slice(1).map(() => 0), before, ...self.sizes.slice(1).map(() => 0), behind];
  const line = offset === 0 ? self : tape.node('Pad', [self, pads], {}, { sizes: self.sizes.with(-1, side) });
  const zero = tape.constant(self.dtype, [], [0]);
  const sizes: Size[] = [...self.sizes.slice(0, -1), side, side];
  const square = tape.node('Where', [isThere, unsqueeze(tape, line, line.rank - 1), zero], {}, { sizes });
  const order = Array.from({ length: self.rank - 1 }, (_, at) => at);
  const places = square.sizes.map((_, at) =>
    at === a ? self.rank - 1 : at === b ? self.rank : (order.shift() ?? 0),
  );
  return permute(tape, square, places);
}

function counted(tape: Tape, size: Size): Tensor {
  if (typeof size === 'number')
    return tape.constant(
      'int64',
      [size],
      Array.from({ length: size }, (_, at) => at),
    );
  return tape.node(
    'Range',
    [tape.scalar(0n, 'int64'), sizeScalar(tape, size), tape.scalar(1n, 'int64')],
    {},
    { sizes: [size] },
  );
}

function sizeScalar(tape: Tape, size: Size): Tensor {
  return tape.scalar(typeof size === 'number' ? BigInt(size) : size, 'int64');
}
