import { Foreign, PyList, PyTuple, type Keywords, type Machine, type Value } from '../../python';
import type { Result } from '../operators/aten';
import { productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { DeviceValue, dtypeIn, dtypeNames, dtypeValue } from './dtypes';

/** What methods know of a tensor that a program holds. */
export abstract class TensorBase extends Foreign {
  readonly typeName = 'Tensor';
  readonly tape: Tape;
  readonly tensor: Tensor;
  /** Whether it is learned: what makes it one of a module's parameters. */
  isParameter = false;

  constructor(tape: Tape, tensor: Tensor) {
    super();
    this.tape = tape;
    this.tensor = tensor;
  }

  /** What a torch operator gives for this tensor and others behind it. */
  abstract operate(machine: Machine, name: string, ...others: readonly Value[]): Value;

  /** What an operator gave, as a program holds it. */
  abstract given(result: Result): Value;

  /** The same elements in a tensor of its own. */
  abstract copy(): TensorBase;
}

type Method = (machine: Machine, self: TensorBase, args: readonly Value[], keywords: Keywords) => Value;

type Property = (self: TensorBase, machine: Machine) => Value;

/** What a tensor says of itself. */
export const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['shape', (self) => sizesOf(self)],
  ['dtype', ({ tensor }) => dtypeValue(tensor.dtype)],
  ['device', () => new DeviceValue()],
  ['ndim', ({ tensor }) => BigInt(tensor.rank)],
  ['data', (self) => self],
  ['grad', () => null],
  ['requires_grad', ({ isParameter }) => isParameter],
  ...['is_cuda', 'is_sparse', 'is_nested', 'is_mps', 'is_meta'].map((name): [string, Property] => [
    name,
    () => false,
  ]),
  ['is_quantized', ({ tensor }) => tensor.quantized !== null],
  ['T', (self, machine) => self.operate(machine, 'numpy_T')],
  ['mT', (self, machine) => self.operate(machine, 'transpose', -2n, -1n)],
]);

const same: Method = (_machine, self) => self;

/** Methods that are more, or less, than the operator of their name. */
export const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    'size',
    (machine, self, [dim]) => (dim === undefined ? sizesOf(self) : machine.getItem(sizesOf(self), dim)),
  ],
  ['dim', (_machine, { tensor }) => BigInt(tensor.rank)],
  ['ndimension', (_machine, { tensor }) => BigInt(tensor.rank)],
  ['numel', (_machine, self) => self.given(productOf(self.tensor.sizes))],
  [
    'item',
    (machine, self) =>
      self.convert(
        machine,
        self.tensor.dtype.startsWith('float') ? 'float' : self.tensor.dtype === 'bool' ? 'bool' : 'int',
      ),
  ],
  ['tolist', (machine, self) => listed(machine, self)],
  ['to', (machine, self, args, keywords) => converted(machine, self, [...args, ...keywords.values()])],
  [
    'type',
    (machine, self, args) =>
      args.length === 0 ? `torch.${self.tensor.dtype}` : converted(machine, self, args),
  ],
  ...Array.from(dtypeNames, ([name, dtype]): [string, Method] => [
    name,
    (machine, self) => converted(machine, self, [dtypeValue(dtype)]),
  ]),
  ...[
    'cpu',
    'cuda',
    'detach',
    'contiguous',
    'requires_grad_',
    'detach_',
    'pin_memory',
    'share_memory_',
    'retain_grad',
  ].map((name): [string, Method] => [name, same]),
  ['is_contiguous', () => true],
  ['is_floating_point', (_machine, { tensor }) => tensor.dtype.includes('float')],
  ['__abs__', (machine, self) => self.operate(machine, 'abs')],
  ['__deepcopy__', (_machine, self) => self.copy()],
]);

function sizesOf(self: TensorBase): PyTuple {
  return new PyTuple(self.tensor.sizes.map((size) => self.given(size)));
}

/** The elements of a tensor that is known, as lists in lists. */
function listed(machine: Machine, self: TensorBase): Value {
  if (self.tensor.rank === 0) return machine.call(machine.getAttribute(self, 'item'), []);
  return new PyList(
    Array.from(machine.iterate(self), (part) => (part instanceof TensorBase ? listed(machine, part) : part)),
  );
}

/** Of what `to` and its relatives are given, only a dtype matters. */
function converted(machine: Machine, self: TensorBase, args: readonly Value[]): Value {
  for (const value of args) {
    const dtype = value instanceof TensorBase ? value.tensor.dtype : dtypeIn(value);
    if (dtype !== undefined) return self.operate(machine, 'to', dtypeValue(dtype));
  }
  return self;
}
