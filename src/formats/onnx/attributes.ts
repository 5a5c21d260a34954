import { create, isFieldSet } from '@bufbuild/protobuf';
import type { Attribute, Graph } from '../../ir/model';
import {
  AttributeProto_AttributeType as Kind,
  AttributeProtoSchema,
  type AttributeProto,
  type GraphProto,
} from './gen/onnx_pb';
import type { Reading } from './reading';
import { fromSparse, fromTensor, toSparse, toTensor, type Placing } from './tensors';
import { fromType, toType } from './types';

const fields = AttributeProtoSchema.field;

/**
 * The attributes of a node or function by name. Files of IR version 1 name no kind; there the field in use says
 * it. Throws `file_damaged` where kind and content do not match.
 */
export function toAttributes(
  protos: readonly AttributeProto[],
  reading: Reading,
  toGraph: (proto: GraphProto, reading: Reading) => Graph,
): ReadonlyMap<string, Attribute> {
  return new Map(
    protos.map((proto) => {
      const attribute = toAttribute(proto, reading, toGraph);
      return [proto.name, proto.docString ? { ...attribute, doc: proto.docString } : attribute];
    }),
  );
}

function toAttribute(
  proto: AttributeProto,
  reading: Reading,
  toGraph: (proto: GraphProto, reading: Reading) => Graph,
): Attribute {
  if (proto.refAttrName) return { kind: 'reference', name: proto.refAttrName, of: proto.type };
  const place = `attribute ${proto.name}`;
  switch (proto.type === Kind.UNDEFINED ? guessKind(proto) : proto.type) {
    case Kind.FLOAT:
      return { kind: 'float', value: proto.f };
    case Kind.INT:
      return { kind: 'int', value: proto.i };
    case Kind.STRING:
      return { kind: 'string', value: proto.s.slice() };
    case Kind.TENSOR:
      if (proto.t) return { kind: 'tensor', value: toTensor(proto.t, reading) };
      break;
    case Kind.GRAPH:
      if (proto.g) return { kind: 'graph', value: toGraph(proto.g, reading) };
      break;
    case Kind.SPARSE_TENSOR:
      if (proto.sparseTensor) return { kind: 'sparse', value: toSparse(proto.sparseTensor, reading) };
      break;
    case Kind.TYPE_PROTO: {
      const type = proto.tp && toType(proto.tp, reading, place);
      if (type) return { kind: 'type', value: type };
      break;
    }
    case Kind.FLOATS:
      return { kind: 'floats', value: proto.floats };
    case Kind.INTS:
      return { kind: 'ints', value: proto.ints };
    case Kind.STRINGS:
      return { kind: 'strings', value: proto.strings.map((text) => text.slice()) };
    case Kind.TENSORS:
      return { kind: 'tensors', value: proto.tensors.map((tensor) => toTensor(tensor, reading)) };
    case Kind.GRAPHS:
      return { kind: 'graphs', value: proto.graphs.map((graph) => toGraph(graph, reading)) };
    case Kind.SPARSE_TENSORS:
      return { kind: 'sparses', value: proto.sparseTensors.map((sparse) => toSparse(sparse, reading)) };
    case Kind.TYPE_PROTOS: {
      const types = proto.typeProtos.map((type) => toType(type, reading, place));
      if (!types.includes(null)) return { kind: 'types', value: types.filter((type) => type !== null) };
      break;
    }
    default:
      throw reading.damaged(place, `is of the unknown kind ${proto.type}`);
  }
  throw reading.damaged(place, 'lacks the value its kind promises');
}

function guessKind(proto: AttributeProto): Kind {
  if (isFieldSet(proto, fields.f)) return Kind.FLOAT;
  if (isFieldSet(proto, fields.i)) return Kind.INT;
  if (isFieldSet(proto, fields.s)) return Kind.STRING;
  if (proto.t) return Kind.TENSOR;
  if (proto.g) return Kind.GRAPH;
  if (proto.floats.length > 0) return Kind.FLOATS;
  if (proto.strings.length > 0) return Kind.STRINGS;
  if (proto.tensors.length > 0) return Kind.TENSORS;
  if (proto.graphs.length > 0) return Kind.GRAPHS;
  return Kind.INTS;
}

/** The messages of attributes. */
export function fromAttributes(
  attributes: ReadonlyMap<string, Attribute>,
  placing: Placing,
  fromGraph: (graph: Graph, placing: Placing) => GraphProto,
): AttributeProto[] {
  return Array.from(attributes, ([name, attribute]) =>
    create(AttributeProtoSchema, {
      name,
      docString: attribute.doc ?? '',
      ...content(attribute, placing, fromGraph),
    }),
  );
}

function content(
  attribute: Attribute,
  placing: Placing,
  fromGraph: (graph: Graph, placing: Placing) => GraphProto,
) {
  switch (attribute.kind) {
    case 'float':
      return { type: Kind.FLOAT, f: attribute.value };
    case 'int':
      return { type: Kind.INT, i: attribute.value };
    case 'string':
      return { type: Kind.STRING, s: attribute.value };
    case 'tensor':
      return { type: Kind.TENSOR, t: fromTensor(attribute.value, placing) };
    case 'graph':
      return { type: Kind.GRAPH, g: fromGraph(attribute.value, placing) };
    case 'sparse':
      return { type: Kind.SPARSE_TENSOR, sparseTensor: fromSparse(attribute.value, placing) };
    case 'type':
      return { type: Kind.TYPE_PROTO, tp: fromType(attribute.value) };
    case 'floats':
      return { type: Kind.FLOATS, floats: [...attribute.value] };
    case 'ints':
      return { type: Kind.INTS, ints: [...attribute.value] };
    case 'strings':
      return { type: Kind.STRINGS, strings: [...attribute.value] };
    case 'tensors':
      return { type: Kind.TENSORS, tensors: attribute.value.map((tensor) => fromTensor(tensor, placing)) };
    case 'graphs':
      return { type: Kind.GRAPHS, graphs: attribute.value.map((graph) => fromGraph(graph, placing)) };
    case 'sparses':
      return {
        type: Kind.SPARSE_TENSORS,
        sparseTensors: attribute.value.map((sparse) => fromSparse(sparse, placing)),
      };
    case 'types':
      return { type: Kind.TYPE_PROTOS, typeProtos: attribute.value.map(fromType) };
    case 'reference':
      return { type: attribute.of, refAttrName: attribute.name };
  }
}
