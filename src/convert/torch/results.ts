import { Instance, PyDict, PyList, PyTuple, type Machine, type Value } from '../../python';
import type { Tensor } from '../tape/tensor';
import { SizeValue, TensorValue } from './values';

/** What a program gives, in its order: items of dicts and named tuples by their names, others by their place. */
export function namedResults(machine: Machine, result: Value): { name: string; tensor: Tensor }[] {
  const found = [...flattened(machine, result, '')];
  return found.map(({ name, tensor }, at) => ({
    name: name || (found.length === 1 ? 'output' : `output_${at}`),
    tensor,
  }));
}

function* flattened(
  machine: Machine,
  value: Value,
  path: string,
): Iterable<{ name: string; tensor: Tensor }> {
  machine.spend(1);
  if (value instanceof TensorValue) yield { name: path, tensor: value.tensor };
  else if (value instanceof SizeValue) yield { name: path, tensor: value.tape.scalar(value.size, 'int64') };
  else if (value instanceof PyDict) {
    for (const [key, item] of value.entries.values())
      yield* flattened(machine, item, joined(path, machine.str(key)));
  } else if (value instanceof PyList || value instanceof PyTuple) {
    const fields = value.subclass?.find('_fields');
    for (const [at, item] of value.items.entries()) {
      const field = fields instanceof PyTuple ? machine.str(fields.items[at] ?? '') : path && String(at);
      yield* flattened(machine, item, joined(path, field));
    }
  } else if (value !== null) {
    const what = value instanceof Instance ? machine.typeOf(value).name : machine.repr(value);
    machine.note(`${path || 'a result'} is ${what}, which is no tensor: it is left out`);
  }
}

function joined(path: string, name: string): string {
  return path && name ? `${path}.${name}` : path || name;
}
