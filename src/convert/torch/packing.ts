import { NativeFunction, PyTuple, type Machine, type Value } from '../../python';
import { Gap } from '../gap';
import { PackedCell, PackedWeight } from '../operators/packed-weight';
import type { Tape } from '../tape/tape';
import { HeldValue } from './held-value';
import { TensorValue } from './values';

/** Weights that quantized layers keep together, as a program holds them. */
export class PackedValue extends HeldValue {
  readonly typeName = 'packed weights';
  readonly held: PackedWeight | PackedCell;
  readonly #tape: Tape;

  constructor(tape: Tape, packed: PackedWeight | PackedCell) {
    super();
    this.#tape = tape;
    this.held = packed;
  }

  override getAttribute(machine: Machine, name: string): Value | undefined {
    const { held: packed } = this;
    if (name === 'unpack' && packed instanceof PackedWeight)
      return new NativeFunction(name, '', () => unpacked(this.#tape, packed));
    return super.getAttribute(machine, name);
  }
}

function unpacked(tape: Tape, { weight, bias }: PackedWeight): Value {
  return new PyTuple([new TensorValue(tape, weight), bias && new TensorValue(tape, bias)]);
}

type Pack = (machine: Machine, tape: Tape, args: readonly Value[]) => Value;

/** `quantized::linear_prepack` and its relatives, which only put weights together; `undefined` for other operators. */
export function packing(name: string): Pack | undefined {
  return packings.get(name);
}

const linear: Pack = (_, tape, [weight = null, bias = null]) =>
  new PackedValue(tape, new PackedWeight(tensorIn(weight), bias === null ? null : tensorIn(bias)));

const convolution: Pack = (machine, tape, [weight = null, bias = null, ...rest]) => {
  const list = (value: Value | undefined) => machine.list(value ?? null).map((one) => machine.index(one));
  const [stride, padding, dilation, groups] = rest;
  return new PackedValue(
    tape,
    new PackedWeight(tensorIn(weight), bias === null ? null : tensorIn(bias), {
      ...{ stride: list(stride), padding: list(padding), dilation: list(dilation) },
      groups: machine.index(groups ?? 1n),
    }),
  );
};

const unpack: Pack = (_, tape, [value = null]) => {
  if (!(value instanceof PackedValue) || value.held instanceof PackedCell)
    throw new Gap('packed weights that were not read');
  return unpacked(tape, value.held);
};

const packings = new Map<string, Pack>([
  ['linear_prepack', linear],
  ['linear_prepack_fp16', linear],
  ['linear_unpack', unpack],
  ['linear_unpack_fp16', unpack],
  ['conv1d_prepack', convolution],
  ['conv2d_prepack', convolution],
  ['conv1d_unpack', unpack],
  ['conv2d_unpack', unpack],
]);

function tensorIn(value: Value) {
  if (!(value instanceof TensorValue)) throw new Gap('weights that are no tensor');
  return value.tensor;
}

/** The packed weights that a value holds. Throws a `Gap` for anything else. */
export function weightIn(value: Value): PackedWeight {
  if (!(value instanceof PackedValue) || !(value.held instanceof PackedWeight))
    throw new Gap('packed weights that were not read');
  return value.held;
}
