/**
 * Rewrites a WebAssembly module so that WebKit starts it sooner.
 *
 * WebKit interprets functions until they are called often, but not those with 128-bit values: each of them is compiled
 * when it is first called, the caller waits, and every thread that runs scripts is stopped for a moment. Compilers use
 * 128-bit values also where nothing is computed, to clear and to copy structures: ONNX Runtime's first session calls
 * some thousands of such functions once. Here a function whose 128-bit values are only moved, and in no loop, moves
 * two 64-bit values for each instead; what computes, and what runs often, keeps its SIMD.
 *
 * Binary format: https://webassembly.github.io/spec/core/binary/modules.html
 */
import { ByteReader, ByteWriter } from './bytes.ts';
import { opcodes, skipImmediates, types } from './instructions.ts';
import { moves, Writer, type Scratch } from './moves.ts';

const SECTION = { type: 1, import: 2, function: 3, code: 10 } as const;
const HEADER_BYTES = 8;
const FUNCTION_TYPE = 0x60;

interface FunctionType {
  params: number;
  /** Whether a 128-bit value is taken or given. */
  isWide: boolean;
}

interface Module {
  types: FunctionType[];
  /** The type of each function, imported ones first. */
  functions: FunctionType[];
}

/** The module with narrowed functions, and how many of how many; throws a RangeError or a TypeError on what is none. */
export function narrowMoves(bytes: Uint8Array): {
  bytes: Uint8Array<ArrayBuffer>;
  narrowed: number;
  functions: number;
} {
  const reader = new ByteReader(bytes);
  const out = new ByteWriter();
  out.write(reader.take(HEADER_BYTES));
  const module: Module = { types: [], functions: [] };
  let narrowed = 0;
  let functions = 0;
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const content = reader.take(reader.unsigned());
    out.write([id]);
    if (id !== SECTION.code) {
      readSection(id, new ByteReader(content), module);
      out.sized(content);
      continue;
    }
    const section = new ByteReader(content);
    functions = section.unsigned();
    const imported = module.functions.length - functions;
    const code = new ByteWriter();
    code.unsigned(functions);
    for (let i = 0; i < functions; i += 1) {
      const body = section.take(section.unsigned());
      const narrow = narrowFunction(body, known(module.functions, imported + i), module);
      if (narrow) narrowed += 1;
      code.sized(narrow ?? body);
    }
    out.sized(code.bytes);
  }
  return { bytes: out.bytes, narrowed, functions };
}

function readSection(id: number, section: ByteReader, { types, functions }: Module): void {
  if (id === SECTION.type) {
    for (let i = section.unsigned(); i > 0; i -= 1) types.push(readFunctionType(section));
  } else if (id === SECTION.import) {
    for (let i = section.unsigned(); i > 0; i -= 1) {
      const type = readImport(section);
      if (type !== null) functions.push(known(types, type));
    }
  } else if (id === SECTION.function) {
    for (let i = section.unsigned(); i > 0; i -= 1) functions.push(known(types, section.unsigned()));
  }
}

function readFunctionType(section: ByteReader): FunctionType {
  if (section.byte() !== FUNCTION_TYPE)
    throw new TypeError('The WebAssembly has types other than functions.');
  const params = section.take(section.unsigned());
  const results = section.take(section.unsigned());
  return { params: params.length, isWide: params.includes(types.v128) || results.includes(types.v128) };
}

/** The number of an imported function's type; null for what is no function. */
function readImport(section: ByteReader): number | null {
  section.take(section.unsigned());
  section.take(section.unsigned());
  switch (section.byte()) {
    case 0:
      return section.unsigned();
    case 1:
      section.byte();
      skipLimits(section);
      return null;
    case 2:
      skipLimits(section);
      return null;
    case 3:
      section.take(2);
      return null;
    default:
      section.byte();
      section.unsigned();
      return null;
  }
}

function skipLimits(section: ByteReader): void {
  const flags = section.byte();
  section.unsigned();
  if (flags & 1) section.unsigned();
}

