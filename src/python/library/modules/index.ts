import type { Machine } from '../../values/machine';
import { PyModule } from '../../values/module';
import type { Value } from '../../values/object';
import { UnknownValue } from '../../values/unknown';
import { collectionsModule } from './collections';
import { contextlibModule } from './contextlib';
import { copyModule } from './copy';
import { dataclassesModule } from './dataclasses';
import { enumModule } from './enum';
import { functoolsModule } from './functools';
import { abcModule, numbersModule, stringModule, warningsModule } from './inert';
import { itertoolsModule } from './itertools';
import { mathModule } from './math';
import { numpyModule } from './numpy';
import { operatorModule } from './operator';
import { abstractTypes, typingModule } from './typing';

/** A module of the standard library, as far as model code uses it; `null` for those that are not known. */
export function libraryModule(machine: Machine, name: string): PyModule | null {
  const make = modules.get(name);
  if (!make) return null;
  const module = new PyModule(name, make(machine));
  module.missing = (member) => new UnknownValue(`${name}.${member}`, `a part of ${name}`);
  return module;
}

const modules: ReadonlyMap<string, (machine: Machine) => [string, Value][]> = new Map([
  ['abc', abcModule],
  ['collections', collectionsModule],
  ['collections.abc', abstractTypes],
  ['contextlib', contextlibModule],
  ['copy', copyModule],
  ['dataclasses', dataclassesModule],
  ['enum', enumModule],
  ['functools', functoolsModule],
  ['itertools', itertoolsModule],
  ['math', mathModule],
  ['numbers', numbersModule],
  ['numpy', numpyModule],
  ['operator', operatorModule],
  ['string', stringModule],
  ['typing', typingModule],
  ['typing_extensions', typingModule],
  ['warnings', warningsModule],
]);

/** Modules that every Python has, so that importing them does not fail, though nothing of them is known here. */
export const presentModules: ReadonlySet<string> = new Set([
  ...[
    '__future__',
    'argparse',
    'ast',
    'asyncio',
    'atexit',
    'base64',
    'bisect',
    'builtins',
    'csv',
    'ctypes',
    'datetime',
  ],
  ...[
    'decimal',
    'difflib',
    'errno',
    'fractions',
    'gc',
    'getpass',
    'glob',
    'gzip',
    'hashlib',
    'heapq',
    'html',
    'http',
  ],
  ...[
    'importlib',
    'inspect',
    'io',
    'json',
    'keyword',
    'logging',
    'multiprocessing',
    'os',
    'pathlib',
    'pdb',
    'pickle',
  ],
  ...[
    'pkgutil',
    'platform',
    'pprint',
    'queue',
    'random',
    're',
    'secrets',
    'select',
    'shutil',
    'signal',
    'socket',
  ],
  ...[
    'sqlite3',
    'ssl',
    'statistics',
    'struct',
    'subprocess',
    'sys',
    'tempfile',
    'textwrap',
    'threading',
    'time',
  ],
  ...[
    'timeit',
    'traceback',
    'types',
    'unicodedata',
    'unittest',
    'urllib',
    'uuid',
    'weakref',
    'xml',
    'zipfile',
    'zlib',
  ],
]);
