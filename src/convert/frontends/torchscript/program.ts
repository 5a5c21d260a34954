import type { Checkpoint } from '../../../core/checkpoint';
import { createPython, Instance, type Python, type Value } from '../../../python';
import { Gap } from '../../gap';
import type { ReadElements } from '../../tape/initializers';
import type { Tape } from '../../tape/tape';
import { graphHooks } from '../../torch/hooks';
import { Operators, type Modules } from '../../torch/operators';
import { namedResults } from '../../torch/results';
import { TensorValue } from '../../torch/values';
import type { Named } from '../frontend';
import { builtins } from './builtins';
import { Objects } from './objects';

/** A program with its modules as objects, ready to be called. */
interface Program {
  /** `forward`. Throws a `Gap`, and problems of Python with their place. */
  run(args: readonly Value[]): Named[];
  /** What a person should know of how it was run. */
  notes(): string[];
}

/** The code of an archive, and its modules with their parameters on a tape. Throws what `read` throws. */
export async function openProgram(tape: Tape, checkpoint: Checkpoint, read: ReadElements): Promise<Program> {
  const sources = checkpoint.sources.map(({ name, text }) => ({
    file: name,
    text: withoutAnnotations(text),
  }));
  const paths = new Set(sources.map(({ file }) => file.replace(/\.py$/, '').replaceAll('/', '.')));
  // Names are looked up when the program runs, which is after there is a Python to run it.
  const find = (full: string): Value | undefined => {
    const dot = full.lastIndexOf('.');
    const around = full.slice(0, dot);
    return paths.has(around) ? python.load(around).members.get(full.slice(dot + 1)) : undefined;
  };
  const taken = new Set<string>();
  const constants = new Map<string, Value>();
  const modules: Modules = { paths: new Map(), wasTraining: false };
  const library = (namespace: string) => new Operators(tape, namespace, modules);
  const python: Python = createPython({
    sources,
    hooks: graphHooks(tape, (remark) => taken.add(remark)),
    builtins: (machine) => builtins(machine, tape, { find, constants, library }),
  });
  const objects = new Objects({ tape, read, python, modules, classOf: find });
  const kept = checkpoint.entries.get('constants') ?? null;
  const items = typeof kept === 'object' && kept !== null && 'items' in kept ? kept.items : [];
  for (const [at, item] of items.entries()) constants.set(`c${at}`, await objects.open(item, `c${at}`));
  const root = await objects.open(checkpoint.root, '');
  return {
    run: (args) =>
      python.run((machine) => {
        const before = stateOf(modules);
        const results = namedResults(machine, machine.callMethod(root, 'forward', args));
        const after = stateOf(modules);
        for (const [name, value] of after)
          if (before.get(name) !== value)
            taken.add(`The program changes ${name} as it runs; a model does not keep that.`);
        if (results.length === 0) throw new Gap('it gives no tensor');
        return results;
      }),
    notes: () => {
      const remarks = python.notes.map(({ file, line, text }) => `${file}, line ${line}: ${text}.`);
      return [...(modules.wasTraining ? [IN_TRAINING] : []), ...new Set([...taken, ...remarks])];
    },
  };
}

/** A class says of attributes that are no names in a list that it treats as a dict; nobody needs it. */
function withoutAnnotations(text: string): string {
  return text.replace(/^( +)__annotations__(\[[^\]]*\])? = .*$/gm, '$1pass');
}

/** What modules hold: objects, and the contents of tensors, by where they are. */
function stateOf({ paths }: Modules): Map<string, unknown> {
  const state = new Map<string, unknown>();
  for (const [module, path] of paths) {
    for (const [name, value] of module instanceof Instance ? (module.attributes ?? []) : [])
      state.set(path ? `${path}.${name}` : name, value instanceof TensorValue ? value.tensor.content : value);
  }
  return state;
}

const IN_TRAINING =
  'It was saved in training mode and is converted as it evaluates: dropout does nothing, and normalization uses its running statistics.';
