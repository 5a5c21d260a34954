import { BoundMethod, ClassFunction, NativeFunction, PyFunction } from '../values/callable';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { Instance, noKeywords, PyClass, PyObject, type Keywords, type Value } from '../values/object';

/** `callee(args, keywords)`. */
export function call(machine: Machine, callee: Value, args: readonly Value[], keywords: Keywords): Value {
  if (callee instanceof PyFunction) return callee.invoke(args, keywords);
  if (callee instanceof BoundMethod) return machine.call(callee.callee, [callee.self, ...args], keywords);
  if (callee instanceof NativeFunction) {
    machine.spend(1);
    return callee.call(machine, args, keywords);
  }
  if (callee instanceof PyClass) return construct(machine, callee, args, keywords);
  if (callee instanceof Foreign) {
    machine.spend(1);
    return callee.call(machine, args, keywords);
  }
  if (callee instanceof ClassFunction) return machine.call(callee.callee, args, keywords);
  const method = machine.findSpecial(callee, '__call__');
  if (method !== undefined && callee instanceof PyObject)
    return machine.call(method, [callee, ...args], keywords);
  throw machine.error('TypeError', `'${machine.typeOf(callee).name}' object is not callable`);
}

/** `object.name(args)`: the method of the class, without making a bound one on the way. */
export function callMethod(
  machine: Machine,
  object: Value,
  name: string,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  if (!(object instanceof Foreign) && !(object instanceof PyClass)) {
    const isPlain = !(object instanceof PyObject) || object.attributes?.has(name) !== true;
    const found = isPlain ? machine.typeOf(object).find(name) : undefined;
    if (found instanceof PyFunction) return found.invoke([object, ...args], keywords);
    if (found instanceof NativeFunction && found.isMethod)
      return machine.call(found, [object, ...args], keywords);
  }
  return machine.call(machine.getAttribute(object, name), args, keywords);
}

/** An object of a class: made by `__new__`, then given to `__init__`. */
function construct(machine: Machine, type: PyClass, args: readonly Value[], keywords: Keywords): Value {
  machine.spend(1);
  const make = type.find('__new__');
  const init = type.find('__init__');
  const object =
    make === undefined
      ? plainInstance(machine, type, init === undefined ? args.length + keywords.size : 0)
      : machine.call(make instanceof ClassFunction ? make.callee : make, [type, ...args], keywords);
  if (init === undefined || !(object instanceof PyObject) || !machine.typeOf(object).isDerivedFrom(type))
    return object;
  const answer = machine.call(init, [object, ...args], keywords);
  if (answer !== null)
    throw machine.error('TypeError', `__init__() should return None, not '${machine.typeOf(answer).name}'`);
  return object;
}

/** An object of a class that has no `__new__`. */
export function plainInstance(machine: Machine, type: PyClass, extra = 0): Instance {
  if (extra > 0) throw machine.error('TypeError', `${type.name}() takes no arguments`);
  const abstract = abstractMethods(type);
  if (abstract.length > 0)
    throw machine.error(
      'TypeError',
      `Can't instantiate abstract class ${type.name} with abstract method${abstract.length > 1 ? 's' : ''} ${abstract.join(', ')}`,
    );
  machine.allocate(1);
  return new Instance(type);
}

/** The methods that `abc.abstractmethod` marks, and no class after them defines; only where `ABC` is derived from. */
function abstractMethods(type: PyClass): string[] {
  if (!type.mro.some(({ name, isOpen }) => name === 'ABC' && !isOpen)) return [];
  const names = new Set(type.mro.flatMap(({ own }) => [...own.keys()]));
  const isAbstract = (value: Value | undefined) =>
    value instanceof PyFunction && value.attributes?.get('__isabstractmethod__') === true;
  return [...names].filter((name) => isAbstract(type.find(name))).sort();
}

/** Calls a method that the class of a value has, if it has one; `None` as a method means that it has none. */
export function callSpecial(
  machine: Machine,
  object: Value,
  name: string,
  args: readonly Value[],
): Value | undefined {
  const method = machine.findSpecial(object, name);
  if (method === undefined || method === null) return undefined;
  if (method instanceof ClassFunction) return machine.call(method.callee, args, noKeywords);
  return machine.call(method, [object, ...args], noKeywords);
}
