import { Foreign, PyList, type Keywords, type Machine, type Value } from '../../python';
import type { Argument } from '../bind';
import { callAten, isKnownOperator } from '../operators';
import { Tensor } from '../tensor';
import type { Size } from '../size';
import { floorDivide, minus, modulo, plus, times } from '../symint';
import type { Tape } from '../tape';
import { packing } from './packing';
import { moduleAt, placed } from './place';
import { fromResult, SizeValue, TensorValue, toArgument } from './values';

type Plain = (machine: Machine, ...args: Value[]) => Value;

/** What operators do with numbers, texts and lists, where no tensor is among their arguments. */
const plain = new Map<string, Plain>(
  Object.entries({
    add: (m, a = null, b = null) => m.binary('+', a, b),
    sub: (m, a = null, b = null) => m.binary('-', a, b),
    mul: (m, a = null, b = null) => m.binary('*', a, b),
    div: (m, a = null, b = null) => m.binary('/', a, b),
    floordiv: (m, a = null, b = null) => m.binary('//', a, b),
    remainder: (m, a = null, b = null) => m.binary('%', a, b),
    pow: (m, a = null, b = null) => m.binary('**', a, b),
    neg: (m, a = null) => m.unary('-', a),
    eq: (m, a = null, b = null) => m.compare('==', a, b),
    ne: (m, a = null, b = null) => m.compare('!=', a, b),
    lt: (m, a = null, b = null) => m.compare('<', a, b),
    le: (m, a = null, b = null) => m.compare('<=', a, b),
    gt: (m, a = null, b = null) => m.compare('>', a, b),
    ge: (m, a = null, b = null) => m.compare('>=', a, b),
    __is__: (m, a = null, b = null) => m.compare('is', a, b),
    __isnot__: (m, a = null, b = null) => m.compare('is not', a, b),
    __not__: (m, a = null) => !m.truth(a),
    __and__: (m, a = null, b = null) => m.binary('&', a, b),
    __or__: (m, a = null, b = null) => m.binary('|', a, b),
    __contains__: (m, list = null, item = null) => m.contains(list, item),
    __getitem__: (m, list = null, key = null) => m.getItem(list, key),
    len: (m, list = null) => m.length(list),
    append: (m, list = null, item = null) => m.callMethod(list, 'append', [item]),
    list: (m, list = null) => new PyList(m.list(list)),
    format: (m, text = null, ...values) => m.callMethod(text, 'format', values),
    str: (m, value = null) => m.str(value),
    find: (m, text = null, ...args) => m.callMethod(text, 'find', args),
    any: (m, list = null) => m.list(list).some((one) => m.truth(one)),
    all: (m, list = null) => m.list(list).every((one) => m.truth(one)),
    // No nested tensors are made of a mask: torch pads them again, and what it computes is the same.
    _nested_tensor_from_mask_left_aligned: () => false,
    warn: () => null,
    device: () => 'cpu',
    // With gradients, as in ordinary evaluation, torch takes the ways that are made of ordinary operators.
    is_grad_enabled: () => true,
    is_autocast_enabled: () => false,
    Int: (m, value = null) => m.call(m.type('int'), [value]),
    Float: (m, value = null) => m.call(m.type('float'), [value]),
    Bool: (m, value = null) => m.truth(value),
  } satisfies Record<string, Plain>),
);

/** Those that take tensors in lists as they take anything else. */
const ofLists = new Set(
  '__getitem__ append len list __is__ __isnot__ warn format _nested_tensor_from_mask_left_aligned'.split(' '),
);

/** The modules of a program, and where in it they are: `encoder.layers.0`. */
export interface Modules {
  readonly paths: Map<Value, string>;
  /** Whether they were saved while they were trained. */
  wasTraining: boolean;
}

/** Whether a call in a program's code is known here, of an operator or of what only moves numbers and lists. */
export function isKnownCall(namespace: string, name: string): boolean {
  const isPlain = namespace === 'aten' ? plain.has(name) : packing(name) !== undefined;
  return isPlain || isKnownOperator(`${namespace}::${name}`);
}

/** The operators of one library as a program names them: `torch`, `ops.quantized`. */
export class Operators extends Foreign {
  readonly typeName = 'module';
  readonly #tape: Tape;
  readonly #namespace: string;
  readonly #modules: Modules;

