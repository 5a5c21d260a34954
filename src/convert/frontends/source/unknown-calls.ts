import { AppError } from '../../../core/problem';
import {
  PyModule,
  UnknownValue,
  type Machine,
  type Python,
  type SourceText,
  type Value,
} from '../../../python';
import type { FoundGap } from '../../report';

/** Parts of torch that training uses, and no answer of a network. */
const TRAINING = /^torch\.(optim|utils|distributed|profiler|save|load|autograd)\b/;

const REASON = 'nothing of that name is known here';

/**
 * Calls within the classes of sources that nobody has written down, whether the network comes to them or not: whoever
 * has one gap wants to know of the others.
 */
export function unknownCalls(python: Python, sources: readonly SourceText[]): FoundGap[] {
  const found = new Map<string, FoundGap>();
  for (const { file, text } of sources) {
    let isInClass = false;
    for (const [at, line] of text.split('\n').entries()) {
      if (/^\S/.test(line)) isInClass = line.startsWith('class ');
      if (!isInClass) continue;
      for (const [, path = ''] of line
        .replace(/#.*/, '')
        .matchAll(/(?<![\w.'"])([A-Za-z_]\w*(?:\.\w+)*)\s*\(/g)) {
        const operator = unknownName(python, file, path);
        if (operator === null || TRAINING.test(operator) || found.has(operator)) continue;
        found.set(operator, { operator, reason: REASON, file, line: at + 1, module: '' });
      }
    }
  }
  return [...found.values()];
}

/** What `F.made_up` stands for in a source, where that is a part of torch that is not known; `null` where it is. */
function unknownName(python: Python, file: string, path: string): string | null {
  try {
    const value = python.run((machine) => valueOf(machine, python.load(file).members, path.split('.')));
    return value instanceof UnknownValue && value.typeName.startsWith('torch') ? value.typeName : null;
  } catch (thrown) {
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

/** A member of a module, and parts of modules in it; attributes of objects are found out when the network runs. */
function valueOf(machine: Machine, members: ReadonlyMap<string, Value>, [first = '', ...rest]: string[]) {
  return rest.reduce<Value>(
    (value, name) => {
      const isLibrary = value instanceof UnknownValue || value instanceof PyModule;
      return isLibrary ? machine.getAttribute(value, name) : null;
    },
    members.get(first) ?? null,
  );
}
