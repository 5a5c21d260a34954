import { Foreign, namedTupleBase, PyModule, TypeHint, type Machine, type Value } from '../../../python';
import { scalarTypeOf } from '../../operators/bind';
import { larger, smaller } from '../../tape/symint';
import type { Size } from '../../tape/size';
import type { Tape } from '../../tape/tape';
import { rangeOf } from '../../torch/loops';
import type { Operators } from '../../torch/operators';
import { fromResult, SizeValue, sizeOf, TensorValue, toArgument } from '../../torch/values';

/** The names that the code of an archive has without importing anything. */
export function builtins(
  machine: Machine,
  tape: Tape,
  archive: {
    find: (full: string) => Value | undefined;
    constants: ReadonlyMap<string, Value>;
    library: (namespace: string) => Operators;
  },
): [string, Value][] {
  const prim = new PyModule('ops.prim', primitives(tape));
  const ops = new PyModule('ops', [['prim', prim]]);
  ops.missing = archive.library;
  const constants = new PyModule('CONSTANTS');
  constants.missing = (name) => archive.constants.get(name);
  return [
    ['torch', archive.library('aten')],
    ['ops', ops],
    ['__torch__', new Namespace('__torch__', archive.find)],
    ['CONSTANTS', constants],
    ['annotate', new Native((_, [, value = null]) => value)],
    ['unchecked_cast', new Native((_, [, value = null]) => value)],
    ['uninitialized', new Native(() => null)],
    ['range', new Native(rangeOf)],
    ['Module', machine.type('object')],
    ['NamedTuple', namedTupleBase(machine)],
    ['inf', Infinity],
    ['nan', NaN],
    ...hints.map((name): [string, Value] => [name, new TypeHint(name)]),
  ];
}

const hints = 'Tensor Optional List Dict Tuple Final Future number NoneType Device Any Union'.split(' ');

/** A part of a name: `__torch__.torch.nn`. */
class Namespace extends Foreign {
  readonly typeName = 'namespace';
  readonly #path: string;
  readonly #find: (full: string) => Value | undefined;

  constructor(path: string, find: (full: string) => Value | undefined) {
    super();
    this.#path = path;
    this.#find = find;
  }

  override getAttribute(_machine: Machine, name: string): Value {
    const full = `${this.#path}.${name}`;
    return this.#find(full) ?? new Namespace(full, this.#find);
  }
}

/** A function that is not written in Python. */
class Native extends Foreign {
  readonly typeName = 'function';
  readonly #act: (machine: Machine, args: readonly Value[]) => Value;

  constructor(act: (machine: Machine, args: readonly Value[]) => Value) {
    super();
    this.#act = act;
  }

  override call(machine: Machine, args: readonly Value[]): Value {
    return this.#act(machine, args);
  }
}

function primitives(tape: Tape): [string, Value][] {
  const numberToTensor = (value: Value): Value => {
    const argument = toArgument(value);
    if (argument === null || (typeof argument === 'object' && !('terms' in argument))) return value;
    if (typeof argument === 'string' || argument === undefined) return value;
    const dtype = typeof argument === 'number' ? 'float32' : typeof argument === 'boolean' ? 'bool' : 'int64';
    return fromResult(tape, tape.scalar(argument, dtype));
  };
  return [
    ['NumToTensor', new Native((_, [value = null]) => numberToTensor(value))],
    ['data', new Native((_, [value = null]) => value)],
    ['unchecked_unwrap_optional', new Native((_, [value = null]) => value)],
    [
      'RaiseException',
      new Native((machine, [text = '']) => {
        throw machine.error('RuntimeError', machine.str(text));
      }),
    ],
    ['min', new Native((machine, [a = null, b = null]) => extreme(machine, a, b, false))],
    ['max', new Native((machine, [a = null, b = null]) => extreme(machine, a, b, true))],
    ['device', new Native(() => 'cpu')],
    ['is_nested', new Native(() => false)],
    ['is_cuda', new Native(() => false)],
    // With gradients, as in ordinary evaluation, torch takes the ways that are made of ordinary operators.
    ['requires_grad', new Native(() => true)],
    ['dtype', new Native((machine, [tensor = null]) => dtypeOf(machine, tensor))],
    ['TupleIndex', new Native((machine, [tuple = null, at = null]) => machine.getItem(tuple, at))],
  ];
}

function dtypeOf(machine: Machine, value: Value): Value {
  const number = value instanceof TensorValue ? scalarTypeOf(value.tensor) : undefined;
  if (number === undefined) throw machine.unknown(`the number of the dtype of ${machine.repr(value)}`);
  return BigInt(number);
}

/** The smaller or the larger of two numbers or sizes. */
function extreme(machine: Machine, a: Value, b: Value, isLarger: boolean): Value {
  const [left, right]: (Size | null)[] = [sizeOf(a), sizeOf(b)];
  const tape = a instanceof SizeValue ? a.tape : b instanceof SizeValue ? b.tape : null;
  if (tape === null || left == null || right == null) return machine.isLess(a, b) !== isLarger ? a : b;
  return fromResult(tape, (isLarger ? larger : smaller)(left, right));
}
