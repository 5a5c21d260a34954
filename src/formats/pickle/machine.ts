import type { Named, Value } from '../../core/checkpoint';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import type { Scope, Site } from './scope';
import { narrow } from './values';

/** Values waiting to be put together; a state dict of 100,000 tensors needs a few times as many. */
const MAX_STACK = 10_000_000;
/** Entries of the memo; the largest state dicts known need under a million. */
const MAX_MEMO = 10_000_000;
/** Values copied by rebuilds: a short pickle can ask for the same long list to be copied again and again. */
const MAX_WORK = 10_000_000;
/** Digits of an integer; the largest in a checkpoint are seeds of a few hundred. */
const MAX_LONG_BYTES = 4096;
/** A line of the text protocols: one name or number. */
const MAX_LINE_BYTES = 64 * 1024;

/** How many values may wait and be remembered. */
export interface Limits {
  stack: number;
  memo: number;
}

/** Thrown when the bytes at hand end before the pickle does; a caller with more bytes tries again. */
export class PickleEnds extends Error {
  readonly needed: number;

  constructor(needed: number) {
    super('the pickle goes on');
    this.needed = needed;
  }
}

/**
 * The stack, the memo and the reading position of a pickle being read. It makes lists, dicts and names and calls
 * nothing but the scope's rebuild functions.
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export class Machine implements Site {
  at: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly scope: Scope;
  readonly memo = new Map<number, Value>();
  readonly #became = new Map<Value, Value>();
  #stack: Value[] = [];
  readonly #marks: Value[][] = [];
  #held = 0;
  #work = 0;
  readonly #limits: Limits;
  readonly #view: DataView;

  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    start: number,
    scope: Scope,
    { stack = MAX_STACK, memo = MAX_MEMO }: Partial<Limits> = {},
  ) {
    this.#limits = { stack, memo };
    this.bytes = bytes;
    this.at = start;
    this.scope = scope;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  damaged(reason: string): AppError {
    return new AppError('file_damaged', { file: this.scope.file, place: this.place, reason });
  }

  /** The byte being read, for sentences. */
  get place(): string {
    return `${this.scope.part}, byte ${formatCount(this.at)}`;
  }

  spend(count: number): void {
    this.#work += count;
    if (this.#work > MAX_WORK) throw this.damaged('the pickle asks for more work than any real one');
  }

  push(value: Value): void {
    this.#stack.push(value);
    if (this.#stack.length + this.#held > this.#limits.stack) throw this.damaged('the pickle is too deep');
  }

  pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) throw this.damaged('a value is taken where there is none');
    return value;
  }

  /** The top value, which stays. */
  peek(): Value {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.damaged('a value is needed where there is none');
    return value;
  }

  mark(): void {
    this.#held += this.#stack.length + 1;
    if (this.#held > this.#limits.stack) throw this.damaged('the pickle is too deep');
    this.#marks.push(this.#stack);
    this.#stack = [];
  }

  /** Drops the values since the last mark, or the mark, or one value: what `POP` does. */
  drop(): void {
    if (this.#stack.length === 0 && this.#marks.length > 0) this.sinceMark();
    else this.pop();
  }

  /** The values since the last mark, which are taken away with it. */
  sinceMark(): Value[] {
    const values = this.#stack;
    const before = this.#marks.pop();
    if (before === undefined) throw this.damaged('a group ends that never began');
    this.#stack = before;
    this.#held -= before.length + 1;
    return values;
  }

  remember(key: number): void {
    this.memo.set(key, this.peek());
    if (this.memo.size > this.#limits.memo) throw this.damaged('the pickle remembers too many values');
  }

  recall(key: number): void {
    const value = this.memo.get(key);
    if (value === undefined) throw this.damaged(`value ${key} is used before it is made`);
    this.push(this.#became.get(value) ?? value);
  }

  /** Puts the value that an object turned out to be in the place of that object. */
  become(before: Value, after: Value): Value {
    this.#became.set(before, after);
    return after;
  }

  /** Bytes from the position on, which moves behind them; shares memory. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const end = this.at + count;
    if (end > this.bytes.length) throw new PickleEnds(end);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    this.take(2);
    return this.#view.getUint16(this.at - 2, true);
  }

  int32(): number {
    this.take(4);
    return this.#view.getInt32(this.at - 4, true);
  }

  uint32(): number {
    this.take(4);
    return this.#view.getUint32(this.at - 4, true);
  }

  /** A length of eight bytes; throws beyond what a file can have. */
  length(): number {
    this.take(8);
    const length = this.#view.getBigUint64(this.at - 8, true);
    if (length > Number.MAX_SAFE_INTEGER)
      throw this.damaged(`a value says it has ${formatCount(Number(length))} bytes`);
    return Number(length);
  }

  float64(): number {
    this.take(8);
    return this.#view.getFloat64(this.at - 8, false);
  }

  /** A little-endian two's complement integer of any length. */
  long(count: number): number | bigint {
    if (count > MAX_LONG_BYTES) throw this.damaged(`an integer has ${formatCount(count)} bytes`);
    const bytes = this.take(count);
    if (count === 0) return 0;
    // From hexadecimal: byte by byte a long one would take the square of its length.
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).reverse();
    return narrow(BigInt.asIntN(count * 8, BigInt(`0x${hex.join('')}`)));
  }

  /** A line of text, without its end; protocol 0 writes texts as Latin-1 with escapes. */
  line(decoder = utf8): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) {
      if (this.bytes.length - this.at > MAX_LINE_BYTES) throw this.damaged('a line never ends');
      throw new PickleEnds(this.bytes.length + 1);
    }
    if (end - this.at > MAX_LINE_BYTES) throw this.damaged(`a line has ${formatCount(end - this.at)} bytes`);
    const text = decoder.decode(this.take(end - this.at));
    this.at += 1;
    return text.endsWith('\r') && decoder === utf8 ? text.slice(0, -1) : text;
  }

  text(count: number): string {
    return utf8.decode(this.take(count));
  }

  /** A class or function by name: noted as imported, never looked up. */
  named(module: string, name: string): Named {
    const full = `${module}.${name}`;
    this.scope.imports.add(full);
    return { kind: 'named', name: full };
  }
}

/** Python's `surrogatepass` writes halves of pairs, which no text has; they come out as �. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
