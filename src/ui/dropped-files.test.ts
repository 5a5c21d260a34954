import { expect, test } from 'vitest';
import { droppedFiles } from './dropped-files';

/** What a browser gives for a dropped file or folder; a folder's reader answers in pieces, and with nothing at the end. */
function entry(fullPath: string, children?: unknown[]): unknown {
  const file = new File(['x'], fullPath.split('/').at(-1) ?? '');
  if (!children)
    return { isFile: true, isDirectory: false, fullPath, file: (done: (file: File) => void) => done(file) };
  const pieces = [...children.map((child) => [child]), []];
  const createReader = () => ({
    readEntries: (done: (some: unknown[]) => void) => done(pieces.shift() ?? []),
  });
  return { isFile: false, isDirectory: true, fullPath, createReader };
}

const transferOf = (...entries: unknown[]) =>
  ({
    files: [new File(['x'], 'plain.onnx')],
    items: entries.map((one) => ({ kind: 'file', webkitGetAsEntry: () => one })),
  }) as unknown as DataTransfer;

test('files in dropped folders are taken, each with its path', async () => {
  const folder = entry('/runs', [entry('/runs/a', [entry('/runs/a/best.pt')]), entry('/runs/log.txt')]);
  const files = await droppedFiles(transferOf(folder, entry('/extra.pt')));
  expect(files.map(({ name, path }) => [name, path])).toEqual([
    ['best.pt', 'runs/a/best.pt'],
    ['log.txt', 'runs/log.txt'],
    ['extra.pt', 'extra.pt'],
  ]);
});

test('files without folders are taken as they are', async () => {
  const files = await droppedFiles(transferOf(entry('/plain.onnx')));
  expect(files.map(({ name, path }) => [name, path])).toEqual([['plain.onnx', undefined]]);
});
