import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { dimOf, expand, slice, toEnd, unsqueeze } from '../parts/rearrange';
import type { Size } from '../tape/size';
import { ceilDivide, larger, minus, plus, smaller } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Parts of a tensor along one dimension, which can be written to. */
export default aten({
  'aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)': {
    read: (tape, { self, dim, index }) => selected(tape, self, dimOf(dim, self.rank), index),
    write: (tape, { self, dim, index }, value) => {
      const at = dimOf(dim, self.rank);
      const from = fromFront(index, self.size(at));
      return replaced(tape, self, at, [from, plus(from, 1), 1], unsqueeze(tape, value, at));
    },
  },
  'aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)':
    {
      read: (tape, { self, dim, start, end, step }) => {
        const at = dimOf(dim, self.rank);
        const span = spanOf(self.size(at), start, end, step);
        if (isWhole(span, self.size(at))) return self.copy();
        // The node itself counts from the end and cuts what is beyond: plain bounds need no arithmetic.
        const [from, to] = [start ?? 0, end ?? toEnd];
        const plain = typeof from === 'number' && typeof to === 'number' ? ([from, to, step] as const) : span;
        return slice(tape, self, at, plain, countOf(span));
      },
      write: (tape, { self, dim, start, end, step }, value) => {
        const at = dimOf(dim, self.rank);
        const span = spanOf(self.size(at), start, end, step);
        return isWhole(span, self.size(at)) ? value : replaced(tape, self, at, span, value);
      },
    },
  'aten::narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)': {
    read: (tape, { self, dim, start, length }) => {
      const from = fromFront(start, self.size(dim));
      return slice(tape, self, dimOf(dim, self.rank), [from, plus(from, length), 1], length);
    },
    write: (tape, { self, dim, start, length }, value) => {
      const from = fromFront(start, self.size(dim));
      return replaced(tape, self, dimOf(dim, self.rank), [from, plus(from, length), 1], value);
    },
  },
  'aten::select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor': (
    tape,
    { self, src, dim, index },
  ) => {
    const at = dimOf(dim, self.rank);
    const from = fromFront(index, self.size(at));
    return replaced(tape, self, at, [from, plus(from, 1), 1], unsqueeze(tape, src, at));
  },
  'aten::slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor':
    (tape, { self, src, dim, start, end, step }) => {
      const at = dimOf(dim, self.rank);
      return replaced(tape, self, at, spanOf(self.size(at), start, end, step), src);
    },
});

type Span = readonly [start: Size, end: Size, step: Size];

/** One place of a dimension, which goes. */
export function selected(tape: Tape, self: Tensor, dim: number, index: Size): Tensor {
  const sizes = self.sizes.toSpliced(dim, 1);
  if (typeof index === 'number')
    return tape.node('Gather', [self, tape.constant('int64', [], [index])], { axis: dim }, { sizes });
  return tape.node('Gather', [self, tape.scalar(index, 'int64')], { axis: dim }, { sizes });
}

function fromFront(index: Size, size: Size): Size {
  return typeof index === 'number' && index < 0 ? plus(size, index) : index;
}

/**
 * Where a slice begins and ends, counted from the front. A symbolic end is taken to lie within the dimension, as a
 * program that asks for it means; a number beyond a known size is cut.
 */
function spanOf(size: Size, start: Size | null, end: Size | null, step: Size): Span {
  const from = within(fromFront(start ?? 0, size), size);
  const to =
    end === null || end === toEnd || (typeof end === 'number' && end >= toEnd / 2)
      ? size
      : fromFront(end, size);
  return [from, within(to, size), step];
}

function within(at: Size, size: Size): Size {
  if (typeof at === 'number' && typeof size === 'number') return Math.min(Math.max(at, 0), size);
  const rest = minus(size, at);
  if (typeof at === 'number' && at > 0) return smaller(at, size);
  return typeof rest === 'number' && rest < 0 ? size : at;
}

function countOf([start, end, step]: Span): Size {
  const length = larger(minus(end, start), 0);
  const known = typeof length === 'number' ? length : minus(end, start);
  return typeof step === 'number' && step !== 1 ? ceilDivide(known, step) : known;
}

function isWhole([start, end, step]: Span, size: Size): boolean {
  return start === 0 && step === 1 && minus(end, size) === 0;
}

/** The tensor with other elements in a stretch of one dimension. */
export function replaced(tape: Tape, self: Tensor, dim: number, span: Span, value: Tensor): Tensor {
  const [start, end, step] = span;
  const given = tape.cast(expand(tape, value, self.sizes.with(dim, countOf(span))), self.dtype);
  if (step !== 1) return scattered(tape, self, dim, span, given);
  const size = self.size(dim);
  const rest = minus(size, end);
  const before = start === 0 ? [] : [slice(tape, self, dim, [0, start, 1], start)];
  const behind = rest === 0 ? [] : [slice(tape, self, dim, [end, toEnd, 1], rest)];
  const parts = [...before, given, ...behind];
  return parts.length === 1 ? given : tape.node('Concat', parts, { axis: dim }, { sizes: self.sizes });
}

function scattered(tape: Tape, self: Tensor, dim: number, [start, end, step]: Span, value: Tensor): Tensor {
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number') {
    throw new Gap('writing to every so many places needs a known size');
  }
  const count = Math.max(0, Math.ceil((end - start) / step));
  const places = Array.from({ length: count }, (_, at) => start + at * step);
  const column = tape.constant('int64', [count], places);
  const dims = self.sizes.map((_, at) => (at === dim ? -1 : 1));
  const shaped = tape.node(
    'Reshape',
    [column, dims],
    {},
    { sizes: self.sizes.map((_, at) => (at === dim ? count : 1)) },
  );
  const indices = expand(tape, shaped, value.sizes);
  return tape.node('ScatterElements', [self, indices, value], { axis: dim });
}
