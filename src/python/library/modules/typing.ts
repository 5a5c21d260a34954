import { NativeFunction } from '../../values/callable';
import { TypeHint } from '../../values/hint';
import type { Machine } from '../../values/machine';
import { PyClass, PyObject, type Value } from '../../values/object';
import { functions } from '../native';
import { namedTupleBase } from './namedtuple';

/** `typing`: names that only people read, and a few that do something. */
export function typingModule(machine: Machine): [string, Value][] {
  const classes = {
    List: 'list',
    Dict: 'dict',
    Tuple: 'tuple',
    Set: 'set',
    FrozenSet: 'frozenset',
    Type: 'type',
    Text: 'str',
  };
  const protocol = new PyClass('Protocol', [machine.type('object')]);
  return [
    ...inert.map((name): [string, Value] => [name, new TypeHint(name)]),
    ...Object.entries(classes).map(([name, type]): [string, Value] => [
      name,
      new TypeHint(name, [machine.type(type)]),
    ]),
    ...abstractTypes(),
    ['Protocol', protocol],
    ['TypedDict', machine.type('dict')],
    ['NamedTuple', namedTupleBase(machine)],
    ['TYPE_CHECKING', false],
    ...functions({
      cast: ['type, value', (_, [, value = null]) => value],
      TypeVar: ['name, *constraints, **options', (inner, [name = '']) => new TypeHint(inner.str(name))],
      ParamSpec: ['name, **options', (inner, [name = '']) => new TypeHint(inner.str(name))],
      NewType: [
        'name, type',
        (inner, [name = '']) => new NativeFunction(inner.str(name), 'value', (_, [value = null]) => value),
      ],
      overload: ['function', (_, [callee = null]) => callee],
      final: ['function', (_, [callee = null]) => callee],
      override: ['function', (_, [callee = null]) => callee],
      no_type_check: ['function', (_, [callee = null]) => callee],
      runtime_checkable: ['class', (_, [type = null]) => type],
      get_type_hints: [
        'object, **options',
        (inner, [value = null]) => inner.getAttribute(value, '__annotations__'),
      ],
    }),
  ];
}

const inert = [
  ...[
    'Any',
    'Union',
    'Optional',
    'Literal',
    'ClassVar',
    'Final',
    'Annotated',
    'Generic',
    'Self',
    'NoReturn',
    'Never',
  ],
  ...[
    'Concatenate',
    'TypeAlias',
    'TypeGuard',
    'Required',
    'NotRequired',
    'Unpack',
    'AnyStr',
    'BinaryIO',
    'TextIO',
    'IO',
  ],
];

/** What `collections.abc` and `typing` call by what it can do. */
export function abstractTypes(): [string, Value][] {
  const has =
    (...names: string[]) =>
    (machine: Machine, value: Value) =>
      names.some((name) => machine.findSpecial(value, name) !== undefined);
  const isKind =
    (...kinds: string[]) =>
    (_: Machine, value: Value) =>
      typeof value === 'string'
        ? kinds.includes('str')
        : value instanceof PyObject && kinds.includes(value.kind);
  const sequence = isKind('list', 'tuple', 'range', 'str');
  const iterable = isKind(
    'list',
    'tuple',
    'range',
    'str',
    'dict',
    'set',
    'frozenset',
    'iterator',
    'generator',
    'dict_keys',
    'dict_values',
    'dict_items',
  );
  const either =
    (...tests: ((machine: Machine, value: Value) => boolean)[]) =>
    (machine: Machine, value: Value) =>
      tests.some((test) => test(machine, value));
  const table: Record<string, (machine: Machine, value: Value) => boolean> = {
    Sequence: sequence,
    MutableSequence: isKind('list'),
    Iterable: either(iterable, has('__iter__')),
    Iterator: either(isKind('iterator', 'generator'), has('__next__')),
    Generator: isKind('generator'),
    Collection: either(iterable, has('__contains__')),
    Container: either(iterable, has('__contains__')),
    Sized: either(iterable, has('__len__')),
    Hashable: (_, value) => !(value instanceof PyObject && ['list', 'dict', 'set'].includes(value.kind)),
    Mapping: either(isKind('dict')),
    MutableMapping: either(isKind('dict')),
    AbstractSet: isKind('set', 'frozenset'),
    MutableSet: isKind('set'),
    Callable: either(
      isKind('function', 'method', 'builtin_function_or_method', 'type', 'foreign'),
      has('__call__'),
    ),
  };
  const others = [
    'Awaitable',
    'Coroutine',
    'AsyncIterator',
    'AsyncIterable',
    'AsyncGenerator',
    'ByteString',
    'KeysView',
    'ValuesView',
    'ItemsView',
    'Reversible',
    'SupportsFloat',
    'SupportsInt',
    'SupportsIndex',
    'Deque',
    'DefaultDict',
    'OrderedDict',
    'Counter',
    'ContextManager',
    'Pattern',
    'Match',
  ];
  return [
    ...Object.entries(table).map(([name, test]): [string, Value] => [name, new TypeHint(name, [], test)]),
    ...others.map((name): [string, Value] => [name, new TypeHint(name)]),
  ];
}
