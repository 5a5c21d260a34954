/** Instructions by number, and how long they are: https://webassembly.github.io/spec/core/binary/instructions.html */
import type { ByteReader } from './bytes.ts';

export const opcodes = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  try: 0x06,
  end: 0x0b,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  delegate: 0x18,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i64Load: 0x29,
  i64Load32Unsigned: 0x35,
  i64Store: 0x37,
  i64Store32: 0x3e,
  i64Const: 0x42,
  i64Or: 0x84,
  i64ShiftLeft: 0x86,
  i64ShiftRightUnsigned: 0x88,
  i32WrapI64: 0xa7,
  i64ExtendI32Unsigned: 0xad,
  i32ReinterpretF32: 0xbc,
  i64ReinterpretF64: 0xbd,
  /** Before the number of an instruction on 128-bit values. */
  simd: 0xfd,
} as const;

/** Types of values, and of blocks that give nothing. */
export const types = { i32: 0x7f, i64: 0x7e, v128: 0x7b, nothing: 0x40 } as const;

/**
 * Moves behind what follows an opcode; false for instructions that are not listed here. Those with a block's type, on
 * locals, calls and on 128-bit values are for the caller.
 */
export function skipImmediates(code: ByteReader, opcode: number): boolean {
  if (isPlain(opcode)) return true;
  if (opcode >= 0x28 && opcode <= 0x3e) {
    // Alignment and offset.
    code.unsigned();
    code.unsigned();
    return true;
  }
  switch (opcode) {
    // catch, throw, rethrow, br, br_if, delegate, global.get, global.set, table.get, table.set, memory.size,
    // memory.grow, ref.func
    case 0x07:
    case 0x08:
    case 0x09:
    case 0x0c:
    case 0x0d:
    case 0x18:
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x26:
    case 0x3f:
    case 0x40:
    case 0xd2:
      code.unsigned();
      return true;
    // br_table
    case 0x0e:
      for (let labels = code.unsigned() + 1; labels > 0; labels -= 1) code.unsigned();
      return true;
    // i32.const, i64.const, ref.null
    case 0x41:
    case 0x42:
    case 0xd0:
      code.skipSigned();
      return true;
    // f32.const, f64.const
    case 0x43:
      code.take(4);
      return true;
    case 0x44:
      code.take(8);
      return true;
    case 0xfc:
      skipBulk(code, code.unsigned());
      return true;
    case 0xfe:
      // atomic.fence names a memory; the others have alignment and offset.
      if (code.unsigned() !== 3) code.unsigned();
      code.unsigned();
      return true;
    default:
      return false;
  }
}

/** unreachable, nop, else, throw_ref, return, catch_all, drop, select, numeric instructions, ref.is_null. */
function isPlain(opcode: number): boolean {
  return (
    opcode <= 0x01 ||
    opcode === 0x05 ||
    opcode === 0x0a ||
    opcode === 0x0f ||
    (opcode >= 0x19 && opcode <= 0x1b) ||
    (opcode >= 0x45 && opcode <= 0xc4) ||
    opcode === 0xd1
  );
}

/** Saturating conversions have nothing after them; operations on memories and tables name one or two. */
function skipBulk(code: ByteReader, number: number): void {
  if (number < 8) return;
  code.unsigned();
  if (number === 8 || number === 10 || number === 12 || number === 14) code.unsigned();
}
