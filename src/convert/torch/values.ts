import {
  BoundMethod,
  Foreign,
  NativeFunction,
  PyFunction,
  PyList,
  PyTuple,
  type CompareOperator,
  type Conversion,
  type Keywords,
  type Machine,
  type Value,
} from '../../python';
import { invariant } from '../../core/problem';
import type { Result } from '../operators/aten';
import type { Argument } from '../operators/bind';
import { boundsOf, type Bounds } from '../tape/bounds';
import { callAten } from '../operators/operators';
import { dimOf, SymInt, type Size } from '../tape/size';
import { floorDivide, minus, modulo, plus, productOf, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import { asSchemaCall } from './calls';
import { DeviceValue, DtypeValue, dtypeIn, dtypeNames, dtypeValue } from './dtypes';
import { placed } from './place';
import { assign, subscript } from './subscript';

/** A tensor on a tape, as a program holds it. */
export class TensorValue extends Foreign {
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

  override getAttribute(machine: Machine, name: string): Value | undefined {
    const property = properties.get(name);
    if (property) return property(this, machine);
    const own = methods.get(name);
    if (own)
      return new NativeFunction(name, '*args, **keywords', (inner, args, keywords) =>
        own(inner, this, definite(args), keywords),
      );
    if (name.startsWith('__')) return undefined;
    const known = machine.module('torch')?.missing?.(name);
    if (known instanceof PyFunction) return new BoundMethod(this, known);
    return new NativeFunction(name, '*args, **keywords', (inner, args, keywords) =>
      callOperator(
        inner,
        this.tape,
        `aten::${name}`,
        asSchemaCall(name, [this, ...definite(args)], keywords),
      ),
    );
  }

  override setAttribute(machine: Machine, name: string, value: Value): void {
    if (name === 'data' && value instanceof TensorValue) this.tensor.rebind(value.tensor);
    else if (name === 'grad' || name === 'requires_grad') return;
    else throw machine.unknown(`${name} of a tensor cannot be set here`);
  }

  override binary(machine: Machine, op: string, other: Value, reflected: boolean): Value | undefined {
    const name = operators.get(op);
    if (name === undefined || toArgument(other) === undefined) return undefined;
    if (!reflected) return callOperator(machine, this.tape, `aten::${name}`, { args: [this, other] });
    const left = new TensorValue(this.tape, this.tape.wrap(toArgument(other) as number));
    return callOperator(machine, this.tape, `aten::${name}`, { args: [left, this] });
  }

  override augmented(machine: Machine, op: string, other: Value): Value | undefined {
    const name = operators.get(op);
    if (name === undefined || toArgument(other) === undefined) return undefined;
    return callOperator(machine, this.tape, `aten::${name}_`, { args: [this, other] });
  }

  override compare(machine: Machine, op: CompareOperator, other: Value): Value | undefined {
    const name = comparisons.get(op);
    if (name === undefined || other === null || toArgument(other) === undefined)
      return super.compare(machine, op, other);
    return callOperator(machine, this.tape, `aten::${name}`, { args: [this, other] });
  }

  override unary(machine: Machine, op: string): Value {
    if (op === '+') return this;
    return callOperator(machine, this.tape, op === '-' ? 'aten::neg' : 'aten::bitwise_not', { args: [this] });
  }

  override getItem(machine: Machine, key: Value): Value {
    return new TensorValue(this.tape, subscript(this.tape, this.tensor, key, toArgument, machine));
  }

  override setItem(machine: Machine, key: Value, value: Value): void {
    const argument = toArgument(value);
    if (argument === undefined) throw machine.unknown('assigning something that is no number or tensor');
    assign(this.tape, this.tensor, key, argument, { take: toArgument, machine });
  }

  override iterate(machine: Machine): Iterable<Value> | null {
    if (this.tensor.rank === 0) throw machine.error('TypeError', 'iteration over a 0-d tensor');
    if (typeof this.tensor.size(0) !== 'number') return null;
    return machine.list(callOperator(machine, this.tape, 'aten::unbind', { args: [this] }));
  }

  override length(machine: Machine): Value {
    if (this.tensor.rank === 0) throw machine.error('TypeError', 'len() of a 0-d tensor');
    return fromResult(this.tape, this.tensor.size(0));
  }

  /** A tensor of one element counts where it is known. */
  override truth(): boolean | null {
    const [element] = this.tensor.numbers ?? [];
    return element === undefined ? null : element !== 0;
  }

  /** What is known only when the model runs: a whole number is a size, others stay tensors. */
  override convert(_machine: Machine, to: Conversion): Value {
    const { tape, tensor } = this;
    if (to === 'str') return '<Tensor>';
    const [size] = tensor.dtype === 'int64' ? (tape.sizesIn(tensor) ?? []) : [];
    if (to === 'int' && size !== undefined) return fromResult(tape, size);
    const [element] = tensor.numbers ?? [];
    if (element !== undefined) {
      if (to === 'int') return BigInt(Math.trunc(element));
      return to === 'float' ? element : element !== 0;
    }
    const only = callAten(tape, 'aten::reshape', [tensor, []]);
    if (!(only instanceof Tensor)) return null;
    if (to === 'int') return fromResult(tape, tape.symbolOf(tape.cast(only, 'int64')));
    return new TensorValue(tape, tape.cast(only, to === 'bool' ? 'bool' : 'float32'));
  }

  override not(): Value {
    return fromResult(this.tape, callAten(this.tape, 'aten::logical_not', [this.tensor]));
  }
}

/** Modules of `torch.nn` know themselves where they stand. */
const NO_PATHS: ReadonlyMap<Value, string> = new Map();

/** Calls an operator by its schema's name with values of a program. */
export function callOperator(
  machine: Machine,
  tape: Tape,
  name: string,
  { args, keywords }: { args: readonly Value[]; keywords?: Keywords },
): Value {
  const take = (value: Value): Argument => {
    const argument = toArgument(value);
    if (argument === undefined) throw machine.unknown(`${machine.repr(value)} as an argument of ${name}`);
    return argument;
  };
  const named = Object.fromEntries(Array.from(keywords ?? [], ([key, value]) => [key, take(value)]));
  let result: Result;
  try {
    result = callAten(tape, name, args.map(take), named);
  } catch (thrown) {
    throw placed(machine, NO_PATHS, thrown);
  }
  // What works in place gives the very tensor it was called with.
  const same = [...args, ...(keywords?.values() ?? [])].find(
    (value) => value instanceof TensorValue && value.tensor === result,
  );
  return same ?? fromResult(tape, result);
}

type Method = (machine: Machine, self: TensorValue, args: readonly Value[], keywords: Keywords) => Value;

type Property = (self: TensorValue, machine: Machine) => Value;

/** What a tensor says of itself. */
const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
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
  ['T', (self, machine) => callOperator(machine, self.tape, 'aten::numpy_T', { args: [self] })],
  ['mT', (self, machine) => callOperator(machine, self.tape, 'aten::transpose', { args: [self, -2n, -1n] })],
]);

