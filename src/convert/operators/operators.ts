import { Gap } from '../gap';
import type { Tape } from '../tape/tape';
import { Tensor } from '../tape/tensor';
import type { Family, Result } from './aten';
import { aliases } from './aliases';
import { bind, type Argument } from './bind';
import { isQuantized, onQuantized } from './on-quantized';
import { parseSchema, type Schema } from './schema';
import { stridesOfView } from './strides';

interface Overload {
  schema: Schema;
  read: (tape: Tape, args: Record<string, unknown>) => Result;
  write: ((tape: Tape, args: Record<string, unknown>, value: Tensor, index: number) => Tensor) | null;
}

const families = import.meta.glob<Family>('../aten/*.ts', { eager: true, import: 'default' });

/** Every overload that is written down, by the operator's name. */
const operators = new Map<string, Overload[]>();
for (const [text, emitter] of Object.values(families).flatMap((family) => Object.entries(family))) {
  const schema = parseSchema(text);
  const { read, write } = typeof emitter === 'function' ? { read: emitter, write: null } : emitter;
  const overload: Overload = { schema, read: read as Overload['read'], write: write as Overload['write'] };
  operators.set(schema.name, [...(operators.get(schema.name) ?? []), overload]);
}

/** The names of all operators that are written down: `aten::add`. */
export function knownOperators(): string[] {
  return [...operators.keys()];
}

/** Whether some form of an operator can be recorded; of `aten::relu_` that is so where `aten::relu` can. */
export function isKnownOperator(name: string): boolean {
  return overloadsOf(baseOf(name)) !== undefined || overloadsOf(functional(baseOf(name))) !== undefined;
}

/**
 * Records a call of a torch operator. `name` is `aten::add` or, to choose an overload, `aten::add.Tensor`; without
 * one the arguments decide. In-place forms let their first argument hold the result and give that argument. Throws a
 * `Gap` for an operator or a use of one that cannot be recorded.
 */
export function callAten(
  tape: Tape,
  name: string,
  args: readonly Argument[],
  named: Readonly<Record<string, Argument>> = {},
): Result {
  try {
    const { out, ...others } = named;
    const base = baseOf(name);
    const isInPlace = overloadsOf(base) === undefined && functional(base) !== base;
    const [first] = args;
    const target = isInPlace ? first : out;
    const { result, isView } = call(
      tape,
      isInPlace ? functional(name) : name,
      args,
      out instanceof Tensor ? others : named,
    );
    if (!(target instanceof Tensor) || !(result instanceof Tensor)) return result;
    if (isView) target.rebind(result);
    else if (result !== target) target.become(tape.cast(result, target.dtype));
    return target;
  } catch (thrown) {
    if (thrown instanceof Gap && thrown.operator === '') throw new Gap(thrown.reason, name);
    throw thrown;
  }
}

function call(
  tape: Tape,
  name: string,
  args: readonly Argument[],
  named: Readonly<Record<string, Argument>>,
): { result: Result; isView: boolean } {
  const all = overloadsOf(baseOf(name));
  if (all === undefined) throw new Gap('no such operator is known here', name);
  const asked = name.split('.')[1] ?? '';
  const ordered = all.toSorted(
    (a, b) => Number(b.schema.overload === asked) - Number(a.schema.overload === asked),
  );
  for (const manner of ['strict', 'loose'] as const) {
    for (const overload of ordered) {
      const bound = bind(tape, overload.schema, args, named, manner);
      if (bound === null) continue;
      const isAware = overload.schema.name.startsWith('quantized::');
      const read =
        isAware || !isQuantized(bound) ? overload.read : onQuantized(overload.schema.name, overload.read);
      const result = read(tape, bound);
      if (!overload.schema.isView) return { result, isView: false };
      return { result: connected(tape, { ...overload, read }, bound, result), isView: true };
    }
  }
  throw new Gap(`no form of it takes (${[...args, ...Object.values(named)].map(describe).join(', ')})`, name);
}

/** What a view operator gave, following its first argument and writing to it, or with elements of its own. */
function connected(tape: Tape, overload: Overload, bound: Record<string, unknown>, result: Result): Result {
  const [parameter] = overload.schema.parameters;
  const base = parameter && bound[parameter.name];
  if (parameter === undefined || !(base instanceof Tensor)) return result;
  const { schema, read, write } = overload;
  const withBase = (tensor: Tensor) => ({ ...bound, [parameter.name]: tensor });
  const connect = (given: Tensor, at: number): Tensor => {
    const strides = stridesOfView(schema, base, bound, given);
    const view = given === base ? base.copy() : given;
    if (given === base) view.packed = base.packed;
    if (strides === 'copy') return view;
    const isUndecided = strides === 'undecided';
    const again = (tensor: Tensor): Tensor => {
      if (isUndecided)
        throw new Gap('whether it shows elements or copies them is known only when the model runs');
      const all = read(tape, withBase(tensor));
      const one: unknown = all instanceof Tensor ? all : Array.isArray(all) ? all[at] : null;
      if (!(one instanceof Tensor)) throw new Gap('a view of it cannot be made again', schema.name);
      return one;
    };
    const written = isUndecided
      ? null
      : (write ?? (given === base ? (_: Tape, __: unknown, value: Tensor) => value : null));
    view.lookAt({
      base,
      read: again,
      write: written && ((tensor, value) => written(tape, withBase(tensor), value, at)),
      strides: isUndecided ? null : strides,
    });
    return view;
  };
  if (result instanceof Tensor) return connect(result, 0);
  if (!Array.isArray(result)) return result;
  return result.map((one: unknown, at) => (one instanceof Tensor ? connect(one, at) : one)) as Result;
}

function overloadsOf(base: string): Overload[] | undefined {
  return operators.get(base) ?? operators.get(aliases[base] ?? '');
}

function baseOf(name: string): string {
  return name.split('.')[0] ?? name;
}

/** `aten::relu` of `aten::relu_`; `__and__` and its like stay. */
function functional(name: string): string {
  const [base = '', ...overload] = name.split('.');
  const isInPlace = base.endsWith('_') && !base.endsWith('__');
  return isInPlace ? [base.slice(0, -1), ...overload].join('.') : name;
}

function describe(value: Argument): string {
  if (value === null) return 'None';
  if (value instanceof Tensor) return `${value.dtype} tensor of ${value.rank} dimensions`;
  if (Array.isArray(value)) return `[${(value as readonly Argument[]).map(describe).join(', ')}]`;
  return typeof value === 'object' ? 'object' : typeof value === 'string' ? `'${value}'` : String(value);
}
