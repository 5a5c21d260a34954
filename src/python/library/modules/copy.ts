import { PyList, PyTuple } from '../../values/containers';
import { PyDict, PySet } from '../../values/dict';
import { Foreign } from '../../values/foreign';
import type { Machine } from '../../values/machine';
import { Instance, PyObject, type Value } from '../../values/object';
import { functions } from '../native';

/** `copy`. */
export function copyModule(): [string, Value][] {
  return functions({
    copy: ['x', (machine, [value = null]) => shallowCopy(machine, value)],
    deepcopy: ['x, memo?', (machine, [value = null]) => deepCopy(machine, value)],
  });
}

function shallowCopy(machine: Machine, value: Value): Value {
  const own = ownCopy(machine, value, '__copy__', []);
  return own ?? copyWith(machine, value, (part) => part);
}

/** A copy that shares nothing with the original that could change, and keeps what is shared within it. */
export function deepCopy(machine: Machine, value: Value, copies = new Map<Value, Value>()): Value {
  if (!(value instanceof PyObject)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  machine.spend(1);
  const own = ownCopy(machine, value, '__deepcopy__', [new PyDict()]);
  if (own !== undefined) {
    copies.set(value, own);
    return own;
  }
  return copyWith(
    machine,
    value,
    (part) => deepCopy(machine, part, copies),
    (made) => copies.set(value, made),
  );
}

function ownCopy(machine: Machine, value: Value, method: string, args: readonly Value[]): Value | undefined {
  if (value instanceof Foreign) {
    const found = value.getAttribute(machine, method);
    return found === undefined ? value : machine.call(found, args);
  }
  return machine.callSpecial(value, method, args);
}

/** A container or object of the same class, with parts of its own; everything else is itself. */
function copyWith(
  machine: Machine,
  value: Value,
  part: (part: Value) => Value,
  begin: (made: PyObject) => void = () => undefined,
): Value {
  const like = <T extends PyObject>(made: T, original: T): T => {
    made.subclass = original.subclass;
    begin(made);
    if (original.attributes) {
      machine.allocate(original.attributes.size);
      made.attributes = new Map();
      for (const [name, one] of original.attributes) made.attributes.set(name, part(one));
    }
    return made;
  };
  if (value instanceof PyList) {
    machine.allocate(value.items.length);
    const made = like(new PyList(), value);
    for (const item of value.items) made.items.push(part(item));
    return made;
  }
  if (value instanceof PyTuple) return like(new PyTuple(value.items.map(part)), value);
  if (value instanceof PyDict) {
    machine.allocate(value.entries.size);
    const made = like(new PyDict(), value);
    made.missing = value.missing;
    for (const [key, [name, item]] of value.entries) made.put(key, name, part(item));
    return made;
  }
  if (value instanceof PySet) {
    const made = like(new PySet(value.kind), value);
    for (const [key, item] of value.entries) made.add(key, item);
    return made;
  }
  if (!(value instanceof Instance) || !value.subclass || value.payload !== undefined) return value;
  if (value.subclass.find('__members__') !== undefined) return value;
  return like(new Instance(value.subclass), value);
}
