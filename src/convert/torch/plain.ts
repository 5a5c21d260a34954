import { Foreign, PyDict, PyList, PySlice, PyTuple, type Machine, type Value } from '../../python';
import { SizeTest } from './size-test';
import { fromResult, TensorValue } from './values';

/** Whether an operator of this name has a meaning without tensors. */
export function isPlainName(name: string): boolean {
  return plain.has(name) || methods.has(name);
}

/** What an operator does with arguments that are no tensors, or with what holds some; `undefined` for other calls. */
export function plainCall(name: string, args: readonly Value[]): Plain | undefined {
  const [first = null] = args;
  const isHolder =
    first instanceof PyList ||
    first instanceof PyTuple ||
    first instanceof PyDict ||
    typeof first === 'string';
  if (isHolder && methods.has(name)) return (m, self = null, ...rest) => m.callMethod(self, name, rest);
  return isHolder || always.has(name) || !args.some(holdsTensor) ? plain.get(name) : undefined;
}

type Plain = (machine: Machine, ...args: Value[]) => Value;

/** What operators do with numbers, texts and lists, where no tensor is among their arguments. */
const plain = new Map<string, Plain>(
  Object.entries({
    add: (m, a = null, b = null) => m.binary('+', a, b),
    sub: (m, a = null, b = null) => m.binary('-', a, b),
    mul: (m, a = null, b = null) => m.binary('*', a, b),
    div: (m, a = null, b = null) => m.binary('/', a, b),
    floordiv: (m, a = null, b = null) => m.binary('//', a, b),
    remainder: (m, a = null, b = null) => m.binary('%', a, b),
    pow: (m, a = null, b = null) => m.binary('**', a, b),
    neg: (m, a = null) => m.unary('-', a),
    eq: (m, a = null, b = null) => m.compare('==', a, b),
    ne: (m, a = null, b = null) => m.compare('!=', a, b),
    lt: (m, a = null, b = null) => m.compare('<', a, b),
    le: (m, a = null, b = null) => m.compare('<=', a, b),
    gt: (m, a = null, b = null) => m.compare('>', a, b),
    ge: (m, a = null, b = null) => m.compare('>=', a, b),
    __is__: (m, a = null, b = null) => m.compare('is', a, b),
    __isnot__: (m, a = null, b = null) => m.compare('is not', a, b),
    __not__: (m, a = null) => (a instanceof Foreign ? (a.not(m) ?? !m.truth(a)) : !m.truth(a)),
    __and__: (m, a = null, b = null) => m.binary('&', a, b),
    __or__: (m, a = null, b = null) => m.binary('|', a, b),
    __contains__: (m, list = null, item = null) => m.contains(list, item),
    __getitem__: (m, list = null, key = null) => m.getItem(list, key),
    slice: (m, list = null, start = null, stop = null, step = null) =>
      m.getItem(list, new PySlice(start, stop, step)),
    _set_item: (m, list = null, key = null, value = null) => put(m, list, key, value),
    Delete: (m, list = null, key = null) => {
      m.deleteItem(list, key);
      return null;
    },
    len: (m, list = null) =>
      list instanceof TensorValue ? fromResult(list.tape, list.tensor.size(0)) : m.length(list),
    __range_length: (m, start = null, stop = null, step = null) =>
      m.length(m.call(m.type('range'), [start, stop, step])),
    __derive_index: (m, at = null, start = null, step = null) =>
      m.binary('+', start, m.binary('*', at, step)),
    cpu: (_, value = null) => value,
    cuda: (_, value = null) => value,
    set_grad_enabled: () => null,
    list: (m, list = null) => new PyList(m.list(list)),
    str: (m, value = null) => m.str(value),
    sum: (m, list = null) => m.list(list).reduce((sum, one) => m.binary('+', sum, one), 0n),
    min: (m, list = null) => m.list(list).reduce((a, b) => (m.isLess(b, a) ? b : a)),
    max: (m, list = null) => m.list(list).reduce((a, b) => (m.isLess(a, b) ? b : a)),
    floor: (m, value = null) => m.call(m.type('int'), [m.binary('//', value, 1n)]),
    ceil: (m, value = null) => m.call(m.type('int'), [m.unary('-', m.binary('//', m.unary('-', value), 1n))]),
    sqrt: (m, value = null) => m.binary('**', value, 0.5),
    any: (m, list = null) => m.list(list).some((one) => m.truth(one)),
    all: (m, list = null) => m.list(list).every((one) => m.truth(one)),
    // No nested tensors are made of a mask: torch pads them again, and what it computes is the same.
    _nested_tensor_from_mask_left_aligned: () => false,
    warn: () => null,
    device: () => 'cpu',
    // With gradients, as in ordinary evaluation, torch takes the ways that are made of ordinary operators.
    is_grad_enabled: () => true,
    is_autocast_enabled: () => false,
    Int: (m, value = null) => m.call(m.type('int'), [value]),
    Float: (m, value = null) => m.call(m.type('float'), [value]),
    Bool: (m, value = null) => m.truth(value),
  } satisfies Record<string, Plain>),
);

/** Those that take anything. */
const always = new Set(
  '__is__ __isnot__ __not__ warn len cpu cuda set_grad_enabled _nested_tensor_from_mask_left_aligned'.split(
    ' ',
  ),
);

/** Methods of lists, dicts and texts, called as operators. */
const methods = new Set(
  (
    'append insert pop extend clear copy reverse sort count index remove keys values items get update setdefault ' +
    'format find split join strip lower upper startswith endswith replace'
  ).split(' '),
);

/** A value that may be asked what it is. */
function put(machine: Machine, list: Value, key: Value, value: Value): Value {
  machine.setItem(list, key, value);
  return list;
}

function holdsTensor(value: Value): boolean {
  if (value instanceof TensorValue || value instanceof SizeTest) return true;
  return value instanceof PyList && value.items.some(holdsTensor);
}
