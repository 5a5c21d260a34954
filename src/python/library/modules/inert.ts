import { NativeFunction, PyFunction } from '../../values/callable';
import type { Machine } from '../../values/machine';
import { PyClass, type Value } from '../../values/object';
import { functions } from '../native';

/** `abc`: classes with abstract methods cannot be made, everything else is as it was. */
export function abcModule(machine: Machine): [string, Value][] {
  const mark = new NativeFunction('abstractmethod', 'function', (_, [callee = null]) => {
    if (callee instanceof PyFunction) (callee.attributes ??= new Map()).set('__isabstractmethod__', true);
    return callee;
  });
  return [
    ['ABC', new PyClass('ABC', [machine.type('object')])],
    ['ABCMeta', machine.type('type')],
    ['abstractmethod', mark],
    ['abstractproperty', machine.type('property')],
  ];
}

/** `warnings`: what is said is kept as a remark. */
export function warningsModule(): [string, Value][] {
  return functions({
    warn: [
      'message, category?, stacklevel?, **options',
      (machine, [message = '']) => {
        machine.note(`warning: ${machine.str(message)}`);
        return null;
      },
    ],
    filterwarnings: ['*args, **options', () => null],
    simplefilter: ['*args, **options', () => null],
    resetwarnings: ['', () => null],
  });
}

/** `numbers` and `string`: the few names models use. */
export function numbersModule(machine: Machine): [string, Value][] {
  const [int, float] = [machine.type('int'), machine.type('float')];
  const number = new PyClass('Number', [machine.type('object')]);
  return [
    ['Integral', int],
    ['Real', float],
    ['Number', number],
  ];
}

/** `string`. */
export function stringModule(): [string, Value][] {
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  return Object.entries({
    ...{
      ascii_lowercase: lower,
      ascii_uppercase: lower.toUpperCase(),
      ascii_letters: lower + lower.toUpperCase(),
    },
    ...{
      digits: '0123456789',
      punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
      hexdigits: '0123456789abcdefABCDEF',
    },
  });
}
