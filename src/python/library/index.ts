import type { Machine } from '../values/machine';
import { NativeFunction } from '../values/callable';
import { notImplemented, pyEllipsis } from '../values/containers';
import type { PyClass, Value } from '../values/object';
import { builtinClasses } from './classes';
import { addExceptions } from './exceptions';
import { builtinFunctions } from './functions';
import { addMappings } from './mappings';
import { functions } from './native';
import { addNumbers } from './numbers';
import { addObjects } from './objects';
import { addSequences } from './sequences';
import { addSets } from './sets';
import { addText } from './text';

/** The built-in classes with their methods: new ones for every evaluation, so that none can leave anything in them. */
export function makeClasses(): ReadonlyMap<string, PyClass> {
  const classes = builtinClasses();
  addObjects(classes);
  addExceptions(classes);
  addNumbers(classes);
  addSequences(classes);
  addMappings(classes);
  addSets(classes);
  const text = classes.get('str');
  if (text) addText(text);
  return classes;
}

/** The names that are there without an import. */
export function makeBuiltins(classes: ReadonlyMap<string, PyClass>): Map<string, Value> {
  const names = new Map<string, Value>(functions(builtinFunctions));
  for (const [name, type] of classes) if (!hidden.has(name)) names.set(name, type);
  const [error] = [classes.get('OSError')];
  if (error) for (const alias of ['IOError', 'EnvironmentError']) names.set(alias, error);
  names.set('NotImplemented', notImplemented);
  names.set('Ellipsis', pyEllipsis);
  names.set('__debug__', true);
  for (const name of refused) names.set(name, refusal(name));
  return names;
}

const hidden: ReadonlySet<string> = new Set([
  ...[
    'NoneType',
    'function',
    'method',
    'builtin_function_or_method',
    'module',
    'iterator',
    'generator',
    'ellipsis',
  ],
  ...['NotImplementedType', 'dict_keys', 'dict_values', 'dict_items'],
]);

/** What Python has and nobody gets here: they can be named and passed on, and end in a problem when they are called. */
const refused = [
  ...[
    'eval',
    'exec',
    'compile',
    'open',
    'input',
    '__import__',
    'globals',
    'locals',
    'dir',
    'breakpoint',
    'help',
  ],
  ...['memoryview', 'bytes', 'bytearray', 'complex', 'exit', 'quit', 'aiter', 'anext'],
];

function refusal(name: string): Value {
  return new NativeFunction(name, '*args, **keywords', (machine: Machine) => {
    throw machine.unknown(`${name} is not known here`);
  });
}
