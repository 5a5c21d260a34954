import type { Named, Sequence, Value } from '../../core/checkpoint';
import { dangerOf } from './dangers';
import type { Machine } from './machine';
import { dictionary, narrow, opaque } from './values';

/** What each instruction of protocols 0 to 5 does, by its byte; frames and `STOP` aside. */
export const operations: Readonly<Partial<Record<number, (m: Machine) => void>>> = {
  ...marksAndMemo(),
  ...numbers(),
  ...texts(),
  ...containers(),
  ...objects(),
};

type Operations = Partial<Record<number, (m: Machine) => void>>;

function marksAndMemo(): Operations {
  return {
    [op('(')]: (m) => m.mark(),
    [op('0')]: (m) => m.drop(),
    [op('1')]: (m) => void m.sinceMark(),
    [op('2')]: (m) => m.push(m.peek()),
    [op('p')]: (m) => m.remember(whole(m, m.line())),
    [op('q')]: (m) => m.remember(m.byte()),
    [op('r')]: (m) => m.remember(m.uint32()),
    [op('g')]: (m) => m.recall(whole(m, m.line())),
    [op('h')]: (m) => m.recall(m.byte()),
    [op('j')]: (m) => m.recall(m.uint32()),
    [0x94]: (m) => m.remember(m.memo.size),
    [0x80]: (m) => {
      const protocol = m.byte();
      if (protocol > 5) throw m.damaged(`it is of protocol ${protocol}, which does not exist`);
    },
    [0x95]: (m) => void m.length(),
  };
}

function numbers(): Operations {
  return {
    [op('N')]: (m) => m.push(null),
    [0x88]: (m) => m.push(true),
    [0x89]: (m) => m.push(false),
    [op('I')]: (m) => {
      const line = m.line();
      m.push(line === '01' ? true : line === '00' ? false : integer(m, line));
    },
    [op('L')]: (m) => m.push(integer(m, m.line().replace(/L$/, ''))),
    [op('J')]: (m) => m.push(m.int32()),
    [op('K')]: (m) => m.push(m.byte()),
    [op('M')]: (m) => m.push(m.uint16()),
    [0x8a]: (m) => m.push(m.long(m.byte())),
    [0x8b]: (m) => m.push(m.long(m.uint32())),
    [op('F')]: (m) => m.push(float(m, m.line())),
    [op('G')]: (m) => m.push(m.float64()),
  };
}

function texts(): Operations {
  const bytes = (m: Machine, count: number) => m.push({ kind: 'bytes', bytes: m.take(count) });
  return {
    [op('S')]: (m) => m.push(unquoted(m, m.line())),
    [op('V')]: (m) => m.push(rawUnicode(m.line(latin1))),
    [op('T')]: (m) => m.push(m.text(m.uint32())),
    [op('U')]: (m) => m.push(m.text(m.byte())),
    [op('X')]: (m) => m.push(m.text(m.uint32())),
    [0x8c]: (m) => m.push(m.text(m.byte())),
    [0x8d]: (m) => m.push(m.text(m.length())),
    [op('B')]: (m) => bytes(m, m.uint32()),
    [op('C')]: (m) => bytes(m, m.byte()),
    [0x8e]: (m) => bytes(m, m.length()),
    [0x96]: (m) => bytes(m, m.length()),
    [0x97]: (m) => {
      throw m.damaged('it keeps bytes outside itself, which no file of weights does');
    },
    [0x98]: () => undefined,
  };
}

