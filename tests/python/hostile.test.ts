import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/problem';
import {
  createPython,
  PyClass,
  PyDict,
  PyList,
  PyModule,
  PyObject,
  PySet,
  PyTuple,
  type Value,
} from '../../src/python';

/** A second for each, and as much again for machines that do other things besides. */
const SLOWEST_MS = 2000;

const programs = readFileSync('tests/fixtures/python/hostile.txt', 'utf8').split('\n---\n');

/** How a program ends; everything that it leaves behind is of our types. */
function ending(text: string): string {
  const python = createPython({
    modules: (name) => (name === 'hostile' ? { file: 'hostile.py', text } : null),
  });
  try {
    checkOurs(python.load('hostile'));
    return 'done';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, detail } = error as AppError<'python_unknown'>;
    return detail.file === 'hostile.py' && detail.line > 0 ? code : 'nowhere';
  }
}

/** Walks what a module holds: every value is a number, a text, a truth, `None`, or an object of ours. */
function checkOurs(root: PyModule): void {
  const seen = new Set<Value>();
  const waiting: Value[] = [root];
  for (let value = waiting.pop(); value !== undefined && seen.size < 10_000; value = waiting.pop()) {
    if (value === null || typeof value !== 'object') {
      if (typeof value === 'function' || typeof value === 'symbol')
        throw new Error('a value is not one of ours');
      continue;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    if (!(value instanceof PyObject)) throw new Error('a value is not one of ours');
    if (value.attributes) waiting.push(...value.attributes.values());
    if (value instanceof PyModule) waiting.push(...value.members.values());
    if (value instanceof PyClass) waiting.push(...value.own.values());
    if (value instanceof PyList || value instanceof PyTuple) waiting.push(...value.items.slice(0, 1000));
    if (value instanceof PyDict) for (const [key, item] of value.entries.values()) waiting.push(key, item);
    if (value instanceof PySet) waiting.push(...value.entries.values());
  }
}

const roots = [
  ...[
    globalThis,
    Object,
    Object.prototype,
    Function.prototype,
    Array,
    Array.prototype,
    Map.prototype,
    Set.prototype,
  ],
  ...[
    String.prototype,
    Number.prototype,
    BigInt.prototype,
    Boolean.prototype,
    Symbol,
    Error.prototype,
    RegExp.prototype,
  ],
  ...[
    Promise.prototype,
    Reflect,
    Math,
    JSON,
    Object.getPrototypeOf([][Symbol.iterator]()) as object,
    PyObject.prototype,
  ],
  ...[PyClass.prototype, PyModule.prototype, PyDict.prototype, PyList.prototype],
];

/** Every property of what everybody shares, with what it is. */
function snapshot(): Map<object, Map<PropertyKey, PropertyDescriptor | undefined>> {
  return new Map(
    roots.map((root) => [
      root,
      new Map(Reflect.ownKeys(root).map((key) => [key, Reflect.getOwnPropertyDescriptor(root, key)])),
    ]),
  );
}

/** The properties that are not what they were. */
function differences(before: ReturnType<typeof snapshot>): string[] {
  const after = snapshot();
  return roots
    .flatMap((root) => {
      const [was, is] = [before.get(root), after.get(root)];
      return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].filter((key) => {
        const [a, b] = [was?.get(key), is?.get(key)];
        return (
          !Object.is(a?.value, b?.value) ||
          a?.get !== b?.get ||
          a?.set !== b?.set ||
          a?.enumerable !== b?.enumerable
        );
      });
    })
    .map(String);
}

const forbidden = [
  ...[
    'fetch',
    'eval',
    'Function',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
    'structuredClone',
    'WebSocket',
  ],
  ...['Worker', 'importScripts', 'XMLHttpRequest', 'indexedDB', 'require', 'process'],
];

/** Runs something while all that leads outside writes down who comes; what comes back is what was touched or changed. */
function watched(run: () => void): string[] {
  const touched: string[] = [];
  const functions = Function.prototype;
  const maker = Object.getOwnPropertyDescriptor(functions, 'constructor');
  const before = forbidden.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of forbidden)
    Object.defineProperty(globalThis, name, { get: () => touched.push(name), configurable: true });
  Object.defineProperty(functions, 'constructor', {
    get: () => touched.push('constructor'),
    configurable: true,
  });
  const shared = snapshot();
  try {
    run();
    return [...touched, ...differences(shared)];
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    if (maker) Object.defineProperty(functions, 'constructor', maker);
  }
}

