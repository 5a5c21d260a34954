import { PyClass, PyFunction, type FunctionParameter, type Python, type SourceText } from '../../../python';

/** A class of a source that is a network. */
export interface NetworkClass {
  type: PyClass;
  file: string;
  /** Whether others are made with it: it is hardly what was saved. */
  isPart: boolean;
  /** What its constructor takes, without `self`. */
  parameters: readonly FunctionParameter[];
}

/** The classes of the sources that are derived from `torch.nn.Module`, those that others are made of last. */
export function networkClasses(python: Python, sources: readonly SourceText[]): NetworkClass[] {
  const found: NetworkClass[] = [];
  for (const { file } of sources) {
    const module = python.load(file);
    for (const value of module.members.values()) {
      if (!(value instanceof PyClass) || value.module !== module.name || !isNetwork(value)) continue;
      if (!found.some(({ type }) => type === value))
        found.push({ type: value, file, isPart: isPart(value.name, sources), parameters: takenBy(value) });
    }
  }
  return found;
}

/** Whether a class is called somewhere. */
function isPart(name: string, sources: readonly SourceText[]): boolean {
  const call = new RegExp(`(?<!class )\\b${name}\\(`, 'm');
  return sources.some(({ text }) => call.test(text));
}

function isNetwork(type: PyClass): boolean {
  return type.mro.some(({ name, module }) => name === 'Module' && module === 'torch.nn.module');
}

function takenBy(type: PyClass): readonly FunctionParameter[] {
  const make = type.find('__init__');
  return make instanceof PyFunction ? make.parameters.slice(1) : [];
}
