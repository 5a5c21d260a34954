import { Cursor } from '../../core/cursor';
import type { Job } from '../../core/job';
import { nested, tensorField, wire, type Message } from './layout';
import { createSink } from './sink';
import { damaged, readDigits, readVarint, tooLong, truncated, type Cut, type Frame, type Walk } from './walk';

/** Elements shorter than this stay in the skeleton; the overhead of a slice is about this size. */
const CUT_BYTES = 1024;
/** Four subgraphs deep is the most seen; protobuf-es itself ends at 100 messages. */
const MAX_DEPTH = 80;
/** Graph without weights: 6 MB is the most seen. */
const MAX_SKELETON_BYTES = 128 * 1024 * 1024;
/** Nodes, attributes, tensors and types together: 300,000 is the most seen. */
const MAX_MESSAGES = 3_000_000;
/** Fields of all of them: a two-byte field can be a string of its own in memory. */
const MAX_FIELDS = 16_000_000;

/** An ONNX file without its weights: the same protobuf message, and where the elements cut out of it lie. */
export interface Skeleton {
  bytes: Uint8Array;
  /** In the order of the file; a tensor's `cut` field is one more than an index into this. */
  cuts: Cut[];
}

/**
 * Walks the protobuf wire format of an ONNX file and copies all but the weights, so that a file of any size is
 * read in windows. Throws `file_truncated` where the file ends inside a message, `file_damaged` for what is no
 * protobuf or beyond the limits above.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export async function cutSkeleton(file: Blob, name: string, job: Job): Promise<Skeleton> {
  const walk: Walk = {
    name,
    cursor: new Cursor(file),
    sink: createSink(),
    cuts: [],
    frames: [{ message: 'model', end: file.size, opened: -1, label: 'the model', cut: false, children: 0 }],
    messages: 0,
    fields: 0,
  };
  for (let frame = walk.frames.at(-1); frame !== undefined; frame = walk.frames.at(-1)) {
    if (walk.cursor.at === frame.end) {
      walk.frames.pop();
      if (frame.opened >= 0) walk.sink.close(frame.opened);
      continue;
    }
    if (!walk.cursor.has(MAX_FIELD_HEAD)) {
      await walk.cursor.load(MAX_FIELD_HEAD);
      await job.progress({ step: 'read', done: walk.cursor.at, total: file.size, unit: 'bytes' });
    }
    const loading = copyField(walk, frame);
    if (loading !== undefined) await loading;
  }
  return { bytes: walk.sink.bytes(), cuts: walk.cuts };
}

/** A tag and a length, ten bytes each at most. */
const MAX_FIELD_HEAD = 20;

/** Copies one field, or opens the message it holds; a promise only where the window ends inside it. */
function copyField(walk: Walk, frame: Frame): Promise<void> | undefined {
  const { cursor, sink } = walk;
  walk.fields += 1;
  if (walk.fields > MAX_FIELDS) throw damaged(walk, 'has too many fields to be a model');
  const tag = readVarint(walk, frame);
  const field = Math.floor(tag / 8);
  if (field === 0) throw damaged(walk, 'has a field numbered 0');
  switch (tag % 8) {
    case wire.varint:
      sink.varint(tag);
      sink.varint64(readDigits(walk, frame));
      break;
    case wire.fixed64:
      return copyBytes(walk, frame, tag, 8);
    case wire.fixed32:
      return copyBytes(walk, frame, tag, 4);
    case wire.bytes: {
      const length = readVarint(walk, frame);
      const message = nested[frame.message][field];
      // A part of the model that ends behind the file is walked, to say which weight is cut off.
      const walked = frame.opened < 0 && message !== undefined;
      if (cursor.at + length > frame.end && !walked) throw tooLong(walk, frame, length);
      if (message !== undefined) open(walk, frame, message, tag, length);
      else if (isCut(frame, field, length)) cut(walk, frame, field, length);
      else return copyBytes(walk, frame, tag, length, true);
      break;
    }
    default:
      throw damaged(walk, `has a field of the unknown wire type ${tag % 8}`);
  }
  return undefined;
}

function open(walk: Walk, parent: Frame, message: Message, tag: number, length: number): void {
  walk.messages += 1;
  parent.children += 1;
  if (walk.messages > MAX_MESSAGES) throw damaged(walk, 'has too many parts to be a model');
  if (walk.frames.length > MAX_DEPTH) throw damaged(walk, `nests more than ${MAX_DEPTH} levels deep`);
  const label =
    message === 'graph' && parent.message === 'model' ? 'the graph' : `${message} ${parent.children}`;
  walk.sink.varint(tag);
  walk.frames.push({
    message,
    end: walk.cursor.at + length,
    opened: walk.sink.open(),
    label,
    cut: false,
    children: 0,
  });
}

function isCut(frame: Frame, field: number, length: number): boolean {
  const elements = field === tensorField.raw || field === tensorField.floats || field === tensorField.doubles;
  return frame.message === 'tensor' && elements && length > CUT_BYTES;
}

function cut(walk: Walk, frame: Frame, field: number, length: number): void {
  if (frame.cut) throw damaged(walk, 'gives its elements twice');
  const { cursor } = walk;
  if (length > cursor.left) throw truncated(walk, length);
  frame.cut = true;
  walk.cuts.push({ field, start: cursor.at, end: cursor.at + length });
  walk.sink.varint(tensorField.cut * 8 + wire.varint);
  walk.sink.varint(walk.cuts.length);
  cursor.at += length;
}

function copyBytes(walk: Walk, frame: Frame, tag: number, length: number, prefixed = false) {
  const { cursor, sink } = walk;
  if (cursor.at + length > frame.end) throw tooLong(walk, frame, length);
  if (length > cursor.left) throw truncated(walk, length);
  if (sink.length + length > MAX_SKELETON_BYTES) {
    throw damaged(walk, 'has more than 128 MB besides its weights');
  }
  sink.varint(tag);
  if (prefixed) sink.varint(length);
  if (!cursor.has(length)) return copyLong(walk, length);
  const bytes = cursor.take(length);
  sink.append(bytes);
  const isName = frame.message === 'tensor' && tag === tensorField.name * 8 + wire.bytes;
  if (isName && length < 200) frame.label = `tensor ${new TextDecoder().decode(bytes)}`;
  return undefined;
}

async function copyLong(walk: Walk, length: number): Promise<void> {
  for (let left = length; left > 0;) {
    if (!walk.cursor.has(1)) await walk.cursor.load(left);
    const bytes = walk.cursor.take(left);
    if (bytes.length === 0) throw truncated(walk, left);
    walk.sink.append(bytes);
    left -= bytes.length;
  }
}
