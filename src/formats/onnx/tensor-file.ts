import { fromBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { formatCount } from '../../core/format';
import { AppError, invariant } from '../../core/problem';
import { elementCount } from '../../core/shape';
import type { PlainTensor } from '../../core/tensor';
import { readTensor } from '../../ir/data';
import {
  MapProtoSchema,
  OptionalProtoSchema,
  SequenceProtoSchema,
  TensorProtoSchema,
  type MapProto,
  type OptionalProto,
  type SequenceProto,
  type TensorProto,
} from './gen/onnx_pb';
import { createReading, type Reading } from './reading';
import { toTensor } from './tensors';

/** A value as files of a model's inputs and outputs hold it. */
export type FileValue =
  | { kind: 'tensor'; tensor: PlainTensor }
  | { kind: 'sequence'; values: FileValue[] }
  | { kind: 'optional'; value: FileValue | null }
  | { kind: 'map'; entries: [bigint | string, FileValue][] };

/** Read whole, unlike models: inputs and outputs of one run. 30 MB is the most seen. */
const MAX_BYTES = 2 ** 30;

/**
 * The value in a `.pb` file and the name it gives, often none. The file does not say whether it holds a tensor or
 * something else: `kind` is what the model's input or output is. Throws `file_empty`, `file_too_large`,
 * `file_damaged`, and `file_tensor_length` where elements do not fit their dimensions.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx-data.proto
 */
export async function readTensorFile(
  file: Blob,
  name: string,
  kind: FileValue['kind'] = 'tensor',
): Promise<{ name: string; value: FileValue }> {
  // An optional without a value may take no bytes at all.
  if (file.size === 0 && kind !== 'optional') throw new AppError('file_empty', { file: name });
  if (file.size > MAX_BYTES) {
    throw new AppError('file_too_large', { file: name, bytes: file.size, limit: MAX_BYTES });
  }
  const reading = createReading(file, name, []);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const message = readers[kind](bytes, reading);
  return { name: message.name, value: await message.value() };
}

interface Message {
  name: string;
  value(): Promise<FileValue>;
}

const readers: Record<FileValue['kind'], (bytes: Uint8Array, reading: Reading) => Message> = {
  tensor(bytes, reading) {
    const proto = parse(TensorProtoSchema, bytes, reading);
    return { name: proto.name, value: () => readValue(proto, reading) };
  },
  sequence(bytes, reading) {
    const proto = parse(SequenceProtoSchema, bytes, reading);
    return { name: proto.name, value: () => readSequence(proto, reading) };
  },
  optional(bytes, reading) {
    const proto = parse(OptionalProtoSchema, bytes, reading);
    return { name: proto.name, value: () => readOptional(proto, reading) };
  },
  map(bytes, reading) {
    const proto = parse(MapProtoSchema, bytes, reading);
    return { name: proto.name, value: () => readMap(proto, reading) };
  },
};

function parse<S extends DescMessage>(schema: S, bytes: Uint8Array, reading: Reading): MessageShape<S> {
  try {
    return fromBinary(schema, bytes);
  } catch (error) {
    invariant(error instanceof Error, 'a decoder throws errors');
    throw reading.damaged('the value', `is no ONNX message (${error.message})`);
  }
}

async function readValue(proto: TensorProto, reading: Reading): Promise<FileValue> {
  const tensor = toTensor(proto, reading);
  const { dtype, dims, data } = tensor;
  if (data.kind !== 'strings') {
    return { kind: 'tensor', tensor: { dtype, dims: [...dims], data: await readTensor(tensor) } };
  }
  const [expected, found] = [elementCount(dims), data.values.length];
  if (expected !== found) {
    throw new AppError('file_tensor_length', { tensor: tensor.name, dims, dtype, expected, found });
  }
  const texts = data.values.map((text) => new TextDecoder().decode(text));
  return { kind: 'tensor', tensor: { dtype, dims: [...dims], data: texts } };
}

async function readSequence(proto: SequenceProto, reading: Reading): Promise<FileValue> {
  if (proto.sparseTensorValues.length > 0) throw reading.damaged('the value', 'is sparse');
  const values: FileValue[] = [];
  for (const tensor of proto.tensorValues) values.push(await readValue(tensor, reading));
  for (const inner of proto.sequenceValues) values.push(await readSequence(inner, reading));
  for (const map of proto.mapValues) values.push(await readMap(map, reading));
  for (const optional of proto.optionalValues) values.push(await readOptional(optional, reading));
  return { kind: 'sequence', values };
}

async function readOptional(proto: OptionalProto, reading: Reading): Promise<FileValue> {
  const { tensorValue, sequenceValue, mapValue, optionalValue } = proto;
  if (proto.sparseTensorValue) throw reading.damaged('the value', 'is sparse');
  if (tensorValue) return { kind: 'optional', value: await readValue(tensorValue, reading) };
  if (sequenceValue) return { kind: 'optional', value: await readSequence(sequenceValue, reading) };
  if (mapValue) return { kind: 'optional', value: await readMap(mapValue, reading) };
  return { kind: 'optional', value: optionalValue ? await readOptional(optionalValue, reading) : null };
}

async function readMap(proto: MapProto, reading: Reading): Promise<FileValue> {
  const keys = [...proto.keys, ...proto.stringKeys.map((text) => new TextDecoder().decode(text))];
  const held = proto.values ? await readSequence(proto.values, reading) : null;
  const values = held?.kind === 'sequence' ? held.values : [];
  if (values.length !== keys.length) {
    throw reading.damaged(
      'the map',
      `has ${formatCount(keys.length)} keys and ${formatCount(values.length)} values`,
    );
  }
  return { kind: 'map', entries: keys.flatMap((key, at) => (values[at] ? [[key, values[at]]] : [])) };
}