function containers(): Operations {
  const sequence = (kind: Sequence['kind'], items: Value[]): Sequence => ({ kind, items });
  const tuple = (m: Machine, count: number) => {
    const items = Array.from({ length: count }, () => m.pop()).reverse();
    m.push(sequence('tuple', items));
  };
  return {
    [op(']')]: (m) => m.push(sequence('list', [])),
    [op('}')]: (m) => m.push(dictionary('dict')),
    [op(')')]: (m) => m.push(sequence('tuple', [])),
    [0x8f]: (m) => m.push(sequence('set', [])),
    [0x85]: (m) => tuple(m, 1),
    [0x86]: (m) => tuple(m, 2),
    [0x87]: (m) => tuple(m, 3),
    [op('t')]: (m) => m.push(sequence('tuple', m.sinceMark())),
    [op('l')]: (m) => m.push(sequence('list', m.sinceMark())),
    [0x91]: (m) => m.push(sequence('set', m.sinceMark())),
    [op('d')]: (m) => {
      const items = m.sinceMark();
      m.push(dictionary('dict'));
      setItems(m, items);
    },
    [op('a')]: (m) => append(m, [m.pop()]),
    [op('e')]: (m) => append(m, m.sinceMark()),
    [0x90]: (m) => append(m, m.sinceMark()),
    [op('s')]: (m) => {
      const value = m.pop();
      setItems(m, [m.pop(), value]);
    },
    [op('u')]: (m) => setItems(m, m.sinceMark()),
  };
}

function objects(): Operations {
  return {
    [op('c')]: (m) => {
      const module = m.line();
      m.push(named(m, module, m.line()));
    },
    [0x93]: (m) => {
      const name = m.pop();
      const module = m.pop();
      if (typeof name !== 'string' || typeof module !== 'string') throw m.damaged('a name is no text');
      m.push(named(m, module, name));
    },
    [0x82]: (m) => m.push(named(m, 'extension', String(m.byte()))),
    [0x83]: (m) => m.push(named(m, 'extension', String(m.uint16()))),
    [0x84]: (m) => m.push(named(m, 'extension', String(m.uint32()))),
    [op('i')]: (m) => {
      const module = m.line();
      const callee = named(m, module, m.line());
      m.push(call(m, callee, m.sinceMark(), 'call'));
    },
    [op('o')]: (m) => {
      const [callee = null, ...args] = m.sinceMark();
      m.push(call(m, callee, args, 'call'));
    },
    [op('R')]: (m) => {
      const args = argumentsOf(m, m.pop());
      m.push(call(m, m.pop(), args, 'call'));
    },
    [0x81]: (m) => {
      const args = argumentsOf(m, m.pop());
      m.push(call(m, m.pop(), args, 'new'));
    },
    [0x92]: (m) => {
      const keywords = m.pop();
      const args = argumentsOf(m, m.pop());
      m.push(call(m, m.pop(), [...args, keywords], 'new'));
    },
    [op('b')]: (m) => {
      const state = m.pop();
      m.push(build(m, m.pop(), state));
    },
    [op('P')]: (m) => m.push(m.scope.persistent(m.line(), m)),
    [op('Q')]: (m) => m.push(m.scope.persistent(m.pop(), m)),
  };
}

function op(letter: string): number {
  return letter.charCodeAt(0);
}

/** A name; one whose import alone is a warning is reported here, called or not. */
function named(m: Machine, module: string, name: string): Named {
  const value = m.named(module, name);
  const danger = m.scope.callables.has(value.name) ? null : dangerOf(value.name);
  if (danger !== null) report(m, value.name, `names ${value.name}, which can ${danger}`);
  return value;
}

/** What a call gives: what the scope rebuilds, else an inert object. `new` makes an object of a class. */
function call(m: Machine, callee: Value, args: readonly Value[], how: 'call' | 'new'): Value {
  m.spend(args.length);
  if (callee === null || typeof callee !== 'object' || callee.kind !== 'named') {
    report(m, 'an object', 'would call an object that the pickle itself makes');
    return opaque('unknown', args);
  }
  const rebuild = m.scope.callables.get(callee.name);
  if (rebuild) return rebuild(args, m);
  const danger = dangerOf(callee.name);
  if (danger !== null) {
    report(m, callee.name, `would call ${callee.name}(${args.map(shown).join(', ')}) and ${danger}`);
  } else if (how === 'call') {
    report(m, callee.name, `would call ${callee.name}(${args.map(shown).join(', ')}), which is not known`);
  }
  return opaque(callee.name, args);
}