  constructor(tape: Tape, namespace: string, modules: Modules = { paths: new Map(), wasTraining: false }) {
    super();
    this.#tape = tape;
    this.#namespace = namespace;
    this.#modules = modules;
  }

  override getAttribute(_machine: Machine, name: string): Value {
    return new OperatorValue(this.#tape, this.#namespace, name, this.#modules);
  }
}

/** An operator of torch as a program calls it: `torch.add`, `ops.quantized.linear`. */
class OperatorValue extends Foreign {
  readonly typeName = 'function';
  readonly #tape: Tape;
  readonly #namespace: string;
  readonly #name: string;
  readonly #modules: Modules;

  constructor(tape: Tape, namespace: string, name: string, modules: Modules) {
    super();
    this.#tape = tape;
    this.#namespace = namespace;
    this.#name = name;
    this.#modules = modules;
  }

  override call(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    const act = this.#namespace === 'aten' ? plain.get(this.#name) : undefined;
    const isPlain = ofLists.has(this.#name)
      ? !(args[0] instanceof TensorValue && this.#name === '__getitem__')
      : !args.some(holdsTensor);
    if (act && isPlain) return act(machine, ...args);
    const { paths } = this.#modules;
    const path = moduleAt(machine, paths);
    try {
      const record = () => this.#record(machine, args, keywords);
      return path === '' ? record() : this.#tape.scope(path, record);
    } catch (thrown) {
      throw placed(machine, paths, thrown);
    }
  }

  #record(machine: Machine, args: readonly Value[], keywords: Keywords): Value {
    const pack = this.#namespace === 'quantized' ? packing(this.#name) : undefined;
    if (pack) return pack(machine, this.#tape, args);
    const size = sizeBy(this.#tape, this.#name, args);
    if (size !== null) return size;
    const named = Object.fromEntries(
      Array.from(keywords, ([name, value]) => [name, this.#take(machine, value)]),
    );
    const given = this.#evaluating(machine, args).map((value) => this.#take(machine, value));
    const result = callAten(this.#tape, `${this.#namespace}::${this.#name}`, given, named);
    const first = args[0];
    // What works in place gives the very tensor it was called with.
    if (result instanceof Tensor && first instanceof TensorValue && result === first.tensor) return first;
    return fromResult(this.#tape, result);
  }

  /** The arguments as they are when a module evaluates, where code was traced while it was trained. */
  #evaluating(machine: Machine, args: readonly Value[]): readonly Value[] {
    if (/dropout_?$/.test(this.#name) && args[2] === true && !this.#modules.wasTraining)
      machine.note('dropout that is always on is left out');
    const hasStatistics = this.#name === 'batch_norm' && args[3] instanceof TensorValue;
    return hasStatistics && this.#modules.wasTraining ? args.with(5, false) : args;
  }

  #take(machine: Machine, value: Value): Argument {
    const argument = toArgument(value);
    if (argument === undefined)
      throw machine.unknown(`${machine.repr(value)} as an argument of ${this.#name}`);
    return argument;
  }
}

const onSizes = new Map([
  ['add', plus],
  ['sub', minus],
  ['mul', times],
  ['floor_divide', floorDivide],
  ['remainder', modulo],
]);

/** Traced programs calculate sizes with tensors of one element: these stay sizes. */
function sizeBy(tape: Tape, name: string, args: readonly Value[]): Value | null {
  const calculate = onSizes.get(name);
  if (!calculate || !args.slice(0, 2).some((value) => value instanceof TensorValue)) return null;
  const [left, right] = args.slice(0, 2).map((value) => sizeIn(tape, value));
  // `alpha` of additions is 1 wherever sizes are calculated.
  if (left == null || right == null || (args.length > 2 && args[2] !== 1n)) return null;
  const result = calculate(left, right);
  return fromResult(tape, tape.scalar(typeof result === 'number' ? BigInt(result) : result, 'int64'));
}

function sizeIn(tape: Tape, value: Value): Size | null {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof SizeValue) return value.size;
  if (!(value instanceof TensorValue) || value.tensor.rank > 0 || value.tensor.dtype !== 'int64') return null;
  return tape.sizesIn(value.tensor)?.[0] ?? null;
}

function holdsTensor(value: Value): boolean {
  return value instanceof TensorValue || (value instanceof PyList && value.items.some(holdsTensor));
}
