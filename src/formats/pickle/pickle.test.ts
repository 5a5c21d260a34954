import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Value } from '../../core/checkpoint';
import { AppError } from '../../core/problem';
import { rebuilds } from '../pytorch/rebuild';
import { readable } from '../checkpoint/readable';
import { namedTensors } from '../checkpoint/walk';
import { unpickle, unpickleWhole } from '.';
import type { Limits } from './machine';
import type { Scope } from './scope';

/** Bytes of a pickle: numbers as they are, texts as Latin-1. */
function bytes(...parts: (number | string)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : Array.from(part, (letter) => letter.charCodeAt(0)),
    ),
  );
}

function emptyScope(): Scope {
  const persistent = () => null;
  return {
    ...{ file: 'x.pt', part: 'data.pkl', imports: new Set(), findings: [] },
    callables: rebuilds(persistent),
    persistent,
  };
}

function read(pickle: Uint8Array<ArrayBuffer>): { value: Value; scope: Scope } {
  const scope = emptyScope();
  return { value: unpickleWhole(pickle, 0, scope).value, scope };
}

/** `(S'…'` … as protocol 0 calls a function with one text. */
function callOf(name: string, argument: string): string {
  const dot = name.lastIndexOf('.');
  return `c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n(S'${argument}'\ntR.`;
}

describe('plain values', () => {
  test.each<[string, Uint8Array<ArrayBuffer>, unknown]>([
    ['protocol 0', bytes("(dp0\nS'a'\nI1\nsVb\\u00e9\nF1.5\ns."), { a: 1, bé: 1.5 }],
    ['protocol 2', bytes(0x80, 2, '](K', 1, 'M', 0, 1, 'J', 255, 255, 255, 255, 'e.'), [1, 256, -1]],
    ['long integers', bytes(0x80, 2, 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, '.'), '18446744073709551616'],
    [
      'protocol 4',
      bytes(0x80, 4, 0x95, 8, 0, 0, 0, 0, 0, 0, 0, 0x8c, 1, 'a', 0x94, 'h', 0, 0x86, '.'),
      ['a', 'a'],
    ],
    ['sets', bytes(0x80, 4, 0x8f, '(K', 1, 'K', 2, 0x90, '.'), [1, 2]],
    ['a big float', bytes(0x80, 2, 'G', 0x40, 9, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18, '.'), Math.PI],
  ])('%s', (_, pickle, value) => {
    expect(readable(read(pickle).value)).toEqual(value);
  });
});

