import type { BinaryOperator, CompareOperator } from '../../syntax';
import { NativeFunction } from '../../values/callable';
import { PyTuple } from '../../values/containers';
import type { Value } from '../../values/object';
import { functions, type Functions } from '../native';

/** `operator`. */
export function operatorModule(): [string, Value][] {
  const binary: Record<string, BinaryOperator> = {
    ...{ add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', matmul: '@' },
    ...{ and_: '&', or_: '|', xor: '^', lshift: '<<', rshift: '>>' },
  };
  const compare: Record<string, CompareOperator> = {
    ...{ lt: '<', gt: '>', le: '<=', ge: '>=', eq: '==', ne: '!=', is_: 'is', is_not: 'is not' },
  };
  const table: Functions = {
    neg: ['a', (machine, [a = null]) => machine.unary('-', a)],
    not_: ['a', (machine, [a = null]) => !machine.truth(a)],
    truth: ['a', (machine, [a = null]) => machine.truth(a)],
    getitem: ['a, b', (machine, [a = null, b = null]) => machine.getItem(a, b)],
    contains: ['a, b', (machine, [a = null, b = null]) => machine.contains(a, b)],
    index: ['a', (machine, [a = null]) => BigInt(machine.index(a))],
    itemgetter: [
      '*keys',
      (_, keys) =>
        new NativeFunction('itemgetter', 'object', (machine, [object = null]) => {
          const parts = keys.map((key = null) => machine.getItem(object, key));
          return parts.length === 1 ? (parts[0] ?? null) : new PyTuple(parts);
        }),
    ],
    attrgetter: [
      '*names',
      (_, names) =>
        new NativeFunction('attrgetter', 'object', (machine, [object = null]) => {
          const parts = names.map((name = '') =>
            machine
              .str(name)
              .split('.')
              .reduce<Value>((value, part) => machine.getAttribute(value, part), object),
          );
          return parts.length === 1 ? (parts[0] ?? null) : new PyTuple(parts);
        }),
    ],
    methodcaller: [
      'name, *args, **keywords',
      (_, [name = '', ...args], keywords) =>
        new NativeFunction('methodcaller', 'object', (machine, [object = null]) =>
          machine.callMethod(object, machine.str(name), args as Value[], keywords),
        ),
    ],
  };
  return [
    ...functions(table),
    ...Object.entries(binary).map(([name, op]): [string, Value] => [
      name,
      new NativeFunction(name, 'a, b', (machine, [a = null, b = null]) => machine.binary(op, a, b)),
    ]),
    ...Object.entries(compare).map(([name, op]): [string, Value] => [
      name,
      new NativeFunction(name, 'a, b', (machine, [a = null, b = null]) => machine.compare(op, a, b)),
    ]),
  ];
}
