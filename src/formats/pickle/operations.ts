import type { Sequence, Value } from '../../core/checkpoint';
import { build, call, named } from './calls';
import { float, integer, rawUnicode, unquoted, whole } from './literals';
import type { Machine } from './machine';
import { dictionary } from './values';

const latin1 = new TextDecoder('latin1');

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