const same: Method = (_machine, self) => self;

/** Methods that are more, or less, than the operator of their name. */
const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    'size',
    (machine, self, [dim]) => (dim === undefined ? sizesOf(self) : machine.getItem(sizesOf(self), dim)),
  ],
  ['dim', (_machine, { tensor }) => BigInt(tensor.rank)],
  ['ndimension', (_machine, { tensor }) => BigInt(tensor.rank)],
  ['numel', (_machine, { tape, tensor }) => fromResult(tape, productOf(tensor.sizes))],
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
  ['__abs__', (machine, self) => callOperator(machine, self.tape, 'aten::abs', { args: [self] })],
  [
    '__deepcopy__',
    (_machine, { tape, tensor, isParameter }) =>
      parameterOf(new TensorValue(tape, tensor.copy()), isParameter),
  ],
]);

function parameterOf(value: TensorValue, isParameter: boolean): TensorValue {
  value.isParameter = isParameter;
  return value;
}

function sizesOf({ tape, tensor }: TensorValue): PyTuple {
  return new PyTuple(tensor.sizes.map((size) => fromResult(tape, size)));
}

/** The elements of a tensor that is known, as lists in lists. */
function listed(machine: Machine, self: TensorValue): Value {
  if (self.tensor.rank === 0) return machine.call(machine.getAttribute(self, 'item'), []);
  return new PyList(
    Array.from(machine.iterate(self), (part) => (part instanceof TensorValue ? listed(machine, part) : part)),
  );
}

