import { plain } from '../../evaluate/operators/equality';
import { ClassFunction, NativeFunction, Property, PyFunction } from '../../values/callable';
import { PyTuple } from '../../values/containers';
import { PyDict } from '../../values/dict';
import type { Machine } from '../../values/machine';
import { Instance, PyClass, type Value } from '../../values/object';
import { addMethods, addProperties, functions, selfAs, setMaker } from '../native';

/** `enum`: what a class derived from `Enum` gives values to becomes its members. */
export function enumModule(machine: Machine): [string, Value][] {
  const object = machine.type('object');
  const auto = new PyClass('auto', [object]);
  const base = new PyClass('Enum', [object]);
  const self = selfAs('Enum', (value) => value instanceof Instance);
  addProperties(base, self, {
    name: (member) => member.attributes?.get('_name_') ?? null,
    value: (member) => member.attributes?.get('_value_') ?? null,
  });
  setMaker(base, 'value', (inner, [type = null, value = null]) => {
    const members = type instanceof PyClass ? type.find('__members__') : undefined;
    for (const [, member] of members instanceof PyDict ? members.entries.values() : [])
      if (member === value || inner.equals(inner.getAttribute(member, 'value'), value)) return member;
    throw inner.error(
      'ValueError',
      `${inner.repr(value)} is not a valid ${type instanceof PyClass ? type.name : 'Enum'}`,
    );
  });
  const title = (inner: Machine, member: Instance) =>
    `${inner.typeOf(member).name}.${inner.str(member.attributes?.get('_name_') ?? '')}`;
  addMethods(base, self, {
    __init__: ['*args', () => null],
    __str__: ['', (inner, member) => title(inner, member)],
    __repr__: [
      '',
      (inner, member) =>
        `<${title(inner, member)}: ${inner.repr(member.attributes?.get('_value_') ?? null)}>`,
    ],
  });
  base.derive = (derived) => {
    makeMembers(machine, derived, base, auto);
  };
  const mixed = (name: string, type: string) => {
    const made = new PyClass(name, [machine.type(type), base]);
    made.own.set('__new__', base.own.get('__new__') ?? null);
    made.own.set(
      '__str__',
      new NativeFunction('__str__', 'self', (inner, [member = null]) => inner.str(plain(member)), true),
    );
    made.derive = base.derive;
    return made;
  };
  return [
    ['Enum', base],
    ['IntEnum', mixed('IntEnum', 'int')],
    ['StrEnum', mixed('StrEnum', 'str')],
    ['IntFlag', mixed('IntFlag', 'int')],
    ['Flag', base],
    ['EnumMeta', machine.type('type')],
    ['EnumType', machine.type('type')],
    ['auto', auto],
    ...functions({ unique: ['class', (_, [type = null]) => type] }),
  ];
}

function makeMembers(machine: Machine, type: PyClass, base: PyClass, auto: PyClass): void {
  const members = new PyDict();
  const mixes = type.mro.some(
    ({ name, isOpen }) => !isOpen && (name === 'int' || name === 'str' || name === 'float'),
  );
  const isText = type.mro.some(({ name, isOpen }) => !isOpen && name === 'StrEnum');
  let last: Value = 0n;
  for (const [name, given] of [...type.own]) {
    if (name.startsWith('_') || isDescriptor(given)) continue;
    const value: Value =
      given instanceof Instance && given.subclass === auto
        ? isText
          ? name.toLowerCase()
          : machine.binary('+', typeof last === 'bigint' ? last : 0n, 1n)
        : given;
    last = value;
    const alias = [...members.entries.values()].find(([, member]) =>
      machine.equals(machine.getAttribute(member, 'value'), value),
    );
    if (alias) {
      type.own.set(name, alias[1]);
      continue;
    }
    const member = new Instance(type);
    member.attributes = new Map<string, Value>([
      ['_name_', name],
      ['_value_', value],
    ]);
    if (mixes) member.payload = value instanceof PyTuple ? (value.items[0] ?? null) : value;
    type.own.set(name, member);
    members.set(name, member);
    const init = type.find('__init__');
    if (init instanceof PyFunction)
      machine.call(init, [member, ...(value instanceof PyTuple ? value.items : [value])]);
  }
  type.own.set('__members__', members);
  if (type.own.get('__new__') === undefined) type.own.set('__new__', base.own.get('__new__') ?? null);
}

function isDescriptor(value: Value): boolean {
  return (
    value instanceof PyFunction ||
    value instanceof NativeFunction ||
    value instanceof Property ||
    value instanceof ClassFunction ||
    value instanceof PyClass
  );
}
