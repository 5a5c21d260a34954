import type { Machine } from './machine';
import { narrow } from './values';

/** A number that counts or points somewhere. */
export function whole(m: Machine, line: string): number {
  const value = Number(line);
  if (!Number.isSafeInteger(value) || value < 0) throw m.damaged(`the number ${line} is impossible`);
  return value;
}

/** An integer of any length, as decimal text. */
export function integer(m: Machine, line: string): number | bigint {
  const text = line.trim();
  if (!/^[+-]?\d{1,9000}$/.test(text)) throw m.damaged(`${text.slice(0, 40)} is no integer`);
  return narrow(BigInt(text.replace('+', '')));
}

/** A float as Python writes it. */
export function float(m: Machine, line: string): number {
  const text = line.trim().toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
  if (special) return special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text))
    throw m.damaged(`${text.slice(0, 40)} is no number`);
  return Number(text);
}

/** A Python string literal, as protocol 0 writes byte strings. */
export function unquoted(m: Machine, line: string): string {
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

/** Text in which `\\u` and eight-digit `\\U` stand for characters, as protocol 0 writes it. */
export function rawUnicode(line: string): string {
  return line.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (all, short?: string, long?: string) => {
    const point = parseInt(short ?? long ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
