import type { ModuleNode, NamedTensor, SourceText, Value as Stored } from '../../../core/checkpoint';
import { PyClass, PyDict, type Instance, type Python, type Value, UnknownValue } from '../../../python';
import { Gap } from '../../gap';
import { openParameter } from '../../tape/parameters';
import type { ReadElements } from '../../tape/initializers';
import type { Tape } from '../../tape/tape';
import { TensorValue } from '../../torch/values';
import { fromStored } from './settings';

/** A network that was pickled whole, put together again of the classes that its source defines. */
export async function openPickled(
  python: Python,
  tape: Tape,
  root: ModuleNode,
  read: ReadElements,
): Promise<Instance> {
  const opened = new Map<object, Value>();
  return open(root, '');

  async function open(node: ModuleNode, path: string): Promise<Instance> {
    const under = (name: string) => (path === '' ? name : `${path}.${name}`);
    const type = classOf(python, node.type);
    const modules = new PyDict();
    for (const child of node.children) modules.set(child.name, await open(child, under(child.name)));
    const attributes = new Map<string, Value>([
      ...Array.from(node.attributes).map(([name, value]): [string, Value] => [
        name,
        held(python, value, under(name)),
      ]),
      ['training', false],
      ['_parameters', await tensors(node.parameters, true)],
      ['_buffers', await tensors(node.buffers, false)],
      ['_modules', modules],
    ]);
    return python.instantiate(type, attributes);

    async function tensors(named: readonly NamedTensor[], isParameter: boolean): Promise<PyDict> {
      const dict = new PyDict();
      for (const { name, tensor } of named) {
        const known = opened.get(tensor);
        const value = known ?? new TensorValue(tape, await openParameter(tape, under(name), tensor, read));
        if (value instanceof TensorValue) value.isParameter = isParameter;
        opened.set(tensor, value);
        dict.set(name, value);
      }
      return dict;
    }
  }
}

/** An attribute as a program holds it; what cannot be opened is unknown, so that nothing else stands in for it. */
function held(python: Python, value: Stored, path: string): Value {
  const opened = fromStored(value);
  if (opened !== undefined) return opened;
  const named =
    typeof value === 'object' && value?.kind === 'named' ? referenced(python, value.name) : undefined;
  return named ?? new UnknownValue(path, 'an attribute of the file that cannot be opened');
}

/** What a pickle refers to by name, such as the function of an activation. */
function referenced(python: Python, full: string): Value | undefined {
  const dot = full.lastIndexOf('.');
  const [module, name] = [full.slice(0, dot), full.slice(dot + 1)];
  return python.run((machine) => {
    const around =
      machine.module(module) ?? (module.startsWith('torch.') ? machine.module('torch.nn.functional') : null);
    return around === null ? undefined : machine.findAttribute(around, name);
  });
}

/** A class by the name that a pickle has for it; throws a `Gap` where no source defines it. */
function classOf(python: Python, full: string): PyClass {
  const dot = full.lastIndexOf('.');
  const [module, name] = [full.slice(0, dot), full.slice(dot + 1)];
  const found = python.run((machine) => {
    const around = machine.module(module);
    return around === null ? undefined : machine.findAttribute(around, name);
  });
  if (found instanceof PyClass) return found;
  throw new Gap(`there is no source of ${full}`);
}

/** The classes of a pickled network, by their full names, that neither torch nor a source defines. */
export function withoutSource(root: ModuleNode, sources: readonly SourceText[]): string[] {
  const names = new Set<string>();
  const visit = (node: ModuleNode) => {
    names.add(node.type);
    node.children.forEach(visit);
  };
  visit(root);
  const defined = new Set(
    sources.flatMap(({ text }) => Array.from(text.matchAll(/^class (\w+)/gm), ([, name]) => name)),
  );
  return [...names].filter(
    (full) =>
      !/^(torch|torch_geometric|torchvision|timm)\./.test(full) &&
      !defined.has(full.slice(full.lastIndexOf('.') + 1)),
  );
}
