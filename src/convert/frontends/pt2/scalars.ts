import { Gap } from '../../gap';
import type { Result } from '../../operators/aten';
import { SymInt, type Size } from '../../tape/size';
import { floorDivide, larger, minus, modulo, plus, smaller, times } from '../../tape/symint';

/** What Python calculates with sizes between the operators of a graph: `_operator.mul` of two of them. */
export function calculate(target: string, args: readonly unknown[]): Result {
  const name = target.split('.').at(-1) ?? '';
  const [a, b] = args.map((arg) => (typeof arg === 'bigint' ? Number(arg) : arg));
  if (name === 'getitem' && Array.isArray(a) && typeof b === 'number') return (a as Result[])[b] as Result;
  const two = onSizes.get(name);
  if (two !== undefined && isSize(a) && isSize(b)) return two(a, b);
  if (name === 'neg' && isSize(a)) return times(a, -1);
  if (typeof a === 'number') {
    const one = onNumbers.get(name);
    if (one !== undefined) return one(a, Number(b));
  }
  throw new Gap('it is not known what this gives', target);
}

function isSize(value: unknown): value is Size {
  return value instanceof SymInt || (typeof value === 'number' && Number.isInteger(value));
}

const onSizes = new Map<string, (a: Size, b: Size) => Size>(
  Object.entries({
    ...{ add: plus, sub: minus, mul: times, floordiv: floorDivide, mod: modulo },
    ...{ sym_max: larger, sym_min: smaller },
  }),
);

type OnNumbers = (a: number, b: number) => number | boolean;

const onNumbers = new Map<string, OnNumbers>(
  Object.entries({
    ...{ add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, truediv: (a, b) => a / b },
    ...{ pow: (a, b) => a ** b, sym_float: Number, sym_int: Math.trunc, trunc: Math.trunc },
    ...{ ceil: Math.ceil, floor: Math.floor, sqrt: Math.sqrt, _sym_sqrt: Math.sqrt },
    ...{ eq: (a, b) => a === b, ne: (a, b) => a !== b, lt: (a, b) => a < b, le: (a, b) => a <= b },
    ...{ gt: (a, b) => a > b, ge: (a, b) => a >= b },
  } satisfies Record<string, OnNumbers>),
);
