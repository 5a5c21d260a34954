import { create } from '@bufbuild/protobuf';
import type { Dim } from '../../core/shape';
import type { Type, Value } from '../../ir/model';
import { dtypeOf, numberOf } from '../../ir/dtype-numbers';
import {
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type TensorShapeProto,
  type TypeProto,
  type ValueInfoProto,
} from './gen/onnx_pb';
import type { Reading } from './reading';
import { fromMetadata, toMetadata } from './metadata';

/** A value and its type; `null` where the message has none. */
export function toValue(proto: ValueInfoProto, reading: Reading): Value {
  return {
    name: proto.name,
    type: proto.type ? toType(proto.type, reading, `value ${proto.name}`) : null,
    doc: proto.docString,
    metadata: toMetadata(proto.metadataProps),
  };
}

/** The message of a value, as `toValue` reads it. */
export function fromValue(value: Value): ValueInfoProto {
  const proto = create(ValueInfoProtoSchema, {
    name: value.name,
    docString: value.doc,
    metadataProps: fromMetadata(value.metadata),
  });
  if (value.type) proto.type = fromType(value.type);
  return proto;
}

/** A type; `null` where the message says nothing. Throws `file_damaged` for an element type ONNX lacks. */
export function toType(proto: TypeProto, reading: Reading, place: string): Type | null {
  const type = toBareType(proto, reading, place);
  return type && proto.denotation ? { ...type, denotation: proto.denotation } : type;
}

function toBareType({ value }: TypeProto, reading: Reading, place: string): Type | null {
  switch (value.case) {
    case 'tensorType':
    case 'sparseTensorType': {
      const kind = value.case === 'tensorType' ? 'tensor' : 'sparse';
      const dtype = elementType(value.value.elemType, reading, place);
      return { kind, dtype, shape: value.value.shape ? toShape(value.value.shape, reading, place) : null };
    }
    case 'sequenceType':
    case 'optionalType': {
      const of = value.value.elemType && toType(value.value.elemType, reading, place);
      if (!of) throw reading.damaged(place, 'has a container type without an element type');
      return { kind: value.case === 'sequenceType' ? 'sequence' : 'optional', of };
    }
    case 'mapType': {
      const of = value.value.valueType && toType(value.value.valueType, reading, place);
      const key = elementType(value.value.keyType, reading, place);
      if (!of || !key) throw reading.damaged(place, 'has a map type without a key or value type');
      return { kind: 'map', key, value: of };
    }
    case 'opaqueType':
      return { kind: 'opaque', domain: value.value.domain, name: value.value.name };
    default:
      return null;
  }
}

function elementType(number: number, reading: Reading, place: string) {
  const dtype = dtypeOf(number);
  if (dtype === undefined) throw reading.damaged(place, `has the unknown element type ${number}`);
  return dtype;
}

function toShape(proto: TensorShapeProto, reading: Reading, place: string): Dim[] {
  return proto.dim.map(({ value }) => {
    if (value.case === 'dimValue') return reading.whole(value.value, place);
    return value.case === 'dimParam' && value.value !== '' ? value.value : null;
  });
}

/** The message of a type, as `toType` reads it. */
export function fromType(type: Type): TypeProto {
  const proto = create(TypeProtoSchema, { denotation: type.denotation ?? '' });
  switch (type.kind) {
    case 'tensor':
    case 'sparse': {
      const value = { elemType: numberOf(type.dtype), ...(type.shape && { shape: fromShape(type.shape) }) };
      const wanted = type.kind === 'tensor' ? 'tensorType' : 'sparseTensorType';
      proto.value = create(TypeProtoSchema, { value: { case: wanted, value } }).value;
      break;
    }
    case 'sequence':
    case 'optional': {
      const wanted = type.kind === 'sequence' ? 'sequenceType' : 'optionalType';
      proto.value = create(TypeProtoSchema, {
        value: { case: wanted, value: { elemType: fromType(type.of) } },
      }).value;
      break;
    }
    case 'map':
      proto.value = create(TypeProtoSchema, {
        value: { case: 'mapType', value: { keyType: numberOf(type.key), valueType: fromType(type.value) } },
      }).value;
      break;
    case 'opaque':
      proto.value = create(TypeProtoSchema, {
        value: { case: 'opaqueType', value: { domain: type.domain, name: type.name } },
      }).value;
      break;
  }
  return proto;
}

function fromShape(dims: readonly Dim[]) {
  return {
    dim: dims.map((dim) => {
      if (typeof dim === 'number') return { value: { case: 'dimValue' as const, value: BigInt(dim) } };
      return dim === null ? {} : { value: { case: 'dimParam' as const, value: dim } };
    }),
  };
}
