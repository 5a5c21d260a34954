import { plainDeleteAttribute } from '../evaluate/attributes';
import { nextOrStop } from '../evaluate/iteration';
import { plainInstance } from '../evaluate/invoke';
import { ClassFunction, NativeFunction, Property } from '../values/callable';
import { PyIterator, PyTuple } from '../values/containers';
import { PyDict } from '../values/dict';
import { PySuper } from '../values/module';
import { noKeywords, PyClass, PyObject, type Value } from '../values/object';
import type { Machine } from '../values/machine';
import { addMethods, functions, selfAs, setMaker, textOf, type Functions } from './native';

/** What every object can, whatever its class: found only where no class says otherwise. */
export function objectMethods(): ReadonlyMap<string, Value> {
  const table: Functions = {
    __init__: ['self, *args, **keywords', () => null],
    __init_subclass__: ['cls, **keywords', () => null],
    __setattr__: [
      'self, name, value',
      (machine, [self = null, name, value = null]) => {
        machine.plainSetAttribute(self, textOf(machine, name, 'attribute name'), value);
        return null;
      },
    ],
    __delattr__: [
      'self, name',
      (machine, [self = null, name]) => {
        plainDeleteAttribute(machine, self, textOf(machine, name, 'attribute name'));
        return null;
      },
    ],
    __getattribute__: [
      'self, name',
      (machine, [self = null, name]) => machine.getAttribute(self, textOf(machine, name, 'attribute name')),
    ],
    __new__: [
      'cls, *args, **keywords',
      (machine, [type = null]) => {
        if (type instanceof PyClass) return plainInstance(machine, type);
        throw machine.error('TypeError', 'object.__new__(X): X is not a type object');
      },
    ],
    __repr__: ['self', (machine, [self = null]) => defaultRepr(machine, self)],
    __str__: ['self', (machine, [self = null]) => machine.repr(self)],
    __format__: [
      'self, spec',
      (machine, [self = null, spec = '']) => machine.format(self, machine.str(spec)),
    ],
    __eq__: ['self, other', (_, [self, other]) => self === other],
    __ne__: ['self, other', (_, [self, other]) => self !== other],
    __hash__: ['self', (_, [self]) => (self instanceof PyObject ? BigInt(self.serial) : 0n)],
    __sizeof__: ['self', () => 0n],
  };
  return new Map(functions(table));
}

function defaultRepr(machine: Machine, self: Value): Value {
  const type = machine.typeOf(self);
  return `<${type.module}.${type.name} object>`;
}

/** `type`, `super`, `property`, `classmethod`, `staticmethod`, `object`, and what iterators can. */
export function addObjects(classes: ReadonlyMap<string, PyClass>): void {
  const get = (name: string) => classes.get(name) ?? new PyClass(name, []);
  setMaker(get('type'), 'object, bases?, names?', (machine, [, value = null, bases, names]) => {
    if (bases === undefined) return machine.typeOf(value);
    const own = names instanceof PyDict ? [...names.entries.values()] : [];
    const all = new Map(own.map(([key, entry]) => [machine.str(key), entry]));
    return machine.makeClass(textOf(machine, value, 'name'), machine.list(bases), all, noKeywords);
  });
  setMaker(get('super'), 'type?, object?', (machine, [, type, object]) => superOf(machine, type, object));
  addProperty(get('property'));
  for (const kind of ['classmethod', 'staticmethod'] as const)
    setMaker(get(kind), 'function', (_, [, callee = null]) => new ClassFunction(kind, callee));
  const asIterator = selfAs('iterator', (value) => value instanceof PyIterator);
  for (const kind of ['iterator', 'generator'] as const)
    addMethods(get(kind), asIterator, {
      __iter__: ['', (_, self) => self],
      __next__: ['', (machine, self) => stepped(machine, self, null)],
      send: ['value', (machine, self, [value = null]) => stepped(machine, self, value)],
      close: [
        '',
        (_, self) => {
          self.source.return?.(null);
          return null;
        },
      ],
      throw: [
        'exception, value?, traceback?',
        (machine, self, [exception = null]) => {
          const raised = machine.raise(exception);
          if (!self.source.throw || self.isRunning) throw raised;
          return ended(machine, self.source.throw(raised));
        },
      ],
    });
  for (const name of ['function', 'method', 'module', 'dict_keys', 'dict_values', 'dict_items', 'NoneType'])
    setMaker(get(name), '*args', (machine) => {
      throw machine.unknown(`making a ${name} is not known here`);
    });
}

function stepped(machine: Machine, self: PyIterator, sent: Value): Value {
  if (sent === null) return nextOrStop(machine, self);
  if (self.isRunning) throw machine.error('ValueError', 'generator already executing');
  machine.spend(1);
  self.isRunning = true;
  try {
    return ended(machine, self.source.next(sent));
  } finally {
    self.isRunning = false;
  }
}

function ended(machine: Machine, step: IteratorResult<Value, Value | undefined>): Value {
  if (step.done !== true) return step.value;
  throw machine.raise(machine.call(machine.type('StopIteration'), [step.value ?? null]));
}

function superOf(machine: Machine, type: Value | undefined, object: Value | undefined): Value {
  const here = type === undefined ? machine.method() : null;
  const [from, self] = here ? [here.type, here.self] : [type, object];
  if (!(from instanceof PyClass)) throw machine.error('RuntimeError', 'super(): no arguments');
  const order = (self instanceof PyClass && self.isDerivedFrom(from) ? self : machine.typeOf(self ?? null))
    .mro;
  const at = order.indexOf(from);
  if (at < 0)
    throw machine.error('TypeError', 'super(type, obj): obj must be an instance or subtype of type');
  return new PySuper(self ?? null, order.slice(at + 1));
}

function addProperty(type: PyClass): void {
  setMaker(
    type,
    'fget?, fset?, fdel?, doc?',
    (_, [, getter = null, setter = null]) => new Property(getter, setter),
  );
  const self = selfAs('property', (value) => value instanceof Property);
  addMethods(type, self, {
    setter: ['function', (_, { getter }, [setter = null]) => new Property(getter, setter)],
    getter: ['function', (_, { setter }, [getter = null]) => new Property(getter, setter)],
    deleter: ['function', (_, property) => property],
  });
  type.own.set(
    'fget',
    new Property(
      new NativeFunction('fget', 'self', (machine, [value = null]) => self(machine, value).getter),
    ),
  );
}

/** The items of a tuple that Python's functions give. */
export function pair(first: Value, second: Value): PyTuple {
  return new PyTuple([first, second]);
}
