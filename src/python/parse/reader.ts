import { AppError } from '../../core/problem';
import type { Expression, Place } from '../syntax';
import type { SyntaxNode } from './nodes';

/** CPython refuses 200 brackets in each other and 100 indentations; real sources stay under 40. */
const MAX_NESTING = 200;

/** A node of which only the place is not known yet. */
export type Unplaced<T> = T extends unknown ? Omit<T, keyof Place> : never;

/** A source being read: its text, its places, its failures, and how deep the reading is. */
export class Reader {
  readonly text: string;
  readonly file: string;
  readonly lines: readonly string[];
  /** Translates a node of an expression: here so that strings and parameters, which hold expressions, can ask. */
  readonly expression: (node: SyntaxNode) => Expression;
  readonly #starts: readonly number[];
  #depth = 0;

  constructor(text: string, file: string, expression: (node: SyntaxNode) => Expression) {
    this.text = text;
    this.file = file;
    this.expression = expression;
    const ends = [...text.matchAll(/\r\n?|\n/g)];
    this.#starts = [0, ...ends.map((end) => end.index + end[0].length)];
    this.lines = this.#starts.map((start, index) => text.slice(start, ends[index]?.index ?? text.length));
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  placeOf(node: SyntaxNode): Place {
    return this.#place(node.from);
  }

  /** The error that says why the text at a node, or at a position in the text, is not Python. */
  fail(at: SyntaxNode | number, reason: string): AppError {
    return new AppError('python_syntax', { ...this.#where(at), reason });
  }

  /** The error that says what is too much there. */
  limit(at: SyntaxNode | number, what: string): AppError {
    return new AppError('python_limit', { ...this.#where(at), what });
  }

  /** Reads something one level deeper. */
  deepen<T>(node: SyntaxNode, read: () => T): T {
    this.#depth += 1;
    this.checkNesting(node, this.#depth);
    const value = read();
    this.#depth -= 1;
    return value;
  }

  checkNesting(node: SyntaxNode, levels: number): void {
    if (levels > MAX_NESTING) throw this.limit(node, `more than ${MAX_NESTING} levels lie in each other`);
  }

  #where(at: SyntaxNode | number) {
    const place = this.#place(typeof at === 'number' ? at : at.from);
    return { file: this.file, ...place, text: (this.lines[place.line - 1] ?? '').trim() };
  }

  #place(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
