import type { Value } from '../../values/object';
import type { Machine } from '../../values/machine';
import { PyList, PyTuple } from '../../values/containers';
import { NativeFunction } from '../../values/callable';
import { float, mathModule } from './math';
import { functions } from '../native';

/** What model code computes with `numpy` before there is a tensor: functions of single numbers. Arrays are not known. */
export function numpyModule(machine: Machine): [string, Value][] {
  const math = new Map(mathModule());
  const taken = ['sqrt', 'exp', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'tanh', 'pi', 'e', 'inf', 'nan'];
  const scalar = (name: string): [string, Value] => {
    const own = math.get(name) ?? null;
    if (!(own instanceof NativeFunction)) return [name, own];
    return [
      name,
      new NativeFunction(name, 'x', (inner, [value = null]) => {
        if (value instanceof PyList || value instanceof PyTuple)
          throw inner.unknown(`numpy.${name} of an array is not known here`);
        return inner.call(own, [value]);
      }),
    ];
  };
  return [
    ...taken.map(scalar),
    ['newaxis', null],
    ['Inf', Infinity],
    ['NaN', NaN],
    ...functions({
      abs: ['x', (inner, [x]) => Math.abs(float(inner, x))],
      ceil: ['x', (inner, [x]) => Math.ceil(float(inner, x))],
      floor: ['x', (inner, [x]) => Math.floor(float(inner, x))],
      isnan: ['x', (inner, [x]) => Number.isNaN(float(inner, x))],
      prod: [
        'a',
        (inner, [items = null]) => {
          let product: Value = 1n;
          for (const item of inner.list(items)) product = inner.binary('*', product, item);
          return product;
        },
      ],
      cumsum: [
        'a',
        (inner, [items = null]) => {
          let sum: Value = 0n;
          return new PyList(inner.list(items).map((item) => (sum = inner.binary('+', sum, item))));
        },
      ],
    }),
    ...(['int8', 'int16', 'int32', 'int64', 'uint8'] as const).map((name): [string, Value] => [
      name,
      machine.type('int'),
    ]),
    ...(['float16', 'float32', 'float64'] as const).map((name): [string, Value] => [
      name,
      machine.type('float'),
    ]),
  ];
}
