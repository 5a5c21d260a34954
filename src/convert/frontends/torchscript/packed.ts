import type { Opaque, Value as Stored } from '../../../core/checkpoint';
import { PyList, PyTuple, type Value } from '../../../python';
import { Gap } from '../../gap';
import { PackedCell, PackedWeight } from '../../operators/packed-weight';
import type { Tape } from '../../tape/tape';
import { PackedValue, weightIn } from '../../torch/packing';
import { TensorValue } from '../../torch/values';

/**
 * The packed weights that an object of an archive is, with `open` for what it holds; `null` for other objects.
 * @see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/quantized/cpu/conv_serialization.h
 */
export async function packedOf(
  tape: Tape,
  { name, state }: Opaque,
  open: (value: Stored) => Promise<Value>,
): Promise<PackedValue | null> {
  const [, kind = ''] =
    /^__torch__\.torch\.classes\.(?:quantized|rnn)\.(\w+?)(?:PackedParams|Params)Base$/.exec(name) ?? [];
  const unpack = kinds.get(kind);
  if (unpack === undefined) return null;
  const held = await open(state);
  if (!(held instanceof PyTuple)) throw new Gap(`${name} is packed in a way that is not known here`);
  return new PackedValue(tape, unpack(held.items));
}

const kinds = new Map<string, (items: readonly Value[]) => PackedWeight | PackedCell>([
  ['Linear', linear],
  ['Conv2d', convolution],
  ['Cell', cell],
]);

/** The weight and the bias. */
function linear([weight = null, bias = null]: readonly Value[]): PackedWeight {
  return new PackedWeight(tensorOf(weight), bias === null ? null : tensorOf(bias));
}

/**
 * Its version, then numbers, weight and bias: numbers are a tensor beside the weight in version 2, a list in version 3.
 * They are the count of dimensions, and for each of them stride, padding, dilation and what is added to the output,
 * then groups and whether it is transposed. One dimension is kept as two, of which the first does nothing.
 */
function convolution([version = null, first = null, second = null]: readonly Value[]): PackedWeight {
  const [a, b] = [itemsOf(first), itemsOf(second)];
  const isNewer = version === 3n;
  const numbers = isNewer ? a.map(Number) : (a[0] instanceof TensorValue && a[0].tensor.numbers) || [];
  const [weight = null, bias = null] = isNewer ? b.slice(1) : [a[1], b[0]];
  const [rank = 0] = numbers;
  const part = (at: number) => numbers.slice(1 + at * rank, 1 + (at + 1) * rank);
  const [groups = 1, isTransposed = 0] = numbers.slice(1 + 4 * rank);
  if (rank !== 2 || isTransposed !== 0) throw new Gap('quantized convolutions of other kinds');
  const moves = { stride: part(0), padding: part(1), dilation: part(2), groups };
  return new PackedWeight(tensorOf(weight), bias === null ? null : tensorOf(bias), moves);
}

/** What kind it is, biases, numbers of two kinds, and the weights for the input and for the last state. */
function cell([kind = null, biases = null, , , weights = null]: readonly Value[]): PackedCell {
  const [input = null, hidden = null] = itemsOf(weights);
  const [inputBias, hiddenBias] = itemsOf(biases);
  if (kind !== 'quantized_dynamic' || inputBias === undefined || hiddenBias === undefined)
    throw new Gap(`recurrent weights of the kind ${typeof kind === 'string' ? kind : '?'}`);
  return new PackedCell([weightIn(input), weightIn(hidden)], [tensorOf(inputBias), tensorOf(hiddenBias)]);
}

function itemsOf(value: Value): readonly Value[] {
  return value instanceof PyList || value instanceof PyTuple ? value.items : [];
}

function tensorOf(value: Value) {
  if (!(value instanceof TensorValue)) throw new Gap('packed weights without a tensor');
  return value.tensor;
}
