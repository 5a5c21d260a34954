import { NativeFunction, PyFunction } from '../../values/callable';
import { PyTuple } from '../../values/containers';
import type { Machine } from '../../values/machine';
import { Instance, PyClass, type Value } from '../../values/object';
import { Raised } from '../../values/raised';
import { addMethods, functions, selfAs, setMaker } from '../native';

/** `contextlib`. */
export function contextlibModule(machine: Machine): [string, Value][] {
  const manager = generatorContext(machine);
  return [
    ['nullcontext', nullContext(machine)],
    ['suppress', suppress(machine)],
    ['AbstractContextManager', machine.type('object')],
    ['ContextDecorator', machine.type('object')],
    ...functions({
      contextmanager: [
        'function',
        (_, [callee = null]) => {
          const name = callee instanceof PyFunction ? callee.name : 'contextmanager';
          return new NativeFunction(
            name,
            '*args, **keywords',
            (inner, args, keywords) => inner.call(manager, [inner.call(callee, args as Value[], keywords)]),
            true,
          );
        },
      ],
    }),
  ];
}

const self = selfAs('object', (value) => value instanceof Instance);

/** What `@contextmanager` gives: the generator runs to its `yield` and, at the end, on from there. */
function generatorContext(machine: Machine): PyClass {
  const type = new PyClass('_GeneratorContextManager', [machine.type('object')]);
  const generatorOf = (one: Instance) => one.attributes?.get('gen') ?? null;
  setMaker(type, 'generator', (_, [, generator = null]) => {
    const made = new Instance(type);
    made.attributes = new Map([['gen', generator]]);
    return made;
  });
  addMethods(type, self, {
    __enter__: [
      '',
      (inner, one) => {
        const value = inner.next(generatorOf(one));
        if (value === undefined) throw inner.error('RuntimeError', "generator didn't yield");
        return value;
      },
    ],
    __exit__: [
      'type, value, traceback',
      (inner, one, [, exception = null]) => {
        if (exception === null) {
          if (inner.next(generatorOf(one)) !== undefined)
            throw inner.error('RuntimeError', "generator didn't stop");
          return false;
        }
        try {
          inner.callMethod(generatorOf(one), 'throw', [exception]);
        } catch (error) {
          if (error instanceof Raised && error.exception === exception) return false;
          if (error instanceof Raised && inner.isInstance(error.exception, inner.type('StopIteration')))
            return true;
          throw error;
        }
        throw inner.error('RuntimeError', "generator didn't stop after throw()");
      },
    ],
  });
  return type;
}

function nullContext(machine: Machine): PyClass {
  const type = new PyClass('nullcontext', [machine.type('object')]);
  setMaker(type, 'result?', (_, [, result = null]) => {
    const made = new Instance(type);
    made.attributes = new Map([['result', result]]);
    return made;
  });
  addMethods(type, self, {
    __enter__: ['', (_, one) => one.attributes?.get('result') ?? null],
    __exit__: ['*about', () => null],
  });
  return type;
}

function suppress(machine: Machine): PyClass {
  const type = new PyClass('suppress', [machine.type('object')]);
  setMaker(type, '*exceptions', (_, [, ...exceptions]) => {
    const made = new Instance(type);
    made.attributes = new Map([['exceptions', new PyTuple(exceptions as Value[])]]);
    return made;
  });
  addMethods(type, self, {
    __enter__: ['', () => null],
    __exit__: [
      'type, value, traceback',
      (inner, one, [, exception = null]) =>
        exception !== null &&
        inner
          .list(one.attributes?.get('exceptions') ?? null)
          .some((wanted) => inner.isInstance(exception, wanted)),
    ],
  });
  return type;
}