describe('nothing runs', () => {
  const reach = vi.fn();
  beforeEach(() => {
    for (const name of ['fetch', 'eval', 'setTimeout', 'WebSocket', 'XMLHttpRequest', 'importScripts'])
      vi.stubGlobal(name, reach);
  });
  afterEach(() => {
    expect(reach).not.toHaveBeenCalled();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    vi.unstubAllGlobals();
  });

  const attacks: [string, Uint8Array<ArrayBuffer>, string][] = [
    ['os.system', bytes(callOf('os.system', 'rm -rf /')), 'os.system'],
    ['posix.system', bytes(callOf('posix.system', 'id')), 'posix.system'],
    ['eval', bytes(callOf('builtins.eval', '1')), 'builtins.eval'],
    ['exec of Python 2', bytes(callOf('__builtin__.exec', '1')), '__builtin__.exec'],
    ['a function nobody knows', bytes(callOf('mypackage.run', 'x')), 'mypackage.run'],
    ['INST', bytes("(S'id'\nios\nsystem\n."), 'os.system'],
    ['OBJ', bytes('(cos\nsystem\n', "S'id'\no."), 'os.system'],
    ['NEWOBJ', bytes(0x80, 2, 'csubprocess\nPopen\n', "S'id'\n", 0x85, 0x81, '.'), 'subprocess.Popen'],
    ['NEWOBJ_EX', bytes(0x80, 4, 'csubprocess\nPopen\n', ')}', 0x92, '.'), 'subprocess.Popen'],
    [
      'STACK_GLOBAL',
      bytes(0x80, 4, 0x8c, 2, 'os', 0x8c, 6, 'system', 0x93, 0x8c, 2, 'id', 0x85, 'R.'),
      'os.system',
    ],
    [
      'a nested name',
      bytes(0x80, 4, 0x8c, 8, 'builtins', 0x8c, 13, 'eval.__call__', 0x93, ')R.'),
      'builtins.eval.__call__',
    ],
    ['an import alone', bytes('cos\nsystem\n.'), 'os.system'],
    ['BUILD of a class', bytes('ctorch\nTensor\n}b.'), 'torch.Tensor'],
    ['a call of an object', bytes('}(tR.'), 'an object'],
    ['names of JavaScript', bytes(callOf('globalThis.eval', '1')), 'globalThis.eval'],
    ['a constructor', bytes(callOf('Object.constructor', 'return 1')), 'Object.constructor'],
    ['a name of our own tables', bytes(callOf('__proto__.constructor', '1')), '__proto__.constructor'],
  ];

  test.each(attacks)('%s is named, with its place', (_, pickle, name) => {
    const { scope } = read(pickle);
    expect(scope.findings.map((finding) => finding.name)).toContain(name);
    expect(scope.findings[0]?.place).toMatch(/^data\.pkl, byte \d+$/);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString'])('the key %s is a key', (key) => {
    const { value } = read(bytes(`(dS'${key}'\n(dS'polluted'\nI1\nss.`));
    expect(Object.entries(readable(value) as object)).toEqual([[key, { polluted: 1 }]]);
  });

  test.each([
    ['a list that holds itself', bytes('](lp0\nh', 0, 'a.')],
    ['a dict that holds itself', bytes('}q', 0, "S'a'\nh", 0, 's.')],
  ])('%s ends', (_, pickle) => {
    const { value } = read(pickle);
    expect(namedTensors(value)).toEqual([]);
    expect(JSON.stringify(readable(value)).length).toBeLessThan(10_000);
  });

  test('lists of lists of lists are not unfolded', () => {
    const levels = Array.from({ length: 60 }, (_, at) => `(g${at}\ng${at}\nlp${at + 1}\n`);
    const { value } = read(bytes('(lp0\n', ...levels, '.'));
    // Unfolded, it would have 2⁶⁰ lists: that this ends at all is the test.
    expect(namedTensors(value)).toEqual([]);
  });

  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ['a text of 4 GB', bytes(0x80, 2, 'X', 255, 255, 255, 255, 'a.')],
    ['a text of 2⁶³ bytes', bytes(0x80, 4, 0x8d, 255, 255, 255, 255, 255, 255, 255, 127, 'a.')],
    ['a long of 2 GB', bytes(0x80, 2, 0x8b, 255, 255, 255, 127, 1, '.')],
    ['a value from nowhere', bytes('h', 7, '.')],
    ['an empty stack', bytes('R.')],
    ['a protocol that does not exist', bytes(0x80, 9, 'N.')],
    [
      'a list copied a million times',
      bytes(
        '(',
        'N'.repeat(100_000),
        'lp0\n',
        ...Array.from({ length: 2000 }, () => 'cbuiltins\nlist\n(g0\ntR0'),
        '.',
      ),
    ],
  ])('%s ends in a problem', (_, pickle) => {
    expect(() => read(pickle)).toThrow(AppError);
  });

  test('any bytes end in a value or a problem', () => {
    const letters = fc.constantFrom(
      ...'(.0123FIJKLMNPQRSTUVXabcdeghijlopqrstu])}G'.split('').map((letter) => letter.charCodeAt(0)),
    );
    const small = fc.oneof(
      letters,
      fc.integer({ min: 0x80, max: 0x98 }),
      fc.integer({ min: 0, max: 4 }),
      fc.constant(10),
    );
    fc.assert(
      fc.property(fc.array(small, { maxLength: 60 }), (codes) => {
        try {
          readable(read(Uint8Array.from([...codes, 0x2e])).value);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('limits', () => {
  const arrayOf = (dims: number) =>
    bytes(
      ...['cnumpy.core.numeric\n_frombuffer\n(C', 4, 0, 0, 0, 0],
      ...["cnumpy\ndtype\n(S'f4'\ntR(", 'I1\n'.repeat(dims), "tS'C'\ntR."],
    );

  test.each<[string, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Partial<Limits>, string]>([
    ['values waiting', bytes('NNN.'), bytes('NNNN.'), { stack: 3 }, 'too deep'],
    ['groups waiting', bytes('(((111N.'), bytes('((((1111N.'), { stack: 3 }, 'too deep'],
    ['values in groups', bytes('(N(1.'), bytes('(N(N1.'), { stack: 3 }, 'too deep'],
    [
      'values remembered',
      bytes('Nq', 0, 'q', 1, '.'),
      bytes('Nq', 0, 'q', 1, 'q', 2, '.'),
      { memo: 2 },
      'remembers',
    ],
    [
      'bytes of an integer',
      bytes(0x8b, 0, 16, 0, 0, '\x01'.repeat(4096), '.'),
      bytes(0x8b, 1, 16, 0, 0, '\x01'.repeat(4097), '.'),
      {},
      'an integer has',
    ],
    [
      'digits of an integer',
      bytes(`I${'1'.repeat(9000)}\n.`),
      bytes(`I${'1'.repeat(9001)}\n.`),
      {},
      'is no integer',
    ],
    [
      'bytes of a line',
      bytes(`V${'x'.repeat(65_536)}\n.`),
      bytes(`V${'x'.repeat(65_537)}\n.`),
      {},
      'a line has',
    ],
    ['bytes of a line without end', bytes('N.'), bytes(`V${'x'.repeat(65_537)}`), {}, 'a line never ends'],
    ['bytes of a text', bytes('N.'), bytes(0x8d, 0, 0, 0, 0, 0, 0, 32, 0, '.'), {}, 'a value says it has'],
    ['dimensions of an array', arrayOf(64), arrayOf(65), {}, 'an array has 65 dimensions'],
  ])('%s', (_, within, beyond, limits, reason) => {
    expect(() => unpickle(within, 0, emptyScope(), limits)).not.toThrow();
    expect(() => unpickle(beyond, 0, emptyScope(), limits)).toThrow(reason);
  });

  test('a hundred warnings are enough', () => {
    const { scope } = read(bytes('cos\nsystem\n(tR0'.repeat(150), 'N.'));
    expect(scope.findings).toHaveLength(100);
  });

  test('a text of NumPy is cut where nobody reads on', () => {
    const letters = Array.from({ length: 10_001 }, () => [97, 0, 0, 0]).flat();
    const dtype = "cnumpy\ndtype\n(S'U10001'\ntR";
    const { value } = read(
      bytes('cnumpy.core.multiarray\nscalar\n', dtype, 'B', 68, 156, 0, 0, ...letters, 0x86, 'R.'),
    );
    expect(value).toBe('a'.repeat(10_000));
  });
});
