import { expect, test } from 'vitest';
import { filesAround, keyOf, locate, placeOf } from './locations';

const taken = (path: string) => {
  const name = path.split('/').at(-1) ?? path;
  return { name, blob: new Blob([path]), ...(path === name ? {} : { path }) };
};

/** What each location of a model finds among files, by the path of what it finds. */
async function found(model: string, files: string[], locations: string[]) {
  const blobs = locate(filesAround(taken(model), files.map(taken)), locations);
  return Promise.all(locations.map(async (location) => (await blobs.get(location)?.text()) ?? null));
}

test('files of one name in two folders are two files', async () => {
  const files = ['m/a/w.bin', 'm/b/w.bin', 'm/w.bin'];
  expect(await found('m/net.onnx', files, ['a/w.bin', './b\\w.bin', 'w.bin'])).toEqual(files);
});

test('each of two models has the weights of its own folder', async () => {
  const files = ['one/net.onnx', 'one/w.bin', 'two/net.onnx', 'two/w.bin'];
  expect(await found('one/net.onnx', files, ['w.bin'])).toEqual(['one/w.bin']);
  expect(await found('two/net.onnx', files, ['w.bin'])).toEqual(['two/w.bin']);
});

test('weights that lie elsewhere are found by name where one file and one location have it', async () => {
  expect(await found('net.onnx', ['w.bin'], ['sub/w.bin'])).toEqual(['w.bin']);
  expect(await found('net.onnx', ['w.bin'], ['../w.bin'])).toEqual(['w.bin']);
  expect(await found('net.onnx', ['w.bin'], ['C:\\models\\w.bin'])).toEqual(['w.bin']);
  expect(await found('m/net.onnx', ['weights/w.bin'], ['w.bin'])).toEqual(['weights/w.bin']);
  expect(await found('net.onnx', ['w.bin'], ['sub/w.bin', './sub/w.bin'])).toEqual(['w.bin', 'w.bin']);
});

test('what may be either of two is not here', async () => {
  expect(await found('net.onnx', ['w.bin'], ['a/w.bin', 'b/w.bin'])).toEqual([null, null]);
  expect(await found('net.onnx', ['a/w.bin', 'b/w.bin'], ['w.bin'])).toEqual([null]);
  expect(await found('net.onnx', ['w.bin', 'w.bin'], ['w.bin'])).toEqual([null]);
  expect(await found('net.onnx', ['w.bin'], ['a/w.bin', 'w.bin'])).toEqual([null, 'w.bin']);
});

test('a location never leads out of the folder', () => {
  const paths = ['a/../w', './a//w', 'a\\w', '..', '../w', 'a/../../w', '/w', '\\w', 'c:w', ''];
  expect(paths.map(placeOf)).toEqual(['w', 'a/w', 'a/w', ...paths.slice(3).map(() => null)]);
  expect(['a/../w', '../../x/w', '/etc/w'].map(keyOf)).toEqual(['w', 'w', 'w']);
});
