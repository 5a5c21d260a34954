import { create } from '@bufbuild/protobuf';
import { AppError } from '../../core/problem';
import { externalSlice } from '../../ir/data';
import { StringStringEntryProtoSchema, TensorProto_DataLocation, type TensorProto } from './gen/onnx_pb';
import type { Placing } from './tensors';

/** Tensors up to this stay in the graph: ONNX Runtime wants shapes and axes there. */
const INLINE_BYTES = 1024;
/** Pages of this size can be mapped. */
const ALIGNMENT = 4096;

/** Puts elements back into the message: bytes at once, Blobs as cuts for `splice`. */
export function createInlinePlacing() {
  const blobs: Blob[] = [];
  const missing = new Set<string>();
  const place: Placing = (_tensor, data, proto) => {
    if (data.kind === 'bytes') {
      proto.rawData = data.bytes;
      return;
    }
    const blob = data.kind === 'blob' ? data.blob : data.blob && externalSlice(data);
    if (blob) proto.cut = blobs.push(blob);
    else if (data.kind === 'external') missing.add(data.location);
  };
  return { place, blobs, finish: (file: string) => refuseMissing(file, missing) };
}

/** Puts elements over 1 KiB behind one another into a file named `location`, the rest into the message. */
export function createExternalPlacing(location: string) {
  const parts: BlobPart[] = [];
  const missing = new Set<string>();
  let end = 0;
  function refer(proto: TensorProto, part: BlobPart, bytes: number): void {
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    if (offset > end) parts.push(new Uint8Array(offset - end));
    parts.push(part);
    end = offset + bytes;
    proto.dataLocation = TensorProto_DataLocation.EXTERNAL;
    proto.externalData = Object.entries({ location, offset: String(offset), length: String(bytes) }).map(
      ([key, value]) => create(StringStringEntryProtoSchema, { key, value }),
    );
  }
  const place: Placing = (_tensor, data, proto) => {
    if (data.kind === 'external' && !data.blob) missing.add(data.location);
    else if (data.kind === 'external') refer(proto, externalSlice(data), data.bytes);
    else if (data.kind === 'blob') refer(proto, data.blob, data.blob.size);
    else if (data.bytes.length > INLINE_BYTES) refer(proto, data.bytes, data.bytes.length);
    else proto.rawData = data.bytes;
  };
  return { place, parts, finish: (file: string) => refuseMissing(file, missing) };
}

function refuseMissing(file: string, missing: ReadonlySet<string>): void {
  if (missing.size > 0) throw new AppError('file_external_missing', { file, locations: [...missing] });
}
