import { attributesAsDict } from '../values/attributes';
import { BoundMethod, ClassFunction, NativeFunction, Property, PyFunction } from '../values/callable';
import { PyDict } from '../values/dict';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { PyModule, PySuper } from '../values/module';
import { Instance, PyClass, PyObject, type Value } from '../values/object';

/** What attributes need besides what native functions may ask. */
export interface Attributes extends Machine {
  /** The methods that every object has, whatever its class. */
  readonly objectMethods: ReadonlyMap<string, Value>;
}

/** An attribute; `undefined` where there is none. Names are looked up in maps only, never among JavaScript's. */
export function findAttribute(machine: Attributes, object: Value, name: string): Value | undefined {
  if (object instanceof Foreign) return object.getAttribute(machine, name);
  if (object instanceof PyModule) return moduleMember(machine, object, name);
  if (object instanceof PyClass) return classAttribute(machine, object, name);
  if (object instanceof PySuper) return superAttribute(machine, object, name);
  const type = machine.typeOf(object);
  const found = type.find(name);
  const own = object instanceof PyObject ? object.attributes?.get(name) : undefined;
  if (own !== undefined && !(found instanceof Property && found.cachedAs === null)) return own;
  if (found !== undefined) return bind(machine, found, object, type);
  const special = objectSpecial(machine, object, name);
  if (special !== undefined) return special;
  const hook = type.find('__getattr__');
  if (hook !== undefined) return machine.call(bind(machine, hook, object, type), [name]);
  refuseMachinery(machine, name);
  return undefined;
}

/** What a class has under a name, as an object of it sees it: functions become methods, properties values. */
function bind(machine: Machine, found: Value, object: Value, type: PyClass): Value {
  if (!(found instanceof PyObject)) return found;
  switch (found.kind) {
    case 'function':
      return new BoundMethod(object, found);
    case 'builtin_function_or_method':
      return found instanceof NativeFunction && found.isMethod ? new BoundMethod(object, found) : found;
    case 'staticmethod':
    case 'classmethod':
      return found instanceof ClassFunction ? ofClass(found, type) : found;
    case 'property':
      return found instanceof Property ? propertyValue(machine, found, object) : found;
    case 'object': {
      const get = found.subclass?.find('__get__');
      return get === undefined ? found : machine.call(get, [found, object, type]);
    }
    default:
      return found;
  }
}

function ofClass(found: ClassFunction, type: PyClass): Value {
  return found.kind === 'staticmethod' ? found.callee : new BoundMethod(type, found.callee);
}

function propertyValue(machine: Machine, { getter, cachedAs }: Property, object: Value): Value {
  const value = machine.call(getter, [object]);
  if (cachedAs !== null && object instanceof PyObject) {
    object.attributes ??= new Map();
    object.attributes.set(cachedAs, value);
  }
  return value;
}

function classAttribute(machine: Attributes, type: PyClass, name: string): Value | undefined {
  const found = type.find(name);
  if (found instanceof ClassFunction) return ofClass(found, type);
  if (found !== undefined) return found;
  switch (name) {
    case '__name__':
    case '__qualname__':
      return type.name;
    case '__module__':
      return type.module;
    case '__doc__':
      return null;
    case '__class__':
      return machine.typeOf(type);
    default:
  }
  const method = machine.objectMethods.get(name);
  if (method !== undefined) return method;
  refuseMachinery(machine, name);
  return undefined;
}

function superAttribute(machine: Attributes, { self, candidates }: PySuper, name: string): Value | undefined {
  const type = self instanceof PyClass ? self : machine.typeOf(self);
  for (const candidate of candidates) {
    const found = candidate.own.get(name);
    if (found === undefined) continue;
    if (found instanceof ClassFunction) return ofClass(found, type);
    if (self instanceof PyClass) return name === '__init_subclass__' ? new BoundMethod(self, found) : found;
    return bind(machine, found, self, type);
  }
  const method = machine.objectMethods.get(name);
  if (method === undefined) {
    refuseMachinery(machine, name);
    return undefined;
  }
  const isBare = name === '__new__' || (self instanceof PyClass && name !== '__init_subclass__');
  return isBare ? method : new BoundMethod(self, method);
}

function moduleMember(machine: Machine, module: PyModule, name: string): Value | undefined {
  const member = module.members.get(name);
  if (member !== undefined) return member;
  if (name === '__name__') return module.name;
  if (name === '__doc__') return null;
  refuseMachinery(machine, name);
  return name.startsWith('__') ? undefined : module.missing?.(name);
}

/** What every object answers to, whatever its class defines. */
function objectSpecial(machine: Attributes, object: Value, name: string): Value | undefined {
  if (!name.startsWith('__')) return undefined;
  if (name === '__class__') return machine.typeOf(object);
  if (name === '__dict__' && object instanceof PyObject && canHold(object)) return attributesAsDict(object);
  if (object instanceof PyFunction || object instanceof NativeFunction) {
    if (name === '__name__') return object.name.split('.').at(-1) ?? '';
    if (name === '__qualname__') return object.name;
    if (object instanceof PyFunction && name === '__doc__') return object.doc;
    if (object instanceof PyFunction && name === '__module__') return object.module;
  }
  if (object instanceof BoundMethod) {
    if (name === '__self__') return object.self;
    if (name === '__func__') return object.callee;
    if (/^__(name|qualname|doc|module)__$/.test(name)) return findAttribute(machine, object.callee, name);
  }
  if (name === '__doc__') return null;
  const method = machine.objectMethods.get(name);
  return method === undefined || name === '__new__' ? method : new BoundMethod(object, method);
}

