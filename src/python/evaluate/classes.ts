import { ClassFunction } from '../values/callable';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { Instance, OrderConflict, PyClass, type Keywords, type Value } from '../values/object';
import { UnknownValue } from '../values/unknown';

/** What making a class costs, in steps. */
const CLASS_STEPS = 30;
/** Built-in classes that nothing can be derived from. */
const finals: ReadonlySet<string> = new Set([
  'bool',
  'NoneType',
  'function',
  'range',
  'slice',
  'generator',
  'super',
]);

/** Makes a class of its bases and of the names of its body. */
export function makeClass(
  machine: Machine,
  name: string,
  bases: readonly Value[],
  names: Map<string, Value>,
  keywords: Keywords,
): PyClass {
  checkMetaclass(machine, keywords);
  const above = bases.map((base) => baseOf(machine, base)).filter((base) => base !== null);
  const own = above.filter((base, at) => above.indexOf(base) === at && base !== machine.type('object'));
  const made = withOrder(machine, name, own.length > 0 ? own : [machine.type('object')], names);
  const module = names.get('__module__');
  if (typeof module === 'string') made.module = module;
  machine.allocate(names.size + made.mro.length);
  machine.spend(CLASS_STEPS);
  for (const [key, value] of names) {
    if (value instanceof Instance && machine.findSpecial(value, '__set_name__') !== undefined)
      machine.callSpecial(value, '__set_name__', [made, key]);
  }
  const behind = made.mro.slice(1);
  behind.find(({ derive }) => derive !== null)?.derive?.(made);
  const hook = behind.map((base) => base.own.get('__init_subclass__')).find((found) => found !== undefined);
  if (hook !== undefined) {
    const named = new Map([...keywords].filter(([key]) => key !== 'metaclass'));
    machine.call(hook instanceof ClassFunction ? hook.callee : hook, [made], named);
  }
  return made;
}

function checkMetaclass(machine: Machine, keywords: Keywords): void {
  const meta = keywords.get('metaclass');
  if (meta === undefined || meta === machine.type('type')) return;
  if (meta instanceof UnknownValue)
    machine.note(`the metaclass ${meta.typeName} was taken to change nothing`);
  else throw machine.unknown('a class that makes classes is not known here');
}

function baseOf(machine: Machine, base: Value): PyClass | null {
  if (base instanceof Foreign) return base.asBase(machine);
  if (!(base instanceof PyClass)) throw machine.error('TypeError', 'bases must be types');
  if (base === machine.type('type')) throw machine.unknown('a class that makes classes is not known here');
  if (!base.isOpen && finals.has(base.name))
    throw machine.error('TypeError', `type '${base.name}' is not an acceptable base type`);
  return base;
}

function withOrder(
  machine: Machine,
  name: string,
  bases: readonly PyClass[],
  names: Map<string, Value>,
): PyClass {
  machine.spend(bases.reduce((sum, { mro }) => sum + mro.length, 0));
  try {
    return new PyClass(name, bases, names, true);
  } catch (error) {
    if (!(error instanceof OrderConflict)) throw error;
    throw machine.error(
      'TypeError',
      `Cannot create a consistent method resolution order (MRO) for bases ${bases.map((base) => base.name).join(', ')}`,
    );
  }
}
