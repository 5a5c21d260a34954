import { fromBinary } from '@bufbuild/protobuf';
import { invariant } from '../../core/problem';
import type { Extra, FunctionBody, Graph, Model, Node, Training } from '../../ir/model';
import { toAttributes } from './attributes';
import {
  ModelProtoSchema,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TrainingInfoProto,
} from './gen/onnx_pb';
import { bareDomain, toMetadata, toOpsets } from './metadata';
import type { Reading } from './reading';
import { toSparse, toTensor } from './tensors';
import { toValue } from './types';

/** The model of a skeleton; throws `file_damaged` for what is not a ModelProto or has no graph. */
export function decodeModel(skeleton: Uint8Array, reading: Reading): Model {
  const proto = parse(skeleton, reading);
  if (!proto.graph) throw reading.damaged('the model', 'has no graph');
  return {
    file: reading.name,
    irVersion: reading.whole(proto.irVersion, 'the IR version'),
    opsets: toOpsets(proto.opsetImport, reading),
    producer: { name: proto.producerName, version: proto.producerVersion },
    domain: proto.domain,
    version: proto.modelVersion,
    doc: proto.docString,
    metadata: toMetadata(proto.metadataProps),
    graph: toGraph(proto.graph, reading),
    functions: proto.functions.map((body) => toFunction(body, reading)),
    training: proto.trainingInfo.map((step) => toTraining(step, reading)),
    ...extra(proto),
  };
}

/** protobuf-es throws plain errors with nothing but words, for every kind of wrong bytes. */
function parse(skeleton: Uint8Array, reading: Reading): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, skeleton);
  } catch (error) {
    invariant(error instanceof Error, 'a decoder throws errors');
    throw reading.damaged('the model', `is no ONNX message (${error.message})`);
  }
}

function toGraph(proto: GraphProto, reading: Reading): Graph {
  return {
    name: proto.name,
    doc: proto.docString,
    inputs: proto.input.map((value) => toValue(value, reading)),
    outputs: proto.output.map((value) => toValue(value, reading)),
    values: proto.valueInfo.map((value) => toValue(value, reading)),
    initializers: proto.initializer.map((tensor) => toTensor(tensor, reading)),
    sparse: proto.sparseInitializer.map((sparse) => toSparse(sparse, reading)),
    nodes: proto.node.map((node) => toNode(node, reading)),
    quantization: proto.quantizationAnnotation.map((annotation) => ({
      tensor: annotation.tensorName,
      parameters: toMetadata(annotation.quantParameterTensorNames),
    })),
    metadata: toMetadata(proto.metadataProps),
    ...extra(proto),
  };
}

function toNode(proto: NodeProto, reading: Reading): Node {
  return {
    name: proto.name,
    op: proto.opType,
    domain: bareDomain(proto.domain),
    overload: proto.overload,
    inputs: proto.input,
    outputs: proto.output,
    attributes: toAttributes(proto.attribute, reading, toGraph),
    doc: proto.docString,
    metadata: toMetadata(proto.metadataProps),
    ...extra(proto),
  };
}

function toFunction(proto: FunctionProto, reading: Reading): FunctionBody {
  return {
    name: proto.name,
    domain: proto.domain,
    overload: proto.overload,
    doc: proto.docString,
    inputs: proto.input,
    outputs: proto.output,
    attributes: proto.attribute,
    defaults: toAttributes(proto.attributeProto, reading, toGraph),
    opsets: toOpsets(proto.opsetImport, reading),
    nodes: proto.node.map((node) => toNode(node, reading)),
    values: proto.valueInfo.map((value) => toValue(value, reading)),
    metadata: toMetadata(proto.metadataProps),
  };
}

function toTraining(proto: TrainingInfoProto, reading: Reading): Training {
  return {
    initialization: proto.initialization ? toGraph(proto.initialization, reading) : null,
    algorithm: proto.algorithm ? toGraph(proto.algorithm, reading) : null,
    initializationBinding: toMetadata(proto.initializationBinding),
    updateBinding: toMetadata(proto.updateBinding),
  };
}

function extra(proto: { $unknown?: Extra | undefined }): { extra?: Extra } {
  return proto.$unknown && proto.$unknown.length > 0 ? { extra: proto.$unknown } : {};
}