/** Whether an object takes attributes that its class does not know. */
function canHold(object: PyObject): boolean {
  return object instanceof Instance || object instanceof PyFunction || object.subclass !== null;
}

/** Names that lead from any object to the interpreter that runs it; there is none here to be led to. */
function refuseMachinery(machine: Machine, name: string): void {
  if (machinery.has(name)) throw machine.unknown(`${name} reaches into Python itself, which is not there`);
}

const machinery: ReadonlySet<string> = new Set([
  ...[
    '__bases__',
    '__base__',
    '__mro__',
    '__subclasses__',
    '__globals__',
    '__code__',
    '__closure__',
    '__builtins__',
  ],
  ...[
    '__import__',
    '__loader__',
    '__spec__',
    '__reduce__',
    '__reduce_ex__',
    '__defaults__',
    '__kwdefaults__',
    'mro',
  ],
  ...[
    'gi_frame',
    'gi_code',
    'cr_frame',
    'f_globals',
    'f_locals',
    'f_back',
    'f_builtins',
    'tb_frame',
    '__traceback__',
  ],
  ...['func_globals', 'func_code', '__weakref__', '__prepare__', '__instancecheck__', '__subclasshook__'],
]);

/** `object.name = value`. */
export function setAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  if (object instanceof Foreign) {
    object.setAttribute(machine, name, value);
    return;
  }
  const hook = object instanceof PyObject ? object.subclass?.find('__setattr__') : undefined;
  if (hook !== undefined) machine.call(hook, [object, name, value]);
  else plainSetAttribute(machine, object, name, value);
}

/** What `object.__setattr__` does. */
export function plainSetAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  if (object instanceof PyObject) machine.touch(object);
  if (object instanceof PyClass && object.isOpen) {
    object.own.set(name, value);
    return;
  }
  if (object instanceof PyModule) {
    object.members.set(name, value);
    return;
  }
  if (!(object instanceof PyObject) || !canHold(object)) throw cannotSet(machine, object, name);
  const found = object.subclass?.find(name);
  if (found instanceof Property && found.cachedAs === null) {
    if (found.setter === null)
      throw machine.error(
        'AttributeError',
        `property '${name}' of '${machine.typeOf(object).name}' object has no setter`,
      );
    machine.call(found.setter, [object, value]);
    return;
  }
  if (found instanceof Instance) {
    const set = found.subclass?.find('__set__');
    if (set !== undefined) {
      machine.call(set, [found, object, value]);
      return;
    }
  }
  if (name === '__class__') throw machine.unknown('changing the class of an object is not known here');
  if (name === '__name__' && object instanceof PyFunction && typeof value === 'string') object.name = value;
  machine.allocate(1);
  object.attributes ??= new Map();
  if (name !== '__dict__') object.attributes.set(name, value);
  else replaceAttributes(machine, object, value);
}

function replaceAttributes(machine: Machine, object: PyObject, value: Value): void {
  if (!(value instanceof PyDict) || value === object)
    throw machine.unknown('taking this for the attributes of an object is not known here');
  object.attributes = new Map([...value.entries.values()].map(([key, entry]) => [machine.str(key), entry]));
}

function cannotSet(machine: Machine, object: Value, name: string): Error {
  const type = machine.typeOf(object).name;
  if (object instanceof PyClass)
    return machine.error('TypeError', `cannot set '${name}' attribute of immutable type '${object.name}'`);
  return machine.error('AttributeError', `'${type}' object has no attribute '${name}'`);
}

/** `del object.name`. */
export function deleteAttribute(machine: Machine, object: Value, name: string): void {
  const hook = object instanceof PyObject ? object.subclass?.find('__delattr__') : undefined;
  if (hook !== undefined) machine.call(hook, [object, name]);
  else plainDeleteAttribute(machine, object, name);
}

/** What `object.__delattr__` does. */
export function plainDeleteAttribute(machine: Machine, object: Value, name: string): void {
  if (object instanceof PyObject) machine.touch(object);
  const owner =
    object instanceof PyClass && object.isOpen
      ? object.own
      : object instanceof PyModule
        ? object.members
        : object instanceof PyObject
          ? object.attributes
          : null;
  if (!owner?.delete(name)) throw noAttribute(machine, object, name);
}

/** The AttributeError that Python raises. */
export function noAttribute(machine: Machine, object: Value, name: string): Error {
  if (object instanceof PyModule)
    return machine.error('AttributeError', `module '${object.name}' has no attribute '${name}'`);
  if (object instanceof PyClass)
    return machine.error('AttributeError', `type object '${object.name}' has no attribute '${name}'`);
  const type = object instanceof PySuper ? 'super' : machine.typeOf(object).name;
  return machine.error('AttributeError', `'${type}' object has no attribute '${name}'`);
}
