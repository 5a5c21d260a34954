import {
  BoundMethod,
  Foreign,
  NativeFunction,
  PyList,
  PyTuple,
  type CompareOperator,
  type Conversion,
  type Keywords,
  type Machine,
  type Value,
} from '../../python';
import type { Result } from '../operators/aten';
import type { Argument } from '../operators/bind';
import { callAten, isKnownOperator } from '../operators/operators';
import { boundsOf } from '../tape/bounds';
import { SymInt, type Size } from '../tape/size';
import { floorDivide, minus, modulo, plus, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import { asSchemaCall } from './calls';
import { DeviceValue, DtypeValue } from './dtypes';
import { HeldValue } from './held-value';
import { placed } from './place';
import { calculations, comparisons } from './python-operators';
import { holds, SizeTest } from './size-test';
import { assign, subscript } from './subscript';
import { methods, properties, TensorBase } from './tensor-methods';
import { tensorNames } from './tensor-names';
import { WrittenFunction } from './written-function';

/** A tensor on a tape, as a program holds it. */
export class TensorValue extends TensorBase {
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
    if (known instanceof WrittenFunction) return new BoundMethod(this, known.written);
    if (!isKnownOperator(`aten::${name}`) && !tensorNames.has(name)) return undefined;
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
    if (name === 'data' && value instanceof TensorValue) this.#hold(machine, value);
    else if (name === 'requires_grad') this.learns = value === true;
    else if (name === 'grad') return;
    else throw machine.unknown(`${name} of a tensor cannot be set here`);
  }

  override binary(machine: Machine, op: string, other: Value, reflected: boolean): Value | undefined {
    const name = calculations.get(op);
    if (name === undefined || toArgument(other) === undefined) return undefined;
    if (!reflected) return this.operate(machine, name, other);
    const left = new TensorValue(this.tape, this.tape.wrap(toArgument(other) as number));
    return callOperator(machine, this.tape, `aten::${name}`, { args: [left, this] });
  }

  /** `x.data = y`: both show the same elements from now on. */
  #hold(machine: Machine, value: TensorValue): void {
    const shown = value.operate(machine, 'detach');
    if (shown instanceof TensorValue) this.tensor.rebind(shown.tensor);
  }

  /** A product of matrices makes a tensor of its own. */
  override augmented(machine: Machine, op: string, other: Value): Value | undefined {
    const name = op === '@' ? undefined : calculations.get(op);
    if (name === undefined || toArgument(other) === undefined) return undefined;
    return this.operate(machine, `${name}_`, other);
  }

  override compare(machine: Machine, op: CompareOperator, other: Value): Value | undefined {
    const name = comparisons.get(op);
    if (name === undefined || other === null || toArgument(other) === undefined)
      return super.compare(machine, op, other);
    return this.operate(machine, name, other);
  }

  override unary(machine: Machine, op: string): Value {
    if (op === '+') return this;
    return this.operate(machine, op === '-' ? 'neg' : 'bitwise_not');
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
    return machine.list(this.operate(machine, 'unbind'));
  }

  override length(machine: Machine): Value {
    if (this.tensor.rank === 0) throw machine.error('TypeError', 'len() of a 0-d tensor');
    return this.given(this.tensor.size(0));
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
    if (to === 'int' && tensor.long !== null) return tensor.long;
    const [size] = tensor.dtype === 'int64' ? (tape.sizesIn(tensor) ?? []) : [];
    if (to === 'int' && size !== undefined) return this.given(size);
    const [element] = tensor.numbers ?? [];
    if (element !== undefined) {
      if (to === 'int') return BigInt(Math.trunc(element));
      return to === 'float' ? element : element !== 0;
    }
    const only = callAten(tape, 'aten::reshape', [tensor, []]);
    if (!(only instanceof Tensor)) return null;
    if (to === 'int') return this.given(tape.symbolOf(tape.cast(only, 'int64')));
    return new TensorValue(tape, tape.cast(only, to === 'bool' ? 'bool' : 'float32'));
  }

  override not(): Value {
    return this.given(callAten(this.tape, 'aten::logical_not', [this.tensor]));
  }

  override operate(machine: Machine, name: string, ...others: readonly Value[]): Value {
    return callOperator(machine, this.tape, `aten::${name}`, { args: [this, ...others] });
  }

  override conditional(machine: Machine, condition: Value, other: Value): Value {
    return callOperator(machine, this.tape, 'aten::where', { args: [condition, this, other] });
  }

  override given(result: Result): Value {
    return fromResult(this.tape, result);
  }

  override copy(): TensorValue {
    const copy = new TensorValue(this.tape, this.tensor.copy());
    copy.isParameter = this.isParameter;
    copy.learns = this.learns;
    return copy;
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

function definite(args: readonly (Value | undefined)[]): Value[] {
  return args.map((value) => value ?? null);
}

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

/** A whole number of a program as a size; `null` for anything else. */
export function sizeOf(value: Value): Size | null {
  if (value instanceof SizeValue) return value.size;
  return typeof value === 'bigint' ? Number(value) : null;
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
