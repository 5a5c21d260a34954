import { plain } from '../evaluate/operators/equality';
import { sliceBounds } from '../evaluate/operators/items';
import { charactersOf } from '../evaluate/text/characters';
import { formatValue } from '../evaluate/text/format';
import { PyList, PySlice, PyTuple } from '../values/containers';
import { Foreign } from '../values/foreign';
import type { Machine } from '../values/machine';
import { Instance, PyClass, type Value } from '../values/object';
import { addMethods, setMaker, textOf } from './native';
import { formatFields, formatWith } from './text-format';

type Args = readonly (Value | undefined)[];

/** `str` and its methods. */
export function addText(type: PyClass): void {
  setMaker(type, 'object?, encoding?, errors?', (machine, [cls = null, value]) => {
    const text =
      value === undefined
        ? ''
        : value instanceof Foreign
          ? value.convert(machine, 'str')
          : machine.str(value);
    if (!(cls instanceof PyClass) || cls === type) return text;
    const object = new Instance(cls);
    object.payload = text;
    return object;
  });
  const self = (machine: Machine, value: Value) => {
    const text = textOf(machine, plain(value), 'self');
    machine.spend(text.length >> 5);
    return text;
  };
  addMethods(type, self, {
    ...cases,
    ...searching,
    ...cutting,
    ...padding,
    ...questions,
  });
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

const cases = {
  lower: ['', (_: Machine, text: string) => text.toLowerCase()],
  upper: ['', (_: Machine, text: string) => text.toUpperCase()],
  casefold: ['', (_: Machine, text: string) => text.toLowerCase()],
  capitalize: ['', (_: Machine, text: string) => capitalized(text)],
  title: ['', (_: Machine, text: string) => text.replaceAll(/\p{L}+/gu, capitalized)],
  swapcase: [
    '',
    (_: Machine, text: string) =>
      text.replaceAll(/\p{L}/gu, (one) =>
        one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase(),
      ),
  ],
} as const;

/** The part of a text between two positions, and where it begins. */
function within(machine: Machine, text: string, start: Value = null, end: Value = null): [string, number] {
  if (start === null && end === null) return [text, 0];
  const bounds = sliceBounds(machine, new PySlice(start, end, null), text.length);
  return [text.slice(bounds.start, bounds.stop), bounds.start];
}

function find(machine: Machine, text: string, [part, start, end]: Args, last: boolean): bigint {
  const wanted = textOf(machine, part, 'argument');
  const [inside, offset] = within(machine, text, start, end);
  const at = last ? inside.lastIndexOf(wanted) : inside.indexOf(wanted);
  return at < 0 ? -1n : BigInt(at + offset);
}

function index(machine: Machine, text: string, args: Args, last: boolean): bigint {
  const at = find(machine, text, args, last);
  if (at < 0n) throw machine.error('ValueError', 'substring not found');
  return at;
}

function affix(machine: Machine, text: string, [parts = null, start, end]: Args, atEnd: boolean): boolean {
  const [inside] = within(machine, text, start, end);
  const wanted = parts instanceof PyTuple ? parts.items : [parts];
  return wanted.some((one) => {
    const part = textOf(machine, one, `${atEnd ? 'endswith' : 'startswith'} first arg`);
    return atEnd ? inside.endsWith(part) : inside.startsWith(part);
  });
}

const searching = {
  find: [
    'sub, start?, end?',
    (machine: Machine, text: string, args: Args) => find(machine, text, args, false),
  ],
  rfind: [
    'sub, start?, end?',
    (machine: Machine, text: string, args: Args) => find(machine, text, args, true),
  ],
  index: [
    'sub, start?, end?',
    (machine: Machine, text: string, args: Args) => index(machine, text, args, false),
  ],
  rindex: [
    'sub, start?, end?',
    (machine: Machine, text: string, args: Args) => index(machine, text, args, true),
  ],
  count: [
    'sub, start?, end?',
    (machine: Machine, text: string, [part, start, end]: Args) => {
      const [inside] = within(machine, text, start, end);
      const wanted = textOf(machine, part, 'argument');
      machine.spend(inside.length >> 4);
      return BigInt(wanted === '' ? inside.length + 1 : inside.split(wanted).length - 1);
    },
  ],
  startswith: [
    'prefix, start?, end?',
    (machine: Machine, text: string, args: Args) => affix(machine, text, args, false),
  ],
  endswith: [
    'suffix, start?, end?',
    (machine: Machine, text: string, args: Args) => affix(machine, text, args, true),
  ],
} as const;

function stripper(atStart: boolean, atEnd: boolean) {
  return (machine: Machine, text: string, [given]: Args) => {
    const isCut =
      given === undefined || given === null
        ? (one: string) => /\s/.test(one)
        : (one: string) => textOf(machine, given, 'strip arg').includes(one);
    const all = charactersOf(text);
    let [from, to] = [0, all.length];
    while (atStart && from < to && isCut(all[from] ?? '')) from += 1;
    while (atEnd && to > from && isCut(all[to - 1] ?? '')) to -= 1;
    machine.spend(text.length >> 4);
    return all.slice(from, to).join('');
  };
}

function split(machine: Machine, text: string, [separator, most]: Args, fromEnd: boolean): PyList {
  const limit = most === undefined || machine.index(most) < 0 ? Infinity : machine.index(most);
  if (separator === '') throw machine.error('ValueError', 'empty separator');
  const isSpaces = separator === undefined || separator === null;
  const inner = isSpaces ? text.trim() : text;
  if (isSpaces && inner === '') return new PyList([]);
  const marks = isSpaces
    ? Array.from(inner.matchAll(/\s+/g), ({ index, 0: { length } }) => ({ index, length }))
    : occurrences(inner, textOf(machine, separator, 'sep'));
  machine.allocate((inner.length >> 3) + marks.length + 1);
  const used = fromEnd ? marks.slice(Math.max(0, marks.length - limit)) : marks.slice(0, limit);
  const starts = [0, ...used.map(({ index: at, length }) => at + length)];
  return new PyList(starts.map((start, at) => inner.slice(start, used[at]?.index)));
}

/** Where a text stands in another, one behind the other. */
function occurrences(text: string, part: string): { index: number; length: number }[] {
  const found: { index: number; length: number }[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
    found.push({ index: at, length: part.length });
  return found;
}

function partition(machine: Machine, text: string, [separator]: Args, last: boolean): PyTuple {
  const mark = textOf(machine, separator, 'sep');
  const at = last ? text.lastIndexOf(mark) : text.indexOf(mark);
  if (at < 0) return new PyTuple(last ? ['', '', text] : [text, '', '']);
  return new PyTuple([text.slice(0, at), mark, text.slice(at + mark.length)]);
}

const cutting = {
  strip: ['chars?', stripper(true, true)],
  lstrip: ['chars?', stripper(true, false)],
  rstrip: ['chars?', stripper(false, true)],
  split: [
    'sep?, maxsplit?',
    (machine: Machine, text: string, args: Args) => split(machine, text, args, false),
  ],
  rsplit: [
    'sep?, maxsplit?',
    (machine: Machine, text: string, args: Args) => split(machine, text, args, true),
  ],
  splitlines: [
    'keepends?',
    (machine: Machine, text: string) => {
      const lines = text.split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/);
      if (lines.at(-1) === '') lines.pop();
      machine.allocate(lines.length);
      return new PyList(lines);
    },
  ],
  partition: ['sep', (machine: Machine, text: string, args: Args) => partition(machine, text, args, false)],
  rpartition: ['sep', (machine: Machine, text: string, args: Args) => partition(machine, text, args, true)],
  removeprefix: [
    'prefix',
    (machine: Machine, text: string, [part]: Args) => {
      const prefix = textOf(machine, part, 'prefix');
      return text.startsWith(prefix) ? text.slice(prefix.length) : text;
    },
  ],
  removesuffix: [
    'suffix',
    (machine: Machine, text: string, [part]: Args) => {
      const suffix = textOf(machine, part, 'suffix');
      return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
    },
  ],
  replace: [
    'old, new, count?',
    (machine: Machine, text: string, [old, by, most]: Args) => {
      const [before, after] = [textOf(machine, old, 'old'), textOf(machine, by, 'new')];
      let left = most === undefined ? -1 : machine.index(most);
      const rounds = before === '' ? text.length + 1 : text.split(before).length - 1;
      machine.allocate((text.length + rounds * after.length) >> 3);
      if (text.length + rounds * after.length > 1_000_000) throw machine.limit('a text gets too long');
      if (left < 0) return text.replaceAll(before, () => after);
      return text.replaceAll(before, (whole) => (left-- > 0 ? after : whole));
    },
  ],
  join: [
    'iterable',
    (machine: Machine, text: string, [items = null]: Args) => {
      const parts = machine.list(items).map((item, at) => {
        const part = plain(item);
        if (typeof part === 'string') return part;
        throw machine.error(
          'TypeError',
          `sequence item ${at}: expected str instance, ${machine.typeOf(item).name} found`,
        );
      });
      const length = parts.reduce((sum, part) => sum + part.length + text.length, 0);
      if (length > 1_000_000) throw machine.limit('a text gets too long');
      machine.allocate(length >> 3);
      return parts.join(text);
    },
  ],
  format: ['*args, **keywords', formatFields],
  format_map: [
    'mapping',
    (machine: Machine, text: string, [mapping = null]: Args) =>
      formatWith(machine, text, [], (name) => machine.getItem(mapping, name)),
  ],
} as const;

const pad =
  (align: string) =>
  (machine: Machine, text: string, [width = 0n, fill = ' ']: Args) =>
    formatValue(
      machine,
      text,
      `${textOf(machine, fill, 'fill')}${align}${Math.max(0, machine.index(width))}`,
    );

const padding = {
  ljust: ['width, fillchar?', pad('<')],
  rjust: ['width, fillchar?', pad('>')],
  center: [
    'width, fillchar?',
    (machine: Machine, text: string, [width = 0n, fill = ' ']: Args) => {
      const missing = Math.max(0, machine.index(width) - charactersOf(text).length);
      // Where the padding is odd and the width is too, Python's `center` puts one more on the left.
      const left = (missing >> 1) + (missing & machine.index(width) & 1);
      const mark = textOf(machine, fill, 'fill');
      return pad('<')(machine, pad('>')(machine, text, [BigInt(left + charactersOf(text).length), mark]), [
        width,
        mark,
      ]);
    },
  ],
  zfill: [
    'width',
    (machine: Machine, text: string, [width = 0n]: Args) => {
      const sign = /^[-+]/.exec(text)?.[0] ?? '';
      const missing = Math.max(0, machine.index(width) - text.length);
      if (missing > 10_000) throw machine.limit('a text gets too long');
      return sign + '0'.repeat(missing) + text.slice(sign.length);
    },
  ],
} as const;

const test = (pattern: RegExp) => ['', (_: Machine, text: string) => pattern.test(text)] as const;

const questions = {
  isdigit: test(/^\p{Nd}+$/u),
  isdecimal: test(/^\p{Nd}+$/u),
  isnumeric: test(/^\p{N}+$/u),
  isalpha: test(/^\p{L}+$/u),
  isalnum: test(/^[\p{L}\p{N}]+$/u),
  isspace: test(/^\s+$/u),
  isidentifier: test(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  isascii: test(/^[\0-\x7f]*$/),
  islower: ['', (_: Machine, text: string) => text === text.toLowerCase() && text !== text.toUpperCase()],
  isupper: ['', (_: Machine, text: string) => text === text.toUpperCase() && text !== text.toLowerCase()],
  istitle: [
    '',
    (_: Machine, text: string) => /\p{L}/u.test(text) && text === text.replaceAll(/\p{L}+/gu, capitalized),
  ],
} as const;
