import { PyTuple } from '../values/containers';
import type { Machine } from '../values/machine';
import { Instance, PyClass, type Value } from '../values/object';
import { addMethods, selfAs, setMaker } from './native';

/** What exceptions do: they keep what they are made with, and show it. */
export function addExceptions(classes: ReadonlyMap<string, PyClass>): void {
  const base = classes.get('BaseException');
  if (!base) return;
  const self = selfAs('BaseException', (value) => value instanceof Instance);
  setMaker(base, '*args, **keywords', (machine, [type = null, ...args]) => {
    if (type instanceof PyClass && type.isDerivedFrom(base))
      return withArguments(new Instance(type), args as Value[]);
    throw machine.error('TypeError', 'BaseException.__new__(X): X is not a subtype of BaseException');
  });
  addMethods(base, self, {
    __init__: [
      '*args, **keywords',
      (_, exception, args) => {
        withArguments(exception, args as Value[]);
        return null;
      },
    ],
    __str__: ['', (machine, exception) => messageOf(machine, exception)],
    __repr__: [
      '',
      (machine, exception) => {
        const text = machine.repr(new PyTuple(argumentsOf(exception)));
        const inside = argumentsOf(exception).length === 1 ? text.replace(/,\)$/, ')') : text;
        return `${machine.typeOf(exception).name}${inside}`;
      },
    ],
    with_traceback: ['traceback', (_, exception) => exception],
    add_note: ['note', () => null],
  });
  const key = classes.get('KeyError');
  if (key)
    addMethods(key, self, {
      __str__: [
        '',
        (machine, exception) => {
          const [only, ...more] = argumentsOf(exception);
          return only !== undefined && more.length === 0 ? machine.repr(only) : messageOf(machine, exception);
        },
      ],
    });
}

function withArguments(exception: Instance, args: readonly Value[]): Instance {
  exception.attributes ??= new Map();
  exception.attributes.set('args', new PyTuple(args));
  if (exception.subclass?.name === 'StopIteration') exception.attributes.set('value', args[0] ?? null);
  return exception;
}

/** What an exception was made with. */
function argumentsOf(exception: Instance): readonly Value[] {
  const args = exception.attributes?.get('args');
  return args instanceof PyTuple ? args.items : [];
}

function messageOf(machine: Machine, exception: Instance): string {
  const args = argumentsOf(exception);
  const [only] = args;
  if (only === undefined) return '';
  return args.length === 1 ? machine.str(only) : machine.repr(new PyTuple(args));
}
