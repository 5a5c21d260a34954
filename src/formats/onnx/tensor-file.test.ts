import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { damage, dice } from '../../../tests/fuzz/reader';
import { AppError } from '../../core/problem';
import {
  MapProtoSchema,
  OptionalProtoSchema,
  SequenceProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
} from './gen/onnx_pb';
import { readTensorFile, type FileValue } from './tensor-file';

const floats = { name: 'x', dataType: 1, dims: [2n, 3n], floatData: [1, 2, 3, 4, 5, 6] };
const texts = { dataType: 8, dims: [2n], stringData: [new Uint8Array([105]), new Uint8Array([110, 107])] };

function bytesOf<S extends DescMessage>(schema: S, fields: MessageInitShape<S>): Uint8Array<ArrayBuffer> {
  return toBinary(schema, create(schema, fields)).slice();
}

const read = (bytes: Uint8Array<ArrayBuffer>, kind?: FileValue['kind']) =>
  readTensorFile(new Blob([bytes]), 'input_0.pb', kind);

test('a tensor comes with its name, dtype, dimensions and elements', async () => {
  expect(await read(bytesOf(TensorProtoSchema, floats))).toEqual({
    name: 'x',
    value: {
      kind: 'tensor',
      tensor: { dtype: 'float32', dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    },
  });
  const { value } = await read(bytesOf(TensorProtoSchema, texts));
  expect(value).toMatchObject({ tensor: { dtype: 'string', data: ['i', 'nk'] } });
});

test('sequences, optionals and maps hold values', async () => {
  const list = { name: 's', elemType: 1, tensorValues: [floats, texts] };
  const sequence = await read(bytesOf(SequenceProtoSchema, list), 'sequence');
  expect(sequence.value).toMatchObject({
    kind: 'sequence',
    values: [{ kind: 'tensor' }, { kind: 'tensor' }],
  });
  const full = await read(bytesOf(OptionalProtoSchema, { elemType: 3, sequenceValue: list }), 'optional');
  expect(full.value).toMatchObject({ kind: 'optional', value: { kind: 'sequence' } });
  expect((await read(new Uint8Array(), 'optional')).value).toEqual({ kind: 'optional', value: null });
  const map = await read(bytesOf(MapProtoSchema, { keyType: 7, keys: [3n, 5n], values: list }), 'map');
  expect(map.value).toMatchObject({
    kind: 'map',
    entries: [
      [3n, {}],
      [5n, {}],
    ],
  });
});

test.each([
  ['nothing', new Uint8Array(), 'file_empty'],
  ['no protobuf', new Uint8Array([255, 255, 255]), 'file_damaged'],
  ['too few elements', bytesOf(TensorProtoSchema, { ...floats, dims: [9n] }), 'file_tensor_length'],
  ['too few strings', bytesOf(TensorProtoSchema, { ...texts, dims: [9n] }), 'file_tensor_length'],
  ['an unknown type', bytesOf(TensorProtoSchema, { ...floats, dataType: 99 }), 'file_damaged'],
  [
    'elements elsewhere',
    bytesOf(TensorProtoSchema, { dataType: 1, dims: [1n], dataLocation: TensorProto_DataLocation.EXTERNAL }),
    'file_external_missing',
  ],
])('%s is a problem', async (_, bytes, code) => {
  await expect(read(bytes)).rejects.toMatchObject({ code });
});

test('keys without values are a problem', async () => {
  await expect(read(bytesOf(MapProtoSchema, { keys: [1n] }), 'map')).rejects.toMatchObject({
    code: 'file_damaged',
  });
});

test('damaged files end in a value or in a problem', async () => {
  const list = { name: 's', elemType: 1, tensorValues: [floats, texts] };
  const seeds: [FileValue['kind'], Uint8Array<ArrayBuffer>][] = [
    ['tensor', bytesOf(TensorProtoSchema, floats)],
    ['sequence', bytesOf(SequenceProtoSchema, list)],
    ['optional', bytesOf(OptionalProtoSchema, { elemType: 3, sequenceValue: list })],
    ['map', bytesOf(MapProtoSchema, { stringKeys: texts.stringData, values: list })],
  ];
  for (let seed = 1; seed <= 2000; seed++) {
    const roll = dice(seed);
    const [kind, bytes] = seeds[seed % seeds.length]!;
    await read(damage(bytes, roll), kind).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  }
});
