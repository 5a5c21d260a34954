import type { Cursor } from '../../core/cursor';
import { formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import type { Message } from './layout';
import type { Sink } from './sink';

/** Where a walk through an ONNX file is, and what it has made. */
export interface Walk {
  name: string;
  cursor: Cursor;
  sink: Sink;
  cuts: Cut[];
  frames: Frame[];
  messages: number;
  fields: number;
}

/** A stretch of the file: the elements of one tensor, packed little-endian. */
export interface Cut {
  field: number;
  start: number;
  end: number;
}

/** A message that is open. */
export interface Frame {
  message: Message;
  /** Where the message says it ends; may lie behind the end of the file until a read notices. */
  end: number;
  /** The length to fill in when the message is closed; -1 for the file itself. */
  opened: number;
  label: string;
  cut: boolean;
  children: number;
}

/** A number of at most 32 bits: a tag or a length. Throws `file_damaged` or `file_truncated`. */
export function readVarint(walk: Walk, frame: Frame): number {
  let value = 0;
  for (let scale = 1; scale < 2 ** 70; scale *= 128) {
    const byte = readByte(walk, frame);
    value += (byte & 0x7f) * scale;
    if (byte >= 0x80) continue;
    if (value >= 2 ** 32) throw damaged(walk, `gives a length of ${formatCount(value)} bytes`);
    return value;
  }
  throw damaged(walk, 'has a number of more than 64 bits');
}

/** The bytes of a variable-length number of at most 64 bits; throws as `readVarint` does. */
export function readDigits(walk: Walk, frame: Frame): number[] {
  const digits: number[] = [];
  while (digits.length < 10) {
    const byte = readByte(walk, frame);
    digits.push(byte);
    if (byte < 0x80) return digits;
  }
  throw damaged(walk, 'has a number of more than 64 bits');
}

function readByte(walk: Walk, frame: Frame): number {
  if (walk.cursor.at >= frame.end) throw damaged(walk, 'ends inside a number');
  const byte = walk.cursor.byte();
  if (byte < 0) throw truncated(walk, frame.end - walk.cursor.at);
  return byte;
}

/** What is wrong with a part that does not fit the message around it. */
export function tooLong(walk: Walk, frame: Frame, length: number): AppError {
  const atTheEnd = frame.end >= walk.cursor.size;
  return atTheEnd && length > walk.cursor.left
    ? truncated(walk, length)
    : damaged(
        walk,
        `has a part of ${formatCount(length)} bytes in its last ${formatCount(frame.end - walk.cursor.at)}`,
      );
}

/** The file ends before `expected` more bytes. */
export function truncated(walk: Walk, expected: number): AppError {
  const detail = { file: walk.name, place: place(walk), expected, found: Math.max(0, walk.cursor.left) };
  return new AppError('file_truncated', detail);
}

/** The file is no protobuf of ONNX at this place. */
export function damaged(walk: Walk, reason: string): AppError {
  return new AppError('file_damaged', { file: walk.name, place: place(walk), reason });
}

function place(walk: Walk): string {
  return walk.frames
    .slice(walk.frames.length > 2 ? 1 : 0)
    .map((frame) => frame.label)
    .join(', ');
}