function report(m: Machine, name: string, text: string): void {
  const { findings } = m.scope;
  // The call says more than the import before it.
  const last = findings.at(-1);
  if (last?.name === name && last.text.startsWith('names ')) findings.pop();
  if (findings.length < MAX_FINDINGS) findings.push({ name, text, place: m.place });
}

/** Enough to show; a file of a million calls is as unsafe as one of a hundred. */
const MAX_FINDINGS = 100;

function shown(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (value === null) return 'None';
  if (typeof value !== 'object') return String(value);
  if (value.kind === 'named' || value.kind === 'object') return value.name;
  return `a ${value.kind}`;
}

/** `BUILD`: fills an object with its state. */
function build(m: Machine, target: Value, state: Value): Value {
  if (target === null || typeof target !== 'object') throw m.damaged('a plain value is given a state');
  switch (target.kind) {
    case 'object': {
      const finish = m.scope.callables.get(`${target.name}.__setstate__`);
      if (finish) return m.become(target, finish([target, state], m));
      target.state = state;
      return target;
    }
    case 'dict':
      target.state = state;
      return target;
    case 'named':
      report(m, target.name, `would change ${target.name} itself`);
      return target;
    case 'tensor':
    case 'storage':
    case 'list':
    case 'set':
      return target;
    default:
      throw m.damaged(`a ${target.kind} is given a state`);
  }
}

function append(m: Machine, items: Value[]): void {
  const target = m.peek();
  const list =
    target !== null &&
    typeof target === 'object' &&
    (target.kind === 'object' || target.kind === 'list' || target.kind === 'set')
      ? target.items
      : null;
  if (list === null) throw m.damaged('a value is appended to what is no list');
  for (const item of items) list.push(item);
}

function setItems(m: Machine, items: readonly Value[]): void {
  const target = m.peek();
  if (target === null || typeof target !== 'object' || !('entries' in target)) {
    throw m.damaged('a key is set on what is no dict');
  }
  if (items.length % 2 !== 0) throw m.damaged('a key has no value');
  for (let at = 0; at < items.length; at += 2) {
    target.entries.set(items[at] ?? null, items[at + 1] ?? null);
  }
}

function argumentsOf(m: Machine, value: Value): readonly Value[] {
  if (value === null || typeof value !== 'object' || (value.kind !== 'tuple' && value.kind !== 'list')) {
    throw m.damaged('a call has no arguments');
  }
  return value.items;
}

function whole(m: Machine, line: string): number {
  const value = Number(line);
  if (!Number.isSafeInteger(value) || value < 0) throw m.damaged(`the number ${line} is impossible`);
  return value;
}

function integer(m: Machine, line: string): number | bigint {
  const text = line.trim();
  if (!/^[+-]?\d{1,9000}$/.test(text)) throw m.damaged(`${text.slice(0, 40)} is no integer`);
  return narrow(BigInt(text.replace('+', '')));
}

function float(m: Machine, line: string): number {
  const text = line.trim().toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
  if (special) return special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text))
    throw m.damaged(`${text.slice(0, 40)} is no number`);
  return Number(text);
}

/** A Python string literal, as protocol 0 writes byte strings. */
function unquoted(m: Machine, line: string): string {
  const match = /^(['"])(.*)\1$/s.exec(line.trim());
  if (!match) throw m.damaged('a text has no quotes');
  return (match[2] ?? '').replace(/\\(x[\da-fA-F]{2}|[\s\S])/g, (_, code: string) =>
    code.startsWith('x') ? String.fromCharCode(parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
  );
}

const escapes: Partial<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

const latin1 = new TextDecoder('latin1');

function rawUnicode(line: string): string {
  return line.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (all, short?: string, long?: string) => {
    const point = parseInt(short ?? long ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
