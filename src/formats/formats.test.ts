import { expect, test } from 'vitest';
import { denseModel } from '../../tests/fuzz/reader';
import { createJob } from '../core/job';
import { identify, readModel } from '.';
import { encodeOnnx } from './onnx';
import { writeZip } from './zip';

const text = (content: string) => new Blob([content]);
const bytes = (...values: number[]) =>
  new Blob([Uint8Array.from([...values, ...new Array<number>(64).fill(7)])]);
const latin = (content: string) => bytes(...Array.from(content, (c) => c.charCodeAt(0)));

test('an ONNX file is known by its content', async () => {
  expect((await identify(await encodeOnnx(denseModel()), 'renamed.bin')).id).toBe('onnx');
});

const others: [string, Blob | Promise<Blob>, string][] = [
  ['plain text', text('just a note, no model'), 'looks like plain text'],
  ['text that begins like a graph', text(': a list of things\n'), 'looks like plain text'],
  ['text that begins with a quote', text('"quoted" words'), 'looks like plain text'],
  [
    'a web page',
    text('<!DOCTYPE html><html><body>404</body></html>'),
    'looks like an HTML page, as a failed download leaves',
  ],
  ['XML', text('<?xml version="1.0"?><net/>'), 'looks like XML'],
  ['JSON', text('{"name": "model"}'), 'looks like JSON'],
  ['Python', text('import torch\n\nclass Net:\n  pass\n'), 'looks like Python source'],
  [
    'a Git LFS pointer',
    text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 26454\n'),
    'is a Git LFS pointer; the real file has 26\u202f454 bytes and was not downloaded',
  ],
  ['a zip archive', writeZip([{ name: 'a.txt', blob: text('a') }]), 'is a zip archive'],
  [
    'a PyTorch checkpoint',
    writeZip([{ name: 'net/data.pkl', blob: text('x') }]),
    'is a PyTorch checkpoint: weights without a graph',
  ],
  [
    'a TorchScript archive',
    writeZip([
      { name: 'net/data.pkl', blob: text('x') },
      { name: 'net/code/__torch__.py', blob: text('x') },
    ]),
    'is a TorchScript archive',
  ],
  ['a Keras archive', writeZip([{ name: 'model.weights.h5', blob: text('x') }]), 'is a Keras model'],
  [
    'a TorchScript archive of the first versions',
    writeZip([
      { name: 'net/model.json', blob: text('{}') },
      { name: 'net/tensors/0', blob: text('x') },
    ]),
    'is a TorchScript archive of PyTorch 1.0 to 1.3; load it with PyTorch 1.4 or newer and save it again',
  ],
  [
    'a torch.export program',
    writeZip([{ name: 'serialized_exported_program.json', blob: text('{}') }]),
    'is a torch.export program (.pt2)',
  ],
  [
    'a zip archive with a checkpoint',
    writeZip([{ name: 'run/best.pt', blob: text('x') }]),
    'is a zip archive with a model (run/best.pt) in it; unpack it first',
  ],
  [
    'an encrypted archive',
    latin('PK\x03\x04\x14\0\x01\0'),
    'is an encrypted zip archive; unpack it with its password first',
  ],
  [
    'a part of an archive',
    latin('PK\x07\x08PK\x03\x04'),
    'is one part of a zip archive in several parts; join them first',
  ],
  ['arrays', writeZip([{ name: 'w.npy', blob: text('x') }]), 'is an archive of NumPy arrays (.npz)'],
  ['a pickle', bytes(0x80, 4, 0x95), 'is a Python pickle'],
  [
    'an old checkpoint',
    bytes(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19),
    'is a PyTorch checkpoint of the old pickle layout',
  ],
  ['HDF5', latin('\x89HDF\r\n\x1a\n'), 'is an HDF5 file, as Keras writes'],
  ['GGUF', latin('GGUF\x03\0\0\0'), 'is a GGUF file of llama.cpp'],
  ['safetensors', latin('\x40\0\0\0\0\0\0\0{"w":{}}'), 'is a safetensors file: weights without a graph'],
  ['a PNG image', latin('\x89PNG\r\n\x1a\n'), 'is a PNG image'],
  ['a JPEG image', bytes(0xff, 0xd8, 0xff, 0xe0), 'is a JPEG image'],
  ['gzip', bytes(0x1f, 0x8b, 8), 'is compressed with gzip; unpack it first'],
  ['TensorFlow Lite', latin('\x1c\0\0\0TFL3'), 'is a TensorFlow Lite model'],
  ['a SavedModel', latin('\x08\x01\x12\xb0\xea\x05\x0a\x02\x1a\x05serve'), 'is a TensorFlow SavedModel'],
  ['an ORT model', latin('\x20\0\0\0ORTM'), 'is an ONNX Runtime model (.ort)'],
  ['zeros', new Blob([new Uint8Array(100)]), 'begins with nothing but zeros'],
  ['noise', bytes(0xfe, 0xdc, 0x01, 0x99), 'looks like no model format known here'],
];

test.each(others)('%s is refused as a model with what it is', async (_, file, looksLike) => {
  await expect(readModel(await file, { name: 'model.onnx' }, createJob())).rejects.toMatchObject({
    code: 'file_unknown',
    detail: { file: 'model.onnx', looksLike },
  });
});

test('an empty file is called that', async () => {
  await expect(identify(new Blob([]), 'm.onnx')).rejects.toMatchObject({ code: 'file_empty' });
});
