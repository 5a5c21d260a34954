import type { Dtype } from '../../core/dtype';
import { PyList, PyTuple, type Machine, type Value } from '../../python';
import { dtypeOfScalar } from '../tape/scalars';
import { joined } from '../parts/join';
import { reshape } from '../parts/rearrange';
import type { Scalar } from '../tape/recorder';
import { promoteTypes } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import { SizeTest } from './size-test';
import { SizeValue, TensorValue } from './values';

/** `torch.tensor(data)`: numbers in lists, which may be known only when the model runs. */
export function tensorOfLists(machine: Machine, tape: Tape, data: Value, dtype: Dtype | null): Value {
  const items: (Scalar | Tensor)[] = [];
  const dims = collect(machine, data, items);
  const dtypes = items.map((item) => (item instanceof Tensor ? item.dtype : dtypeOfScalar(item)));
  const common =
    dtype ?? dtypes.reduce<Dtype | null>((a, b) => (a ? promoteTypes(a, b) : b), null) ?? 'float32';
  const numbers = items.filter((item) => typeof item !== 'object');
  if (numbers.length === items.length) return new TensorValue(tape, tape.constant(common, dims, numbers));
  const parts = items.map((item) => {
    const tensor = item instanceof Tensor ? tape.cast(item, common) : tape.scalar(item, common);
    return reshape(tape, tensor, [1]);
  });
  return new TensorValue(tape, reshape(tape, joined(tape, parts, 0), dims));
}

/** Puts the numbers of lists in lists one behind the other; gives how many each list has. */
function collect(machine: Machine, data: Value, items: (Scalar | Tensor)[]): number[] {
  machine.allocate(1);
  if (data instanceof PyList || data instanceof PyTuple) {
    const inner = data.items.map((item) => collect(machine, item, items));
    const [first = []] = inner;
    if (inner.some((dims) => dims.join() !== first.join()))
      throw machine.error('ValueError', 'expected sequences of one length in each dimension');
    return [data.items.length, ...first];
  }
  if (data instanceof TensorValue || data instanceof SizeTest) items.push(data.tensor);
  else if (data instanceof SizeValue) items.push(data.size);
  else if (typeof data === 'bigint' || typeof data === 'number' || typeof data === 'boolean')
    items.push(data);
  else throw machine.unknown(`a tensor of ${machine.repr(data)}`);
  return [];
}
