import { Gap } from '../gap';
import { isFloat } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { limits } from './limits';
import { dimOf, expand, reshape, slice } from './rearrange';

/** How elements that meet in one place become one. */
export type Reduction = 'none' | 'add' | 'mul' | 'max' | 'min';

/** Elements of `source` put where `index` says along a dimension; without a source only as much of it as there are places. */
export function scatterElements(
  tape: Tape,
  self: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduction: Reduction,
): Tensor {
  if (self.rank === 0) return single(tape, self, index, source, reduction);
  const axis = dimOf(dim, self.rank);
  const whole = source.rank === 0 ? expand(tape, source, index.sizes) : cut(tape, source, index);
  const given = tape.cast(whole, self.dtype);
  // ONNX has maxima of elements that meet from operator set 18 on.
  if ((reduction === 'max' || reduction === 'min') && tape.opset < 18)
    return bySorting(tape, self, axis, index, given, reduction);
  const attributes = { axis, ...(reduction !== 'none' && { reduction }) };
  return tape.node('ScatterElements', [self, index, given], attributes, { sizes: self.sizes });
}

function single(tape: Tape, self: Tensor, index: Tensor, source: Tensor, reduction: Reduction): Tensor {
  const [line, place, value] = [self, index, source].map((one) =>
    one.rank === 0 ? reshape(tape, one, [1]) : one,
  );
  if (!line || !place || !value) throw new Gap('there is nothing to put');
  return reshape(tape, scatterElements(tape, line, 0, place, value, reduction), []);
}

/** torch lets the source be larger than the index; ONNX does not. */
function cut(tape: Tape, source: Tensor, index: Tensor): Tensor {
  return source.sizes.reduce<Tensor>((part, size, dim) => {
    const wanted = index.size(dim);
    const isSmaller = typeof size === 'number' && typeof wanted === 'number' && wanted < size;
    return isSmaller ? slice(tape, part, dim, [0, wanted, 1], wanted) : part;
  }, source);
}

/**
 * Writes the elements in the order of their size, so that the last one written to a place is the largest: ONNX
 * Runtime writes in order.
 */
function bySorting(
  tape: Tape,
  self: Tensor,
  axis: number,
  index: Tensor,
  source: Tensor,
  reduction: 'max' | 'min',
): Tensor {
  const worst = (limits[self.dtype] ?? [-Infinity, Infinity])[reduction === 'max' ? 0 : 1];
  const bound = isFloat(self.dtype) ? (reduction === 'max' ? -Infinity : Infinity) : worst;
  const [sorted, order] = tape.nodes(
    'TopK',
    [source, [index.size(axis)]],
    { axis, largest: reduction === 'max' ? 0 : 1, sorted: 1 },
    [{ sizes: source.sizes }, { sizes: source.sizes }],
  );
  if (!sorted || !order) throw new Gap('there is nothing to put');
  const places = tape.node('GatherElements', [index, order], { axis }, { sizes: index.sizes });
  const empty = tape.node(
    'Expand',
    [tape.constant(self.dtype, [], [bound]), self.sizes],
    {},
    { sizes: self.sizes },
  );
  const found = tape.node('ScatterElements', [empty, places, sorted], { axis }, { sizes: self.sizes });
  return tape.node(reduction === 'max' ? 'Max' : 'Min', [self, found]);
}

/** Rows put along a dimension, one index for each. */
export function scatterRows(
  tape: Tape,
  self: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduction: Reduction,
): Tensor {
  const axis = dimOf(dim, self.rank);
  const rows = index.rank === 0 ? reshape(tape, index, [1]) : index;
  const column = reshape(
    tape,
    rows,
    self.sizes.map((_, at) => (at === axis ? rows.size(0) : 1)),
  );
  const sizes = self.sizes.with(axis, rows.size(0));
  const places = expand(tape, column, sizes);
  return scatterElements(tape, self, axis, places, expand(tape, source, sizes), reduction);
}
