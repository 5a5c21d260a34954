import type { Checkpoint, ModuleNode, Value as Stored } from '../../../core/checkpoint';
import {
  createPython,
  Foreign,
  type Instance,
  PyClass,
  PyList,
  PyModule,
  PyTuple,
  TypeHint,
  type Machine,
  type Python,
  type Value,
} from '../../../python';
import { Gap } from '../../gap';
import type { ReadElements } from '../../initializers';
import { openParameter } from '../../parameters';
import type { Tape } from '../../tape';
import { Operators } from '../../torch/operators';
import { fromResult, TensorValue, toArgument } from '../../torch/values';

/** A program with its modules as objects, ready to be called. */
interface Program {
  /** `forward`. Throws a `Gap`, and problems of Python with their place. */
  run(args: readonly Value[]): Value;
}

/** The code of an archive, and its modules with their parameters on a tape. Throws what `read` throws. */
export async function openProgram(tape: Tape, checkpoint: Checkpoint, read: ReadElements): Promise<Program> {
  const sources = checkpoint.sources.map(({ name, text }) => ({ file: name, text }));
  const constants = await constantsOf(tape, checkpoint, read);
  const paths = new Set(sources.map(({ file }) => file.replace(/\.py$/, '').replaceAll('/', '.')));
  // Names are looked up when the program runs, which is after there is a Python to run it.
  const find = (full: string): Value | undefined => {
    const dot = full.lastIndexOf('.');
    const around = full.slice(0, dot);
    return paths.has(around) ? python.load(around).members.get(full.slice(dot + 1)) : undefined;
  };
  const python: Python = createPython({
    sources,
    builtins: (machine) => builtins(machine, tape, new Namespace('__torch__', find), constants),
  });
  const root = checkpoint.module;
  if (!root) throw new Gap('the archive holds no module');
  const instance = await instantiate(root, '');

  async function instantiate(node: ModuleNode, path: string): Promise<Instance> {
    const type = find(node.type);
    if (!(type instanceof PyClass)) throw new Gap(`the archive has no code of ${node.type}`);
    const attributes: [string, Value][] = [];
    for (const [name, value] of node.attributes) {
      attributes.push([name, await openValue(tape, value, path ? `${path}.${name}` : name, read)]);
    }
    for (const { name, tensor } of [...node.parameters, ...node.buffers]) {
      const label = path ? `${path}.${name}` : name;
      attributes.push([name, new TensorValue(tape, await openParameter(tape, label, tensor, read))]);
    }
    for (const child of node.children) {
      attributes.push([child.name, await instantiate(child, path ? `${path}.${child.name}` : child.name)]);
    }
    return python.instantiate(type, attributes);
  }

  return {
    run: (args) => python.run((machine) => machine.callMethod(instance, 'forward', args)),
  };
}

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

function builtins(
  machine: Machine,
  tape: Tape,
  programs: Value,
  constants: ReadonlyMap<string, Value>,
): [string, Value][] {
  const hints = [
    'Tensor',
    'Optional',
    'List',
    'Dict',
    'Tuple',
    'Final',
    'Future',
    'number',
    'NoneType',
    'Device',
    'Any',
    'Union',
  ];
  const prim = new PyModule('ops.prim', primitives(tape));
  const ops = new PyModule('ops', [['prim', prim]]);
  ops.missing = (name) => new Operators(tape, name);
  return [
    ['torch', new Operators(tape, 'aten')],
    ['ops', ops],
    ['__torch__', programs],
    ['CONSTANTS', new PyModule('CONSTANTS', constants)],
    ['annotate', new Native((_, [, value = null]) => value)],
    ['unchecked_cast', new Native((_, [, value = null]) => value)],
    ['uninitialized', new Native(() => null)],
    ['Module', machine.type('object')],
    ['inf', Infinity],
    ['nan', NaN],
    ...hints.map((name): [string, Value] => [name, new TypeHint(name)]),
  ];
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
    ['min', new Native((machine, [a = null, b = null]) => (machine.isLess(a, b) ? a : b))],
    ['max', new Native((machine, [a = null, b = null]) => (machine.isLess(a, b) ? b : a))],
    ['device', new Native(() => 'cpu')],
    ['is_nested', new Native(() => false)],
    ['is_cuda', new Native(() => false)],
    [
      'dtype',
      new Native((_, [tensor = null]) => (tensor instanceof TensorValue ? tensor.tensor.dtype : null)),
    ],
    ['TupleIndex', new Native((machine, [tuple = null, at = null]) => machine.getItem(tuple, at))],
  ];
}

/** The constants of the code by the names it has for them: `c0`. A frozen program has all its weights there. */
async function constantsOf(
  tape: Tape,
  checkpoint: Checkpoint,
  read: ReadElements,
): Promise<Map<string, Value>> {
  const found = new Map<string, Value>();
  for (const { name, tensor } of checkpoint.tensors) {
    const [, label] = /^CONSTANTS\.(c\d+)$/.exec(name) ?? [];
    if (label) found.set(label, await openValue(tape, tensor, label, read));
  }
  const kept = checkpoint.entries.get('constants') ?? null;
  const items = typeof kept === 'object' && kept !== null && 'items' in kept ? kept.items : [];
  for (const [at, item] of items.entries()) {
    found.set(`c${at}`, await openValue(tape, item, `c${at}`, read));
  }
  return found;
}

/**
 * A value of the archive as the program holds it; whole numbers are integers, as they are in nearly all attributes.
 * Objects of libraries that keep their state to themselves are `None`.
 */
async function openValue(tape: Tape, value: Stored, label: string, read: ReadElements): Promise<Value> {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (value.kind === 'tensor') return new TensorValue(tape, await openParameter(tape, label, value, read));
  if (value.kind !== 'list' && value.kind !== 'tuple') return null;
  const items: Value[] = [];
  for (const [at, item] of value.items.entries())
    items.push(await openValue(tape, item, `${label}.${at}`, read));
  return value.kind === 'list' ? new PyList(items) : new PyTuple(items);
}
