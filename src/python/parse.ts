import { formatCount } from '../core/format';
import { parser } from '@lezer/python';
import { fillGaps } from './parse/gaps';
import { children, type SyntaxNode } from './parse/nodes';
import { expression } from './parse/expressions';
import { Reader } from './parse/reader';
import { block } from './parse/statements';
import type { Module } from './syntax';

/** The longest source of a model at hand, TorchScript's of a detector, has 350 KB; this is a second of reading. */
const MAX_CHARACTERS = 2 ** 21;

/**
 * Reads the text of a Python 3 source (or of TorchScript's code, which is the same language). Nothing is run.
 * Throws `python_syntax` with the place, and `python_limit` for what is longer or deeper than any real source.
 */
export function parsePython(text: string, file: string): Module {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const reader: Reader = new Reader(plain, file, (node) => expression(reader, node));
  if (plain.length > MAX_CHARACTERS)
    throw reader.limit(0, `the source has more than ${formatCount(MAX_CHARACTERS)} characters`);
  const tree = treeOf(fillGaps(plain), reader);
  return { file, lines: reader.lines, body: block(reader, children(tree)) };
}

function treeOf(text: string, reader: Reader): SyntaxNode {
  try {
    return strict.parse(text).topNode;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    let place = Number(/\d+$/.exec(error.message)?.[0] ?? 0);
    if (BARE_YIELD.test(text)) {
      const { topNode } = parser.parse(text);
      const other = firstError(topNode);
      if (!other) return topNode;
      place = other.from;
    }
    throw reader.fail(Math.min(place, text.length), 'this is not Python');
  }
}

const strict = parser.configure({ strict: true });
const BARE_YIELD = /\byield[ \t]*(?:$|[)#;\r\n])/m;

/**
 * The first place that the grammar could not read. It wants a value behind every `yield`; what it makes up for one
 * that has none is an empty node, and no error.
 */
function firstError(root: SyntaxNode): SyntaxNode | null {
  const cursor = root.cursor();
  do {
    if (!cursor.type.isError) continue;
    const { node } = cursor;
    if (node.from !== node.to || !/^Yield/.test(node.parent?.name ?? '')) return node;
  } while (cursor.next());
  return null;
}
