import { Foreign, type Keywords, type Machine, type Value } from '../../python';
import { dtypeFor, type Argument } from '../operators/bind';
import { callAten, isKnownOperator } from '../operators/operators';
import { Tensor } from '../tape/tensor';
import type { Size } from '../tape/size';
import { floorDivide, minus, modulo, plus, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import { tensorOfLists } from './literal';
import { packing } from './packing';
import { moduleAt, placed } from './place';
import { isPlainName, plainCall } from './plain';
import { fromResult, SizeValue, TensorValue, toArgument } from './values';
import { wholePool } from './whole-pool';

/** The modules of a program, and where in it they are: `encoder.layers.0`. */
export interface Modules {
  readonly paths: Map<Value, string>;
  /** Whether they were saved while they were trained. */
  wasTraining: boolean;
}

/** Whether a call in a program's code is known here, of an operator or of what only moves numbers and lists. */
export function isKnownCall(namespace: string, name: string): boolean {
  const isPlain =
    namespace === 'aten' ? isPlainName(name) || /^(as_)?tensor$/.test(name) : packing(name) !== undefined;
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
    const act = this.#namespace === 'aten' ? plainCall(this.#name, args) : undefined;
    if (act) return act(machine, ...args);
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
    if (this.#namespace === 'aten' && (this.#name === 'tensor' || this.#name === 'as_tensor')) {
      const dtype = dtypeFor(this.#take(machine, keywords.get('dtype') ?? args[1] ?? null));
      return tensorOfLists(machine, this.#tape, args[0] ?? null, dtype ?? null);
    }
    const size = sizeBy(this.#tape, this.#name, args);
    if (size !== null) return size;
    const named = Object.fromEntries(
      Array.from(keywords, ([name, value]) => [name, this.#take(machine, value)]),
    );
    const given = this.#evaluating(machine, args).map((value) => this.#take(machine, value));
    const pool = wholePool(this.#name, given);
    const result = pool
      ? callAten(this.#tape, `aten::${pool.name}`, pool.args)
      : callAten(this.#tape, `${this.#namespace}::${this.#name}`, given, named);
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
