import { create, toBinary } from '@bufbuild/protobuf';
import { AppError } from '../../core/problem';
import type { Extra, FunctionBody, Graph, Model, Node } from '../../ir/model';
import { fromAttributes } from './attributes';
import {
  FunctionProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TrainingInfoProtoSchema,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from './gen/onnx_pb';
import { fromMetadata, fromOpsets } from './metadata';
import { createExternalPlacing, createInlinePlacing } from './placing';
import { MAX_FILE_BYTES } from './read';
import { splice } from './splice';
import { fromSparse, fromTensor, type Placing } from './tensors';
import { fromValue } from './types';

/**
 * The model as one ONNX file. Weights are put back as slices of the files they came from, so nothing is read.
 * The same model always gives the same bytes. Throws `file_external_missing` where weights are not here, and
 * `file_too_large` beyond what one ONNX file can hold.
 */
export function encodeOnnx(model: Model): Promise<Blob> {
  const placing = createInlinePlacing();
  const skeleton = toBinary(ModelProtoSchema, fromModel(model, placing.place));
  placing.finish(model.file);
  const { parts, length } = splice(skeleton, placing.blobs);
  if (length > MAX_FILE_BYTES) {
    const detail = { file: model.file, bytes: length, limit: MAX_FILE_BYTES };
    return Promise.reject(new AppError('file_too_large', detail));
  }
  return Promise.resolve(new Blob(parts));
}

/**
 * The model as two files: the graph, and all tensors over 1 KiB in `data`, which the graph names `location`.
 * Every tensor begins at a multiple of 4096 bytes. Throws `file_external_missing`.
 * @see https://onnx.ai/onnx/repo-docs/ExternalData.html
 */
export function encodeExternal(model: Model, location: string): Promise<{ graph: Blob; data: Blob }> {
  const placing = createExternalPlacing(location);
  const skeleton = toBinary(ModelProtoSchema, fromModel(model, placing.place));
  placing.finish(model.file);
  return Promise.resolve({ graph: new Blob([skeleton]), data: new Blob(placing.parts) });
}

function fromModel(model: Model, placing: Placing): ModelProto {
  const proto = create(ModelProtoSchema, {
    irVersion: BigInt(model.irVersion),
    opsetImport: fromOpsets(model.opsets),
    producerName: model.producer.name,
    producerVersion: model.producer.version,
    domain: model.domain,
    modelVersion: model.version,
    docString: model.doc,
    metadataProps: fromMetadata(model.metadata),
    graph: fromGraph(model.graph, placing),
    functions: model.functions.map((body) => fromFunction(body, placing)),
    trainingInfo: model.training.map((step) =>
      create(TrainingInfoProtoSchema, {
        ...(step.initialization && { initialization: fromGraph(step.initialization, placing) }),
        ...(step.algorithm && { algorithm: fromGraph(step.algorithm, placing) }),
        initializationBinding: fromMetadata(step.initializationBinding),
        updateBinding: fromMetadata(step.updateBinding),
      }),
    ),
  });
  return withExtra(proto, model.extra);
}

function fromGraph(graph: Graph, placing: Placing): GraphProto {
  const proto = create(GraphProtoSchema, {
    name: graph.name,
    docString: graph.doc,
    input: graph.inputs.map(fromValue),
    output: graph.outputs.map(fromValue),
    valueInfo: graph.values.map(fromValue),
    initializer: graph.initializers.map((tensor) => fromTensor(tensor, placing)),
    sparseInitializer: graph.sparse.map((sparse) => fromSparse(sparse, placing)),
    node: graph.nodes.map((node) => fromNode(node, placing)),
    quantizationAnnotation: graph.quantization.map(({ tensor, parameters }) => ({
      tensorName: tensor,
      quantParameterTensorNames: fromMetadata(parameters),
    })),
    metadataProps: fromMetadata(graph.metadata),
  });
  return withExtra(proto, graph.extra);
}

function fromNode(node: Node, placing: Placing): NodeProto {
  const proto = create(NodeProtoSchema, {
    name: node.name,
    opType: node.op,
    domain: node.domain,
    overload: node.overload,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: fromAttributes(node.attributes, placing, fromGraph),
    docString: node.doc,
    metadataProps: fromMetadata(node.metadata),
  });
  return withExtra(proto, node.extra);
}

function fromFunction(body: FunctionBody, placing: Placing): FunctionProto {
  return create(FunctionProtoSchema, {
    name: body.name,
    domain: body.domain,
    overload: body.overload,
    docString: body.doc,
    input: [...body.inputs],
    output: [...body.outputs],
    attribute: [...body.attributes],
    attributeProto: fromAttributes(body.defaults, placing, fromGraph),
    opsetImport: fromOpsets(body.opsets),
    node: body.nodes.map((node) => fromNode(node, placing)),
    valueInfo: body.values.map(fromValue),
    metadataProps: fromMetadata(body.metadata),
  });
}

function withExtra<P extends ModelProto | GraphProto | NodeProto>(proto: P, extra: Extra | undefined): P {
  if (extra) proto.$unknown = extra.map(({ no, wireType, data }) => ({ no, wireType: wireType, data }));
  return proto;
}