/** Of what `to` and its relatives are given, only a dtype matters. */
function converted(machine: Machine, self: TensorValue, args: readonly Value[]): Value {
  for (const value of args) {
    const dtype = value instanceof TensorValue ? value.tensor.dtype : dtypeIn(value);
    if (dtype !== undefined)
      return callOperator(machine, self.tape, 'aten::to', { args: [self, dtypeValue(dtype)] });
  }
  return self;
}

function definite(args: readonly (Value | undefined)[]): Value[] {
  return args.map((value) => value ?? null);
}

const operators: ReadonlyMap<string, string> = new Map([
  ...([
    ['+', 'add'],
    ['-', 'sub'],
    ['*', 'mul'],
    ['/', 'div'],
    ['//', 'floor_divide'],
    ['%', 'remainder'],
  ] as const),
  ...([
    ['**', 'pow'],
    ['@', 'matmul'],
    ['&', 'bitwise_and'],
    ['|', 'bitwise_or'],
    ['^', 'bitwise_xor'],
  ] as const),
  ...([
    ['<<', 'bitwise_left_shift'],
    ['>>', 'bitwise_right_shift'],
  ] as const),
]);

const comparisons: ReadonlyMap<string, string> = new Map([
  ...([
    ['==', 'eq'],
    ['!=', 'ne'],
    ['<', 'lt'],
    ['<=', 'le'],
    ['>', 'gt'],
    ['>=', 'ge'],
  ] as const),
]);

const arithmetic = new Map([
  ['+', plus],
  ['-', minus],
  ['*', times],
  ['//', floorDivide],
  ['%', modulo],
]);

/** What becomes of sizes with numbers that are not whole. */
const onFloats = new Map([
  ['+', 'aten::add'],
  ['-', 'aten::sub'],
  ['*', 'aten::mul'],
  ['/', 'aten::div'],
  ['**', 'aten::pow'],
]);

/** A size that is free, as a program holds it: an integer that is not known. */
export class SizeValue extends Foreign {
  readonly typeName = 'int';
  readonly tape: Tape;
  readonly size: SymInt;

  constructor(tape: Tape, size: SymInt) {
    super();
    this.tape = tape;
    this.size = size;
  }

  override binary(_machine: Machine, op: string, other: Value, reflected: boolean): Value | undefined {
    const size = sizeOf(other);
    const calculate = arithmetic.get(op);
    if (size !== null && calculate)
      return fromResult(this.tape, reflected ? calculate(size, this.size) : calculate(this.size, size));
    const name = onFloats.get(op);
    const operand = typeof other === 'number' ? other : size;
    if (name === undefined || operand === null) return undefined;
    const sides = [this.tape.wrap(this.size), operand instanceof SymInt ? this.tape.wrap(operand) : operand];
    return fromResult(this.tape, callAten(this.tape, name, reflected ? sides.reverse() : sides));
  }

  override unary(machine: Machine, op: string): Value {
    return op === '-' ? fromResult(this.tape, times(this.size, -1)) : super.unary(machine, '~');
  }

  override isInstanceOf(machine: Machine, type: Value): boolean | undefined {
    return type === machine.type('int') || undefined;
  }

  /** What holds for every number that it may stand for; anything else is not known. */
  override compare(_machine: Machine, op: string, other: Value): Value | undefined {
    const size = sizeOf(other);
    if (size === null) return op === '==' || op === '!=' ? op === '!=' : undefined;
    const bounds = boundsOf(minus(this.size, size), (name) => this.tape.leastOf(name));
    return holds(op, bounds) ?? new SizeTest(this.tape, op, this.size, size);
  }

  override truth(): boolean | null {
    return holds(
      '!=',
      boundsOf(this.size, (name) => this.tape.leastOf(name)),
    );
  }

  override convert(_machine: Machine, to: Conversion): Value {
    if (to === 'int') return this;
    const isTrue = to === 'bool' ? this.truth() : null;
    if (isTrue !== null) return isTrue;
    if (to === 'bool') return new SizeTest(this.tape, '!=', this.size, 0);
    if (to === 'float') return new TensorValue(this.tape, this.tape.scalar(this.size, 'float32'));
    // For messages; as part of a name it is none that anything has.
    return `<${this.size.text}>`;
  }
}

