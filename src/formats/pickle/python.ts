import type { Sequence, Value } from '../../core/checkpoint';
import type { Callable } from './scope';
import { asKind, dictionary, itemsOf, opaque } from './values';

/** Python's own classes and functions that pickles call to make plain values; nothing else of Python is understood. */
export const python: readonly (readonly [string, Callable])[] = [
  ...inBuiltins({
    set: (args, site) => sequence('set', args, site),
    frozenset: (args, site) => sequence('set', args, site),
    list: (args, site) => sequence('list', args, site),
    tuple: (args, site) => sequence('tuple', args, site),
    dict: (args, site) => pairs('dict', args[0], site),
    bytearray: ([first, encoding], site) =>
      typeof first === 'string'
        ? latin1(first, encoding, site)
        : (asKind(first, 'bytes') ?? inert('builtins.bytearray')([], site)),
    bytes: ([first, encoding], site) =>
      typeof first === 'string'
        ? latin1(first, encoding, site)
        : (asKind(first, 'bytes') ?? inert('builtins.bytes')([], site)),
    complex: inert('builtins.complex'),
    slice: inert('builtins.slice'),
    range: inert('builtins.range'),
    xrange: inert('builtins.range'),
    object: inert('builtins.object'),
    int: ([first = 0]) => first,
    float: ([first = 0]) => first,
    bool: ([first = false]) => first,
    str: ([first = '']) => first,
  }),
  ['collections.OrderedDict', ([first], site) => pairs('collections.OrderedDict', first, site)],
  ['collections.Counter', ([first], site) => pairs('collections.Counter', first, site)],
  ['collections.defaultdict', () => dictionary('collections.defaultdict')],
  ['collections.deque', (args, site) => sequence('list', args, site)],
  ['_codecs.encode', ([text, encoding], site) => latin1(text, encoding, site)],
  ...both('copyreg', 'copy_reg', '_reconstructor', ([type, , state], site) => {
    const name = asKind(type, 'named')?.name;
    if (name === undefined) throw site.damaged('an object has no class');
    const made = opaque(name, []);
    made.state = state ?? null;
    return made;
  }),
  ...['datetime.datetime', 'datetime.date', 'datetime.time', 'datetime.timedelta', 'datetime.timezone'].map(
    known,
  ),
  ...[
    'decimal.Decimal',
    'fractions.Fraction',
    'uuid.UUID',
    'argparse.Namespace',
    'types.SimpleNamespace',
  ].map(known),
  ...['Path', 'PosixPath', 'WindowsPath', 'PurePath', 'PurePosixPath', 'PureWindowsPath'].flatMap((name) => [
    known(`pathlib.${name}`),
    known(`pathlib._local.${name}`),
  ]),
];

/** A class whose objects are harmless and stay as they are written. */
export function known(name: string): readonly [string, Callable] {
  return [name, inert(name)];
}

function inert(name: string): Callable {
  return (args) => opaque(name, args);
}

function inBuiltins(table: Record<string, Callable>): (readonly [string, Callable])[] {
  return Object.entries(table).flatMap(([name, make]) => both('builtins', '__builtin__', name, make));
}

/** The same under its names in Python 3 and 2. */
export function both(
  three: string,
  two: string,
  name: string,
  make: Callable,
): (readonly [string, Callable])[] {
  return [
    [`${three}.${name}`, make],
    [`${two}.${name}`, make],
  ];
}

function sequence(kind: Sequence['kind'], [first]: readonly Value[], site: Parameters<Callable>[1]): Value {
  const items = itemsOf(first) ?? [];
  site.spend(items.length);
  return { kind, items: [...items] };
}

function pairs(type: string, from: Value | undefined, site: Parameters<Callable>[1]): Value {
  const made = dictionary(type);
  const source = asKind(from, 'dict');
  const list = source ? [...source.entries] : (itemsOf(from) ?? []).map(itemsOf);
  site.spend(list.length);
  for (const pair of list) {
    if (pair?.length !== 2) throw site.damaged('a dict is made of what is no pairs');
    made.entries.set(pair[0] ?? null, pair[1] ?? null);
  }
  return made;
}

/** Bytes written as text: how protocol 2 keeps those of Python 3. */
function latin1(text: Value | undefined, encoding: Value | undefined, site: Parameters<Callable>[1]): Value {
  const name = typeof encoding === 'string' ? encoding.toLowerCase().replace(/[-_]/g, '') : 'utf8';
  if (typeof text !== 'string') throw site.damaged('bytes are made of what is no text');
  site.spend(Math.ceil(text.length / CHARACTERS_A_STEP));
  if (name === 'latin1' || name === 'iso88591') {
    return { kind: 'bytes', bytes: Uint8Array.from(text, (letter) => letter.charCodeAt(0)) };
  }
  if (name === 'utf8' || name === 'ascii') return { kind: 'bytes', bytes: new TextEncoder().encode(text) };
  throw site.damaged(`bytes are encoded as ${name.slice(0, 40)}`);
}

/** Characters copied for the price of one value. */
const CHARACTERS_A_STEP = 64;
