import { BoundMethod, ClassFunction, NativeFunction, Property, PyFunction } from '../../values/callable';
import { PyIterator, PyList, PyRange, PySlice, PyTuple, Singleton } from '../../values/containers';
import { PyDict, PySet, PyView } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { PyModule } from '../../values/module';
import { PyClass, PyObject, type Value } from '../../values/object';
import { plain } from '../operators/equality';
import { digitsOf } from './digits';
import { floatText } from './floats';

/** `repr(value)`; what holds itself shows as `[...]` there. */
export function reprOf(machine: Machine, value: Value): string {
  return repr(machine, value, new Set());
}

/** `str(value)`. */
export function strOf(machine: Machine, value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Foreign) return machine.str(value.convert(machine, 'str'));
  if (value instanceof PyObject) {
    const own = machine.callSpecial(value, '__str__', []);
    if (typeof own === 'string') return own;
    const text = plain(value);
    if (typeof text === 'string' && value.subclass?.find('__repr__') === undefined) return text;
  }
  return reprOf(machine, value);
}

function repr(machine: Machine, value: Value, within: Set<Value>): string {
  machine.spend(1);
  if (value === null) return 'None';
  switch (typeof value) {
    case 'string':
      return textRepr(machine, value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return digitsOf(machine, value);
    case 'number':
      return floatText(value);
    default:
      return objectRepr(machine, value, within);
  }
}

function objectRepr(machine: Machine, value: PyObject, within: Set<Value>): string {
  if (value instanceof Foreign) return value.repr(machine);
  const own = value.subclass ? machine.callSpecial(value, '__repr__', []) : undefined;
  if (typeof own === 'string') return own;
  const number = plain(value);
  if (number !== value) return repr(machine, number, within);
  if (
    value instanceof PyList ||
    value instanceof PyTuple ||
    value instanceof PyDict ||
    value instanceof PySet
  ) {
    if (within.has(value)) return value instanceof PyDict ? '{...}' : '[...]';
    within.add(value);
    const text = containerRepr(machine, value, within);
    within.delete(value);
    machine.allocate(text.length >> 3);
    return text;
  }
  return plainRepr(machine, value, within);
}

function containerRepr(
  machine: Machine,
  value: PyList | PyTuple | PyDict | PySet,
  within: Set<Value>,
): string {
  const all = (items: Iterable<Value>) => [...items].map((item) => repr(machine, item, within)).join(', ');
  if (value instanceof PyDict) {
    const entries = [...value.entries.values()].map(
      ([key, item]) => `${repr(machine, key, within)}: ${repr(machine, item, within)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof PyList) return `[${all(value.items)}]`;
  if (value instanceof PyTuple) return `(${all(value.items)}${value.items.length === 1 ? ',' : ''})`;
  if (value.kind === 'set') return value.entries.size === 0 ? 'set()' : `{${all(value.entries.values())}}`;
  return value.entries.size === 0 ? 'frozenset()' : `frozenset({${all(value.entries.values())}})`;
}

function plainRepr(machine: Machine, value: PyObject, within: Set<Value>): string {
  const at = `at 0x${value.serial.toString(16).padStart(12, '0')}`;
  if (value instanceof PyRange) {
    const bounds = `${value.start.toString()}, ${value.stop.toString()}`;
    return value.step === 1n ? `range(${bounds})` : `range(${bounds}, ${value.step.toString()})`;
  }
  if (value instanceof PySlice)
    return `slice(${[value.start, value.stop, value.step].map((part) => repr(machine, part, within)).join(', ')})`;
  if (value instanceof Singleton) return value.kind === 'ellipsis' ? 'Ellipsis' : 'NotImplemented';
  if (value instanceof PyClass)
    return `<class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.name}'>`;
  if (value instanceof PyFunction) return `<function ${value.name} ${at}>`;
  if (value instanceof NativeFunction) return `<built-in function ${value.name}>`;
  if (value instanceof BoundMethod)
    return `<bound method ${machine.str(machine.findAttribute(value.callee, '__qualname__') ?? '?')} of ${repr(machine, value.self, within)}>`;
  if (value instanceof PyModule) return `<module '${value.name}'>`;
  if (value instanceof PyView)
    return `${value.kind}([${machine
      .list(value)
      .map((item) => repr(machine, item, within))
      .join(', ')}])`;
  if (value instanceof Property || value instanceof ClassFunction) return `<${value.kind} object ${at}>`;
  if (value instanceof PyIterator) return `<${value.name} object ${at}>`;
  const type = machine.typeOf(value);
  return `<${type.module === 'builtins' ? '' : `${type.module}.`}${type.name} object ${at}>`;
}

/** A text in quotes: single ones unless it holds some and no double ones. */
function textRepr(machine: Machine, text: string): string {
  machine.spend(text.length >> 3);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll(
    /[\\'"\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (character) => {
      if (character === '\\') return '\\\\';
      if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
      const short = shortEscapes.get(character);
      if (short !== undefined) return short;
      const point = character.codePointAt(0) ?? 0;
      const hex = point.toString(16);
      if (point < 0x100) return `\\x${hex.padStart(2, '0')}`;
      return point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
    },
  );
  return quote + escaped + quote;
}

const shortEscapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
