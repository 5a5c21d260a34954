/** Instructions that move 128-bit values and compute nothing, on pairs of 64-bit values: the low half below the high. */
import { ByteWriter, type ByteReader } from './bytes.ts';
import { opcodes } from './instructions.ts';

/** Locals for what is in the way on the stack. */
export interface Scratch {
  /** i32 */
  address: number;
  /** i64 */
  low: number;
  /** i64 */
  high: number;
}

interface Move {
  /** By how many 128-bit values the stack grows. */
  grows: 1 | -1;
  /** Reads what follows the opcode, and writes what does the same on pairs. */
  write: (out: Writer, code: ByteReader, scratch: Scratch) => void;
}

/** By the number after the prefix of instructions on 128-bit values. */
export const moves: ReadonlyMap<number, Move> = new Map<number, Move>([
  // v128.load, v128.store, v128.const
  [0x00, { grows: 1, write: load }],
  [0x0b, { grows: -1, write: store }],
  [0x0c, { grows: 1, write: constant }],
  // i32x4.splat, i64x2.splat, f32x4.splat, f64x2.splat
  [0x11, { grows: 1, write: splat32 }],
  [0x12, { grows: 1, write: splat64 }],
  [0x13, { grows: 1, write: splatFloat32 }],
  [0x14, { grows: 1, write: splatFloat64 }],
  // i32x4.extract_lane, i64x2.extract_lane
  [0x1b, { grows: -1, write: extract32 }],
  [0x1d, { grows: -1, write: extract64 }],
  // v128.store32_lane, v128.store64_lane
  [0x5a, { grows: -1, write: storeLane32 }],
  [0x5b, { grows: -1, write: storeLane64 }],
  // v128.load32_zero, v128.load64_zero
  [0x5c, { grows: 1, write: loadZero32 }],
  [0x5d, { grows: 1, write: loadZero64 }],
]);

/** Writes instructions on locals, constants and memory. */
export class Writer extends ByteWriter {
  get(local: number): void {
    this.#onLocal(opcodes.localGet, local);
  }

  set(local: number): void {
    this.#onLocal(opcodes.localSet, local);
  }

  tee(local: number): void {
    this.#onLocal(opcodes.localTee, local);
  }

  /** Takes a pair off the stack. */
  setPair({ low, high }: { low: number; high: number }): void {
    this.set(high);
    this.set(low);
  }

  constant(value: bigint): void {
    this.write([opcodes.i64Const]);
    this.signed(value);
  }

  /** Loads or stores 64 bits, or 32 of them; `alignment` is the power of two that was promised. */
  access(opcode: number, alignment: number, offset: number): void {
    const largest = opcode === opcodes.i64Load32Unsigned || opcode === opcodes.i64Store32 ? 2 : 3;
    this.write([opcode]);
    this.unsigned(Math.min(alignment, largest));
    this.unsigned(offset);
  }

  #onLocal(opcode: number, local: number): void {
    this.write([opcode]);
    this.unsigned(local);
  }
}

function load(out: Writer, code: ByteReader, { address }: Scratch): void {
  const [alignment, offset] = placeOf(code);
  out.tee(address);
  out.access(opcodes.i64Load, alignment, offset);
  out.get(address);
  out.access(opcodes.i64Load, alignment, offset + 8);
}

function store(out: Writer, code: ByteReader, scratch: Scratch): void {
  const [alignment, offset] = placeOf(code);
  out.setPair(scratch);
  out.tee(scratch.address);
  out.get(scratch.low);
  out.access(opcodes.i64Store, alignment, offset);
  out.get(scratch.address);
  out.get(scratch.high);
  out.access(opcodes.i64Store, alignment, offset + 8);
}

function constant(out: Writer, code: ByteReader): void {
  const { buffer, byteOffset } = code.take(16);
  const value = new DataView(buffer, byteOffset);
  out.constant(value.getBigInt64(0, true));
  out.constant(value.getBigInt64(8, true));
}

function splat64(out: Writer, _code: ByteReader, { low }: Scratch): void {
  out.tee(low);
  out.get(low);
}

function splat32(out: Writer, code: ByteReader, scratch: Scratch): void {
  out.write([opcodes.i64ExtendI32Unsigned]);
  splat64(out, code, scratch);
  out.constant(32n);
  out.write([opcodes.i64ShiftLeft, opcodes.i64Or]);
  splat64(out, code, scratch);
}

function splatFloat32(out: Writer, code: ByteReader, scratch: Scratch): void {
  out.write([opcodes.i32ReinterpretF32]);
  splat32(out, code, scratch);
}

function splatFloat64(out: Writer, code: ByteReader, scratch: Scratch): void {
  out.write([opcodes.i64ReinterpretF64]);
  splat64(out, code, scratch);
}

function extract32(out: Writer, code: ByteReader, scratch: Scratch): void {
  out.setPair(scratch);
  pick32(out, code.byte(), scratch);
  out.write([opcodes.i32WrapI64]);
}

function extract64(out: Writer, code: ByteReader, scratch: Scratch): void {
  out.setPair(scratch);
  pick64(out, code.byte(), scratch);
}

function storeLane32(out: Writer, code: ByteReader, scratch: Scratch): void {
  const [alignment, offset] = placeOf(code);
  out.setPair(scratch);
  pick32(out, code.byte(), scratch);
  out.access(opcodes.i64Store32, alignment, offset);
}

function storeLane64(out: Writer, code: ByteReader, scratch: Scratch): void {
  const [alignment, offset] = placeOf(code);
  out.setPair(scratch);
  pick64(out, code.byte(), scratch);
  out.access(opcodes.i64Store, alignment, offset);
}

function loadZero32(out: Writer, code: ByteReader): void {
  loadLow(out, code, opcodes.i64Load32Unsigned);
}

function loadZero64(out: Writer, code: ByteReader): void {
  loadLow(out, code, opcodes.i64Load);
}

/** Pushes a lane of 64 bits of the pair in the scratch locals. */
function pick64(out: Writer, lane: number, { low, high }: Scratch): void {
  out.get(lane === 0 ? low : high);
}

/** Pushes a lane of 32 bits of the pair, in the low half of 64. */
function pick32(out: Writer, lane: number, scratch: Scratch): void {
  pick64(out, lane >> 1, scratch);
  if (lane % 2 === 0) return;
  out.constant(32n);
  out.write([opcodes.i64ShiftRightUnsigned]);
}

function loadLow(out: Writer, code: ByteReader, opcode: number): void {
  const [alignment, offset] = placeOf(code);
  out.access(opcode, alignment, offset);
  out.constant(0n);
}

/** Alignment, as a power of two, and offset of an access to memory. */
function placeOf(code: ByteReader): [number, number] {
  return [code.unsigned(), code.unsigned()];
}
