import type { Expression, FormattedField, FormattedPart } from '../syntax';
import { betweenCommas, children, type SyntaxNode } from './nodes';
import type { Reader } from './reader';

/** A string, an f-string, or several of them in a row, which are one. */
export function stringOf(reader: Reader, node: SyntaxNode): Expression {
  const place = reader.placeOf(node);
  const pieces = (node.name === 'ContinuedString' ? children(node) : [node]).map((piece) =>
    readPiece(reader, piece),
  );
  if (pieces.some(({ isBytes }) => isBytes)) {
    if (!pieces.every(({ isBytes }) => isBytes)) throw reader.fail(node, 'bytes and text cannot be joined');
    return { kind: 'bytes', text: textOf(pieces.flatMap(({ parts }) => parts)), ...place };
  }
  const parts = joinTexts(pieces.flatMap((piece) => piece.parts));
  if (pieces.some(({ isFormat }) => isFormat)) return { kind: 'formatted', parts, ...place };
  return { kind: 'constant', value: textOf(parts), ...place };
}

interface Piece {
  parts: FormattedPart[];
  isBytes: boolean;
  isFormat: boolean;
}

function readPiece(reader: Reader, node: SyntaxNode): Piece {
  const text = reader.textOf(node);
  const [opening = '', prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(text) ?? [];
  const isRaw = /r/i.test(prefix);
  const decode = (from: number, to: number) => {
    const raw = reader.text.slice(from, to).replaceAll(/\r\n?/g, '\n');
    return isRaw ? raw : unescapeText(raw, () => reader.fail(node, 'an escape of this string is incomplete'));
  };
  const from = node.from + opening.length;
  const to = node.to - quote.length;
  const isBytes = /b/i.test(prefix);
  if (!/f/i.test(prefix)) return { parts: [decode(from, to)], isBytes, isFormat: false };
  return { parts: readParts(reader, node, from, to, decode), isBytes, isFormat: true };
}

/** Text and fields in turn, between two positions of the source. */
function readParts(
  reader: Reader,
  node: SyntaxNode,
  from: number,
  to: number,
  decode: (from: number, to: number) => string,
): FormattedPart[] {
  const parts: FormattedPart[] = [];
  let at = from;
  const addText = (end: number) => {
    parts.push(decode(at, end).replaceAll('{{', '{').replaceAll('}}', '}'));
  };
  for (const field of children(node).filter(({ name }) => name === 'FormatReplacement')) {
    addText(field.from);
    parts.push(reader.deepen(field, () => readField(reader, field, decode)));
    at = field.to;
  }
  addText(to);
  return joinTexts(parts);
}

function readField(
  reader: Reader,
  node: SyntaxNode,
  decode: (from: number, to: number) => string,
): FormattedField {
  const nodes = children(node);
  const inside = nodes.slice(1, -1);
  const special = (name: string) => inside.find((child) => child.name === name);
  const values = inside.filter(({ name }) => !name.startsWith('Format') || name === 'FormatString');
  const conversion = special('FormatConversion');
  const format = special('FormatSpec');
  const end = conversion ?? format ?? nodes.at(-1);
  return {
    value: valueOf(reader, node, values),
    conversion: conversion ? (reader.textOf(conversion).slice(1) as 's' | 'r' | 'a') : null,
    format: format ? readParts(reader, format, format.from + 1, format.to, decode) : [],
    label: special('FormatSelfDoc') ? reader.text.slice(node.from + 1, end?.from) : null,
  };
}

function valueOf(reader: Reader, node: SyntaxNode, values: SyntaxNode[]): Expression {
  const groups = betweenCommas(values);
  const items = groups.map(([first, second]): Expression => {
    if (first?.name === '*' && second)
      return { kind: 'starred', value: reader.expression(second), ...reader.placeOf(first) };
    if (!first) throw reader.fail(node, 'there is nothing between the braces');
    return reader.expression(first);
  });
  const [only] = items;
  if (only && items.length === 1 && values.length === 1) return only;
  return { kind: 'tuple', items, ...reader.placeOf(node) };
}

function textOf(parts: readonly FormattedPart[]): string {
  return parts.filter((part) => typeof part === 'string').join('');
}

function joinTexts(parts: readonly FormattedPart[]): FormattedPart[] {
  const joined: FormattedPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/** @see https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
function unescapeText(text: string, incomplete: () => Error): string {
  return text.replaceAll(ESCAPE, (whole, hex?: string, octal?: string, one: string = '') => {
    const point = hex === undefined ? parseInt(octal ?? '', 8) : parseInt(hex.slice(1), 16);
    if (point > 0x10ffff) throw incomplete();
    if (point >= 0) return String.fromCodePoint(point);
    if (/[xuUN]/.test(one)) throw incomplete();
    return escapes.get(one) ?? whole;
  });
}

const ESCAPE = /\\(?:(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([0-7]{1,3})|([^]))/g;

const escapes: ReadonlyMap<string, string> = new Map([
  ...([
    ['\n', ''],
    ['\\', '\\'],
    ["'", "'"],
    ['"', '"'],
  ] as const),
  ...([
    ['a', '\x07'],
    ['b', '\b'],
    ['f', '\f'],
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
    ['v', '\v'],
  ] as const),
]);
