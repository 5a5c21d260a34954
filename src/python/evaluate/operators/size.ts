import { PyList, PyRange, PyTuple } from '../../values/containers';
import { PyDict, PySet, PyView } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { PyClass, PyObject, type Value } from '../../values/object';
import { characterCount } from '../text/characters';
import { plain } from './equality';

/** Whether a value holds. */
export function truthOf(machine: Machine, value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '';
    default:
      return value !== null && objectTruth(machine, value);
  }
}

function objectTruth(machine: Machine, value: PyObject): boolean {
  if (value instanceof Foreign) {
    const holds = value.truth(machine);
    if (holds === null)
      throw machine.unknown(`only running the model tells whether ${value.repr(machine)} holds`);
    return holds;
  }
  if (value.subclass) {
    const own = machine.callSpecial(value, '__bool__', []);
    if (own !== undefined) return machine.truth(own);
    const length = machine.callSpecial(value, '__len__', []);
    if (length !== undefined) return machine.truth(length);
    const content = plain(value);
    if (content !== value) return machine.truth(content);
  }
  return sizeOf(value) !== 0n;
}

/** `len(value)`. */
export function lengthOf(machine: Machine, value: Value): Value {
  if (typeof value === 'string') return BigInt(characterCount(value));
  if (value instanceof Foreign) return value.length(machine);
  if (value instanceof PyObject) {
    const own = value.subclass ? machine.callSpecial(value, '__len__', []) : undefined;
    if (own !== undefined) return own;
    const size = sizeOf(value);
    if (size !== undefined) return size;
    const content = plain(value);
    if (content !== value) return machine.length(content);
  }
  const members = value instanceof PyClass ? value.find('__members__') : undefined;
  if (members instanceof PyDict) return BigInt(members.entries.size);
  throw machine.error('TypeError', `object of type '${machine.typeOf(value).name}' has no len()`);
}

/** How many values a container has; `undefined` for what is none. */
function sizeOf(value: PyObject): bigint | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return BigInt(value.items.length);
  if (value instanceof PyDict || value instanceof PySet) return BigInt(value.entries.size);
  if (value instanceof PyView) return BigInt(value.dict.entries.size);
  return value instanceof PyRange ? value.length : undefined;
}
