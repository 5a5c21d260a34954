import {
  Foreign,
  PyList,
  PyTuple,
  UnknownValue,
  type Keywords,
  type Machine,
  type Value,
} from '../../python';
import type { Result } from '../operators/aten';
import { isFloat } from '../operators/promotion';
import { isContiguous, stridesOf } from '../operators/strides';
import { productOf } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { DeviceValue, dtypeIn, dtypeMethods, dtypeValue, tensorTypes } from './dtypes';

/** What methods know of a tensor that a program holds. */
export abstract class TensorBase extends Foreign {
  readonly typeName = 'Tensor';
  readonly tape: Tape;
  readonly tensor: Tensor;
  /** Whether it is learned: what makes it one of a module's parameters. */
  isParameter = false;
  /** Whether gradients are asked of it, as programs say. */
  learns = false;

  constructor(tape: Tape, tensor: Tensor) {
    super();
    this.tape = tape;
    this.tensor = tensor;
  }

  /** What a torch operator gives for this tensor and others behind it. */
  abstract operate(machine: Machine, name: string, ...others: readonly Value[]): Value;

  /** What an operator gave, as a program holds it. */
  abstract given(result: Result): Value;

  /** Its own elements where `condition` holds, those of `other` elsewhere. */
  abstract conditional(machine: Machine, condition: Value, other: Value): Value;

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
  ['data', (self, machine) => self.operate(machine, 'detach')],
  ['grad', () => null],
  ['requires_grad', ({ learns }) => learns],
  ...['is_cuda', 'is_sparse', 'is_nested', 'is_mps', 'is_meta'].map((name): [string, Property] => [
    name,
    () => false,
  ]),
  ['is_quantized', ({ tensor }) => tensor.quantized !== null],
  ['T', (self, machine) => self.operate(machine, 'numpy_T')],
  ['H', (self, machine) => self.operate(machine, 'numpy_T')],
  ['mH', (self, machine) => self.operate(machine, 'transpose', -2n, -1n)],
  ['itemsize', (self, machine) => machine.callMethod(self, 'element_size', [])],
  [
    'nbytes',
    (self, m) => m.binary('*', m.callMethod(self, 'element_size', []), m.callMethod(self, 'numel', [])),
  ],
  ['is_cpu', () => true],
  ['is_leaf', () => true],
  ['grad_fn', () => null],
  ['layout', () => 'strided'],
  [
    'real',
    (self, machine) => (self.tensor.dtype.startsWith('complex') ? self.operate(machine, 'real') : self),
  ],
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
        isFloat(self.tensor.dtype) ? 'float' : self.tensor.dtype === 'bool' ? 'bool' : 'int',
      ),
  ],
  ['tolist', (machine, self) => listed(machine, self)],
  ['to', (machine, self, args, keywords) => moved(machine, self, args, keywords)],
  [
    'type',
    (machine, self, args, keywords) =>
      args.length + keywords.size === 0
        ? typeOf(self)
        : converted(machine, self, [...args, ...keywords.values()]),
  ],
  ...Array.from(dtypeMethods, ([name, dtype]): [string, Method] => [
    name,
    (machine, self) => converted(machine, self, [dtypeValue(dtype)]),
  ]),
  [
    'requires_grad_',
    (_machine, self, [learns = true], keywords) => {
      self.learns = (keywords.get('requires_grad') ?? learns) === true;
      return self;
    },
  ],
  ...['cpu', 'cuda', 'detach_', 'pin_memory', 'share_memory_', 'retain_grad'].map(
    (name): [string, Method] => [name, same],
  ),
  [
    'contiguous',
    (machine, self, _args, keywords) => {
      if (isRearranged(keywords)) return self.operate(machine, 'clone');
      return isContiguous(self.tensor) ? self : self.operate(machine, 'contiguous');
    },
  ],
  ['is_contiguous', (_machine, { tensor }) => isContiguous(tensor)],
  ['stride', (machine, self, [dim]) => stridesIn(machine, self, dim ?? null)],
  ['is_floating_point', (_machine, { tensor }) => tensor.dtype.includes('float')],
  ['is_complex', (_machine, { tensor }) => tensor.dtype.startsWith('complex')],
  // `torch.where(condition, x, y)` has the condition first.
  [
    'where',
    (machine, self, [condition = null, other = null], keywords) =>
      self.conditional(machine, keywords.get('condition') ?? condition, keywords.get('other') ?? other),
  ],
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

function stridesIn(machine: Machine, self: TensorBase, dim: Value): Value {
  const strides = stridesOf(self.tensor);
  if (strides === null) throw machine.unknown('how far apart the elements of this view lie');
  const all = new PyTuple(strides.map((stride) => self.given(stride)));
  return dim === null ? all : machine.getItem(all, dim);
}

/** Whether elements are laid out anew, channels last. */
function isRearranged(keywords: Keywords): boolean {
  const format = keywords.get('memory_format');
  return typeof format === 'string' && format.startsWith('channels_last');
}

/** `to(…, copy=True)` gives a tensor of its own, whatever dtype it has already. */
function moved(machine: Machine, self: TensorBase, args: readonly Value[], keywords: Keywords): Value {
  const found = converted(machine, self, [...args, ...keywords.values()]);
  const [, copy] = args.filter((value) => typeof value === 'boolean');
  const isCopy = (keywords.get('copy') ?? copy) === true || isRearranged(keywords);
  return found === self && isCopy ? self.operate(machine, 'clone') : found;
}

/** The class that older programs know it by. */
function typeOf({ tensor }: TensorBase): string {
  const [name = tensor.dtype] = [...tensorTypes].find(([, dtype]) => dtype === tensor.dtype) ?? [];
  return `torch.${name}`;
}

/** Of what `to` and its relatives are given, only a dtype matters. */
function converted(machine: Machine, self: TensorBase, args: readonly Value[]): Value {
  for (const value of args) {
    if (value instanceof UnknownValue) throw machine.unknown(`${value.typeName} as a dtype or a device`);
    const dtype = value instanceof TensorBase ? value.tensor.dtype : dtypeIn(value);
    if (dtype === self.tensor.dtype) return self;
    if (dtype !== undefined) return self.operate(machine, 'to', dtypeValue(dtype));
  }
  return self;
}