/** A function's body on pairs; null for one that has no 128-bit values, or does more with them than move them. */
function narrowFunction(body: Uint8Array, type: FunctionType, module: Module): Uint8Array | null {
  if (type.isWide) return null;
  const code = new ByteReader(body);
  const locals = readLocals(code);
  const places: Place[] = Array.from({ length: type.params }, (_, local) => ({ local, isWide: false }));
  const narrow: number[] = [];
  for (const local of locals) {
    const isWide = local === types.v128;
    places.push({ local: type.params + narrow.length, isWide });
    narrow.push(...(isWide ? [types.i64, types.i64] : [local]));
  }
  const address = type.params + narrow.length;
  const scratch = { address, low: address + 1, high: address + 2 };
  const out = new Writer();
  writeLocals(out, [...narrow, types.i32, types.i64, types.i64]);
  const isMoved = narrowCode(code, out, { places, scratch, module });
  return isMoved ? out.bytes : null;
}

/** Where a local went: a 128-bit one became two. */
interface Place {
  local: number;
  isWide: boolean;
}

interface Frame {
  places: readonly Place[];
  scratch: Scratch;
  module: Module;
}

/** Whether there was something to move, and it was only moved. */
function narrowCode(code: ByteReader, out: Writer, { places, scratch, module }: Frame): boolean {
  /** The blocks around an instruction: whether each is a loop. */
  const blocks: boolean[] = [];
  /** 128-bit values on the stack: what `drop` and `select` do with one cannot be seen, but it is missing in the end. */
  let values = 0;
  let count = 0;
  while (!code.isAtEnd) {
    const from = code.at;
    const opcode = code.byte();
    switch (opcode) {
      case opcodes.block:
      case opcodes.loop:
      case opcodes.if:
      case opcodes.try:
        if (hasWideType(code, module)) return false;
        blocks.push(opcode === opcodes.loop);
        break;
      case opcodes.end:
        blocks.pop();
        break;
      case opcodes.delegate:
        skipImmediates(code, opcode);
        blocks.pop();
        break;
      case opcodes.call:
      case opcodes.returnCall:
        if (known(module.functions, code.unsigned()).isWide) return false;
        break;
      case opcodes.callIndirect:
      case opcodes.returnCallIndirect:
        if (known(module.types, code.unsigned()).isWide) return false;
        code.unsigned();
        break;
      case opcodes.localGet:
      case opcodes.localSet:
      case opcodes.localTee: {
        const { local, isWide } = known(places, code.unsigned());
        if (isWide && blocks.includes(true)) return false;
        if (isWide) {
          values += moveLocal(out, opcode, local);
          count += 1;
        } else {
          out.write([opcode]);
          out.unsigned(local);
        }
        continue;
      }
      case opcodes.simd: {
        const move = moves.get(code.unsigned());
        if (!move || blocks.includes(true)) return false;
        move.write(out, code, scratch);
        values += move.grows;
        count += 1;
        continue;
      }
      default:
        if (!skipImmediates(code, opcode)) return false;
    }
    out.write(code.since(from));
  }
  return count > 0 && values === 0;
}

/** Moves a local's pair between it and the stack; gives by how many 128-bit values the stack grows. */
function moveLocal(out: Writer, opcode: number, low: number): number {
  const high = low + 1;
  switch (opcode) {
    case opcodes.localGet:
      out.get(low);
      out.get(high);
      return 1;
    case opcodes.localSet:
      out.setPair({ low, high });
      return -1;
    default:
      out.set(high);
      out.tee(low);
      out.get(high);
      return 0;
  }
}

/** Reads a block's type: whether it takes or gives 128-bit values, or references, of which nothing is known here. */
function hasWideType(code: ByteReader, module: Module): boolean {
  const from = code.at;
  const type = code.byte();
  // Negative numbers are types of values.
  if (type >= 0x40 && type < 0x80) return type === types.v128 || (type < 0x7b && type !== types.nothing);
  code.at = from;
  return known(module.types, code.unsigned()).isWide;
}

/** The types of a function's locals, one by one. */
function readLocals(code: ByteReader): number[] {
  const locals: number[] = [];
  for (let groups = code.unsigned(); groups > 0; groups -= 1) {
    const count = code.unsigned();
    locals.push(...new Array<number>(count).fill(code.byte()));
  }
  return locals;
}

function writeLocals(out: Writer, locals: readonly number[]): void {
  const groups: { type: number; count: number }[] = [];
  for (const type of locals) {
    const last = groups.at(-1);
    if (last?.type === type) last.count += 1;
    else groups.push({ type, count: 1 });
  }
  out.unsigned(groups.length);
  for (const { type, count } of groups) {
    out.unsigned(count);
    out.write([type]);
  }
}

function known<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new TypeError(`The WebAssembly names number ${index} of ${list.length}.`);
  return item;
}
