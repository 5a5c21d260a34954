import { elementCount } from '../../core/shape';
import type { Dtype } from '../../core/dtype';
import {
  Foreign,
  NativeFunction,
  PyList,
  PyTuple,
  type Keywords,
  type Machine,
  type Value,
} from '../../python';
import { promoteTypes } from '../operators/promotion';
import type { Tape } from '../tape/tape';
import { DeviceValue, DtypeValue, TensorClass, dtypeIn, dtypeNames, dtypeValue, tensorTypes } from './dtypes';
import { callOperator, SizeValue, TensorValue } from './values';

/** What `torch` has besides its operators. */
export function torchMembers(tape: Tape, machine: Machine): [string, Value][] {
  return [
    ...Array.from(dtypeNames, ([name, dtype]): [string, Value] => [name, dtypeValue(dtype)]),
    ['Tensor', new TensorType('Tensor', tape, null)],
    ...Array.from(tensorTypes, ([name, dtype]): [string, Value] => [name, new TensorType(name, tape, dtype)]),
    ['dtype', new Kind('dtype', (value) => value instanceof DtypeValue)],
    [
      'device',
      new Kind(
        'device',
        (value) => value instanceof DeviceValue,
        () => new DeviceValue(),
      ),
    ],
    ['Size', machine.type('tuple')],
    ['inf', Infinity],
    ['nan', NaN],
    ['pi', Math.PI],
    ['e', Math.E],
    ['__version__', '2.0.0'],
    ['strided', 'strided'],
    ['contiguous_format', null],
    ['channels_last', 'channels_last'],
    ['channels_last_3d', 'channels_last_3d'],
    ['preserve_format', null],
    ['tensor', making(tape, 'tensor')],
    ['as_tensor', making(tape, 'as_tensor')],
    ['from_numpy', making(tape, 'from_numpy')],
    ['is_tensor', new NativeFunction('is_tensor', 'obj', (_, [value]) => value instanceof TensorValue)],
    ...['numel', 'is_floating_point', 'is_complex'].map((name): [string, Value] => [
      name,
      new NativeFunction(name, 'input', (inner, [input = null]) => inner.callMethod(input, name, [])),
    ]),
  ];
}

type Make = (machine: Machine, args: readonly Value[], keywords: Keywords) => Value;

/** A class that programs ask `isinstance` of, and may call. */
class Kind extends Foreign {
  readonly typeName: string;
  readonly #has: (value: Value) => boolean;
  readonly #make: Make | null;

  constructor(typeName: string, has: (value: Value) => boolean, make: Make | null = null) {
    super();
    this.typeName = typeName;
    this.#has = has;
    this.#make = make;
  }

  override hasInstance(_machine: Machine, value: Value): boolean {
    return this.#has(value);
  }

  override call(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    return this.#make ? this.#make(machine, args, keywords) : super.call(machine, args, keywords);
  }
}

/** `torch.Tensor`, `torch.LongTensor`: with numbers it holds those, with sizes it holds anything. */
class TensorType extends TensorClass {
  readonly typeName: string;
  readonly #tape: Tape;
  readonly dtype: Dtype | null;

  constructor(typeName: string, tape: Tape, dtype: Dtype | null) {
    super();
    this.typeName = typeName;
    this.#tape = tape;
    this.dtype = dtype;
  }