describe('Hostile sources', () => {
  it.each(programs.map((text) => [text.replaceAll('\n', ' ⏎ ').slice(0, 80), text]))(
    'end in time, in a problem or in nothing: %s',
    (_, text) => {
      const started = performance.now();
      let how = '';
      expect(watched(() => (how = ending(text)))).toEqual([]);
      expect(performance.now() - started).toBeLessThan(SLOWEST_MS);
      expect(['done', 'python_limit', 'python_unknown', 'python_error', 'python_syntax']).toContain(how);
    },
  );

  it('find nothing of JavaScript or of Python behind any name', () => {
    const names = [
      ...[
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'valueOf',
        'hasOwnProperty',
        'isPrototypeOf',
        'call',
      ],
      ...[
        'apply',
        'bind',
        'caller',
        'callee',
        'arguments',
        '__defineGetter__',
        '__lookupGetter__',
        'then',
        'toJSON',
      ],
      ...[
        'length',
        'size',
        'entries',
        'items_',
        'get_',
        'run',
        'own',
        'mro',
        'serial',
        'kind',
        'subclass',
        'invoke',
      ],
      ...[
        '__globals__',
        '__code__',
        '__closure__',
        '__bases__',
        '__base__',
        '__mro__',
        '__subclasses__',
        '__builtins__',
      ],
      ...[
        '__import__',
        '__loader__',
        '__reduce__',
        '__getattribute__',
        '__init__',
        '__new__',
        '__class__',
        '__dict__',
      ],
      ...[
        'gi_frame',
        'f_globals',
        'globalThis',
        'window',
        'self',
        'process',
        'require',
        'module',
        'exports',
        'eval',
      ],
    ];
    const owners = [
      '5',
      '"a"',
      'None',
      '[]',
      '()',
      '{}',
      'len',
      'int',
      'type',
      'A',
      'A()',
      'A().f',
      'm',
      'm.sqrt',
    ];
    const makers = ['(lambda: 0)', '(i for i in [])', 'ValueError("x")'];
    const uses = [
      '{o}.{n}',
      'getattr({o}, "{n}", 0)',
      'hasattr({o}, "{n}")',
      '{o}.{n} = 1',
      '{o}.{n}()',
      '{o}.{n}("return this")()',
      '"{{0.{n}}}".format({o})',
    ];
    const outcomes = new Map<string, number>();
    const reached = watched(() => {
      for (const name of names) {
        for (const owner of [...owners, ...makers]) {
          const lines = uses.map((use) =>
            use.replaceAll('{o}', owner).replaceAll('{n}', name).replaceAll('{{', '{').replaceAll('}}', '}'),
          );
          for (const line of lines) {
            const how = ending(
              `import math as m\nclass A:\n  def f(self): return 1\nx = ${line}\n`.replace(
                /x = (.* = 1)\n/,
                '$1\n',
              ),
            );
            outcomes.set(how, (outcomes.get(how) ?? 0) + 1);
          }
        }
        const plain = [
          `x = ${name}`,
          `${name} = 5\nx = ${name}`,
          `x = {"${name}": 1}["${name}"]`,
          `x = {}["${name}"]`,
          `def f(**k): return k["${name}"]\nx = f(${name}=1)`,
          `class ${name}: pass\nx = ${name}()`,
          `import ${name}\nif ${name}: pass`,
          `x = "%(${name})s" % {}`,
          `x = "{${name}}".format()`,
          `def ${name}(${name}): return ${name}\nx = ${name}(3)`,
        ];
        for (const text of plain) {
          const how = ending(text);
          outcomes.set(how, (outcomes.get(how) ?? 0) + 1);
        }
      }
    });
    expect(reached).toEqual([]);
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5000);
    expect([...outcomes.keys()].sort()).toEqual(
      ['done', 'python_error', 'python_syntax', 'python_unknown'].filter((key) => outcomes.has(key)),
    );
  });
});