/** A comparison of sizes that holds for some numbers and not for others. */
export class SizeTest extends Foreign {
  readonly typeName = 'bool';
  readonly tape: Tape;
  readonly op: string;
  readonly left: Size;
  readonly right: Size;

  constructor(tape: Tape, op: string, left: Size, right: Size) {
    super();
    this.tape = tape;
    this.op = op;
    this.left = left;
    this.right = right;
  }

  /** As a tensor that is computed when the model runs. */
  get tensor(): Tensor {
    const sides = [this.left, this.right].map((size) => this.tape.scalar(asScalar(size), 'int64'));
    const result = callAten(this.tape, tests.get(this.op)?.name ?? '', sides);
    invariant(result instanceof Tensor, 'a comparison gives a tensor');
    return result;
  }

  /** Whether it asks only for sizes that inputs are free in. */
  get isOfInputs(): boolean {
    return [this.left, this.right].every((size) => this.tape.sizeNames.isOfInputs(size));
  }

  override truth(): null {
    return null;
  }

  override not(): Value {
    return new SizeTest(this.tape, tests.get(this.op)?.opposite ?? '', this.left, this.right);
  }

  override convert(machine: Machine, to: Conversion): Value {
    return to === 'bool' ? this : super.convert(machine, to);
  }

  override repr(): string {
    return `${String(dimOf(this.left))} ${this.op} ${String(dimOf(this.right))}`;
  }
}

const tests = new Map([
  ['==', { name: 'aten::eq', opposite: '!=' }],
  ['!=', { name: 'aten::ne', opposite: '==' }],
  ['<', { name: 'aten::lt', opposite: '>=' }],
  ['<=', { name: 'aten::le', opposite: '>' }],
  ['>', { name: 'aten::gt', opposite: '<=' }],
  ['>=', { name: 'aten::ge', opposite: '<' }],
]);

function asScalar(size: Size): bigint | SymInt {
  return typeof size === 'number' ? BigInt(size) : size;
}

/** A whole number of a program as a size; `null` for anything else. */
export function sizeOf(value: Value): Size | null {
  if (value instanceof SizeValue) return value.size;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** Whether `a op b` holds for all that `a - b` can be; `null` where it depends. */
function holds(op: string, [least, most]: Bounds): boolean | null {
  const decided = (always: boolean, never: boolean) => (always ? true : never ? false : null);
  switch (op) {
    case '==':
      return decided(least === 0 && most === 0, least > 0 || most < 0);
    case '!=':
      return decided(least > 0 || most < 0, least === 0 && most === 0);
    case '<':
      return decided(most < 0, least >= 0);
    case '<=':
      return decided(most <= 0, least > 0);
    case '>':
      return decided(least > 0, most <= 0);
    case '>=':
      return decided(least >= 0, most < 0);
    default:
      return null;
  }
}

/** A value that operators take as it is, and that is no tensor: packed weights. */
export abstract class HeldValue extends Foreign {
  abstract readonly held: object;
}

/** What a call of an operator gave, as a program holds it. */
export function fromResult(tape: Tape, result: Result): Value {
  if (result instanceof Tensor) return new TensorValue(tape, result);
  if (result instanceof SymInt) return new SizeValue(tape, result);
  if (typeof result === 'number') return BigInt(result);
  if (Array.isArray(result)) return new PyList(result.map((one: Result) => fromResult(tape, one)));
  return result as boolean | null;
}

/** A value of a program as operators take it; `undefined` for what none takes. */
export function toArgument(value: Value): Argument | undefined {
  if (value instanceof TensorValue) return value.tensor;
  if (value instanceof SizeValue) return value.size;
  if (value instanceof DtypeValue) return value.dtype;
  if (value instanceof DeviceValue) return 'cpu';
  if (value instanceof HeldValue) return value.held;
  if (value instanceof SizeTest) return value.tensor;
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = value.items.map(toArgument);
    return items.includes(undefined) ? undefined : items;
  }
  return value === null || typeof value !== 'object' ? value : undefined;
}
