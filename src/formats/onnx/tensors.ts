import { create } from '@bufbuild/protobuf';
import { dtypes, type Dtype } from '../../core/dtype';
import { bytesOf } from '../../core/tensor';
import type { External, SparseTensor, Tensor, TensorData } from '../../ir/model';
import { dtypeOf, numberOf } from '../../ir/dtype-numbers';
import {
  SparseTensorProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type SparseTensorProto,
  type TensorProto,
} from './gen/onnx_pb';
import { tensorField } from './layout';
import { fromMetadata, toMetadata } from './metadata';
import type { Reading } from './reading';

/**
 * A tensor of a skeleton. Elements in typed fields become packed bytes; those cut out are a slice of the file.
 * Throws `file_damaged` for an unknown element type, dimensions below 0, or elements in the wrong field.
 * @see https://onnx.ai/onnx/repo-docs/IR.html#serialized-tensors
 */
export function toTensor(proto: TensorProto, reading: Reading): Tensor {
  const place = `tensor ${proto.name}`;
  const dtype = dtypeOf(proto.dataType);
  if (!dtype) throw reading.damaged(place, `has the unknown element type ${proto.dataType}`);
  const dims = proto.dims.map((dim) => reading.whole(dim, place));
  if (dims.some((dim) => dim < 0)) throw reading.damaged(place, `has the dimensions ${dims.join(' × ')}`);
  return {
    name: proto.name,
    dtype,
    dims,
    data: toData(proto, dtype, reading, place),
    doc: proto.docString,
    metadata: toMetadata(proto.metadataProps),
  };
}

function toData(proto: TensorProto, dtype: Dtype, reading: Reading, place: string): TensorData {
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL) return toExternal(proto, reading, place);
  if (dtype === 'string') return { kind: 'strings', values: proto.stringData.map((text) => text.slice()) };
  const cut = proto.cut > 0 ? reading.cuts[proto.cut - 1] : undefined;
  if (cut !== undefined) {
    const typed = { [tensorField.floats]: 32, [tensorField.doubles]: 64 }[cut.field];
    if (typed !== undefined && dtypes[dtype].bits !== typed * (dtype.startsWith('complex') ? 2 : 1)) {
      throw reading.damaged(place, `of ${dtype} has its elements in the field of another type`);
    }
    return { kind: 'blob', blob: reading.file.slice(cut.start, cut.end) };
  }
  return {
    kind: 'bytes',
    bytes: proto.rawData.length > 0 ? proto.rawData.slice() : typedBytes(proto, dtype),
  };
}

/** The bytes of whichever typed field is in use. */
function typedBytes(proto: TensorProto, dtype: Dtype): Uint8Array<ArrayBuffer> {
  if (proto.floatData.length > 0) return bytesOf(Float32Array.from(proto.floatData));
  if (proto.doubleData.length > 0) return bytesOf(Float64Array.from(proto.doubleData));
  if (proto.int64Data.length > 0) return bytesOf(BigInt64Array.from(proto.int64Data));
  if (proto.uint64Data.length > 0) {
    return dtype === 'uint32'
      ? bytesOf(Uint32Array.from(proto.uint64Data, (value) => Number(BigInt.asUintN(32, value))))
      : bytesOf(BigUint64Array.from(proto.uint64Data));
  }
  const values = proto.int32Data;
  if (dtypes[dtype].bits === 16) return bytesOf(Uint16Array.from(values));
  return dtypes[dtype].bits <= 8 ? Uint8Array.from(values) : bytesOf(Int32Array.from(values));
}

function toExternal(proto: TensorProto, reading: Reading, place: string): TensorData {
  const entries = toMetadata(proto.externalData);
  const location = entries.get('location') ?? '';
  const offset = Number(entries.get('offset') ?? 0);
  const dtype = dtypeOf(proto.dataType) ?? 'uint8';
  const count = proto.dims.reduce((product, dim) => product * Number(dim), 1);
  const bytes = Number(entries.get('length') ?? Math.ceil((dtypes[dtype].bits * count) / 8));
  if (![offset, bytes].every((number) => Number.isSafeInteger(number) && number >= 0)) {
    throw reading.damaged(place, 'says its elements lie at an impossible place of another file');
  }
  const external: External = { kind: 'external', file: reading.name, location, offset, bytes, blob: null };
  reading.external.push(external);
  return external;
}

/** The message of a tensor without its elements, which `place` puts somewhere or hands back as bytes. */
export function fromTensor(tensor: Tensor, placing: Placing): TensorProto {
  const proto = create(TensorProtoSchema, {
    name: tensor.name,
    dataType: numberOf(tensor.dtype),
    dims: tensor.dims.map(BigInt),
    docString: tensor.doc,
    metadataProps: fromMetadata(tensor.metadata),
  });
  if (tensor.data.kind === 'strings') proto.stringData = [...tensor.data.values];
  else placing(tensor, tensor.data, proto);
  return proto;
}

/** Decides where a writer puts elements: into the message, into a cut, or into another file. */
export type Placing = (
  tensor: Tensor,
  data: Exclude<TensorData, { kind: 'strings' }>,
  proto: TensorProto,
) => void;

/** A sparse tensor of a skeleton; throws as `toTensor` does. */
export function toSparse(proto: SparseTensorProto, reading: Reading): SparseTensor {
  if (!proto.values || !proto.indices) throw reading.damaged('a sparse tensor', 'lacks values or indices');
  const dims = proto.dims.map((dim) => reading.whole(dim, 'a sparse tensor'));
  return { values: toTensor(proto.values, reading), indices: toTensor(proto.indices, reading), dims };
}

/** The message of a sparse tensor. */
export function fromSparse(sparse: SparseTensor, placing: Placing): SparseTensorProto {
  return create(SparseTensorProtoSchema, {
    values: fromTensor(sparse.values, placing),
    indices: fromTensor(sparse.indices, placing),
    dims: sparse.dims.map(BigInt),
  });
}
