import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { reshape } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import { isSame, productOf } from '../tape/symint';

/** Elements as strides pick them: a plain view where they lie one behind the other, else one by one. */
export default aten({
  'aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)':
    (tape, { self, size, stride, storage_offset }) => {
      const isPlain = size.every((_, at) => isSame(stride[at], productOf(size.slice(at + 1))));
      const offset = storage_offset ?? 0;
      if (isPlain && offset === 0 && isSame(productOf(size), productOf(self.sizes)))
        return reshape(tape, self, size);
      const dims = size.filter((one) => typeof one === 'number');
      const steps = stride.filter((one) => typeof one === 'number');
      if (dims.length + steps.length < 2 * size.length || typeof offset !== 'number') {
        throw new Gap('strides over sizes that come when the model runs');
      }
      const places = dims.reduce<number[]>(
        (found, count, at) =>
          found.flatMap((place) => Array.from({ length: count }, (_, k) => place + k * (steps[at] ?? 0))),
        [offset],
      );
      const flat = reshape(tape, self, [productOf(self.sizes)]);
      return tape.node('Gather', [flat, tape.constant('int64', dims, places)], { axis: 0 });
    },
  'aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor':
    (tape, { elements, test_elements, invert }) => {
      const flat = reshape(tape, test_elements, [productOf(test_elements.sizes)]);
      const apart = tape.node('Unsqueeze', [elements, [elements.rank]]);
      const same = tape.cast(tape.node('Equal', [apart, flat]), 'int32');
      const found = tape.cast(reduce(tape, 'ReduceMax', same, [-1], false), 'bool');
      return invert ? tape.node('Not', [found]) : found;
    },
});