  override hasInstance(_machine: Machine, value: Value): boolean {
    if (!(value instanceof TensorValue)) return false;
    return this.dtype === null || value.tensor.dtype === this.dtype;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name.startsWith('__')) return name === '__name__' ? this.typeName : undefined;
    return new NativeFunction(name, 'self, *args, **keywords', (inner, [self = null, ...args], keywords) =>
      inner.call(
        inner.getAttribute(self, name),
        args.map((value) => value ?? null),
        keywords,
      ),
    );
  }

  override call(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    const [first] = args;
    const dtype = this.dtype ?? 'float32';
    if (first instanceof PyList || first instanceof TensorValue || first instanceof PyTuple)
      return tensorOf(machine, this.#tape, first, dtype);
    const size = new PyTuple(args.length === 0 ? [0n] : args);
    const about: Keywords = new Map([...keywords, ['dtype', dtypeValue(dtype)]]);
    return callOperator(machine, this.#tape, 'aten::empty', { args: [size], keywords: about });
  }
}

/** `torch.tensor(data, dtype=None)`, which makes elements of its own; `as_tensor` keeps those of a tensor. */
function making(tape: Tape, name: string): NativeFunction {
  return new NativeFunction(
    name,
    'data, dtype?, device?, **keywords',
    (machine, [data = null, dtype = null]) => {
      const asked = dtype === null ? null : dtypeIn(dtype);
      if (asked === undefined) throw machine.unknown(`${machine.repr(dtype)} as a dtype`);
      if (
        data instanceof TensorValue &&
        name !== 'tensor' &&
        (asked ?? data.tensor.dtype) === data.tensor.dtype
      )
        return data;
      return tensorOf(machine, tape, data, asked);
    },
  );
}

/** Numbers in lists as a tensor, of the dtype that holds them all where none is asked for. */
function tensorOf(machine: Machine, tape: Tape, data: Value, dtype: Dtype | null): Value {
  if (data instanceof TensorValue) {
    return new TensorValue(tape, tape.cast(data.tensor, dtype ?? data.tensor.dtype).copy());
  }
  const { dims, leaves } = flatten(machine, data);
  if (leaves.length !== elementCount(dims))
    throw machine.error('ValueError', 'expected sequences of the same length');
  const numbers = leaves.filter(
    (leaf) => typeof leaf === 'number' || typeof leaf === 'bigint' || typeof leaf === 'boolean',
  );
  const found = leaves
    .map(dtypeOf)
    .reduce((a, b) => promoteTypes(a, b), leaves.length === 0 ? 'float32' : dtypeOf(leaves[0] ?? 0));
  if (numbers.length === leaves.length)
    return new TensorValue(tape, tape.constant(dtype ?? found, dims, numbers));
  // Sizes that are free, or elements of other tensors: put together when the model runs.
  const tensors = leaves.map((leaf) => {
    if (leaf instanceof TensorValue) return leaf;
    if (leaf instanceof SizeValue) return new TensorValue(tape, tape.scalar(leaf.size, 'int64'));
    if (leaf === null || typeof leaf === 'object') throw machine.unknown(`a tensor of ${machine.repr(leaf)}`);
    return tensorOf(machine, tape, leaf, null);
  });
  const flat = callOperator(machine, tape, 'aten::stack', { args: [new PyList(tensors)] });
  const shaped = callOperator(machine, tape, 'aten::reshape', {
    args: [flat, new PyTuple(dims.map(BigInt))],
  });
  return callOperator(machine, tape, 'aten::to', { args: [shaped, dtypeValue(dtype ?? found)] });
}

function dtypeOf(leaf: Value): Dtype {
  if (leaf instanceof TensorValue) return leaf.tensor.dtype;
  return typeof leaf === 'boolean' ? 'bool' : typeof leaf === 'number' ? 'float32' : 'int64';
}

function flatten(machine: Machine, data: Value): { dims: number[]; leaves: Value[] } {
  if (!(data instanceof PyList) && !(data instanceof PyTuple)) return { dims: [], leaves: [data] };
  machine.allocate(data.items.length);
  const parts = data.items.map((item) => flatten(machine, item));
  return {
    dims: [data.items.length, ...(parts[0]?.dims ?? [])],
    leaves: parts.flatMap(({ leaves }) => leaves),
  };
}

/** `torch.nn.Parameter`: makes a tensor one that is learned. */
export function parameterType(tape: Tape): Value {
  const isParameter = (value: Value) => value instanceof TensorValue && value.isParameter;
  return new Kind('Parameter', isParameter, (machine, [data = null, learns = true], keywords) => {
    const { tensor } = data instanceof TensorValue ? data : { tensor: tape.constant('float32', [0], []) };
    if (data !== null && !(data instanceof TensorValue))
      throw machine.error('TypeError', 'a parameter is made of a tensor');
    const value = new TensorValue(tape, tensor);
    value.isParameter = true;
    value.learns = (keywords.get('requires_grad') ?? learns) === true;
    return value;
  });
}
