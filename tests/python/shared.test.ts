import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/problem';
import { readZip } from '../../src/formats/zip';
import { createPython, parsePython } from '../../src/python';
import { shared } from '../wild';

/** Archives larger than this hold weights; their code is like that of the smaller ones. */
const LARGEST_ARCHIVE = 2 ** 25;

const roots = ['fixtures', 'fixtures-tools', 'wild/torch']
  .map((name) => join(shared, name))
  .filter(existsSync);
const files = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
);
const sources = files.filter((path) => path.endsWith('.py'));
const archives = files.filter((path) => /\.(pt|pth|jit|ptl|zip)$/.test(path));

describe('Sources of models that lie beside the repository', () => {
  if (sources.length === 0) it.skip('none: ../shared is not on this machine');

  it.each(sources.map((path) => [relative(shared, path), path]))(
    'are run, torch being unknown: %s',
    (file, path) => {
      const python = createPython({ sources: [{ file, text: readFileSync(path, 'utf8') }] });
      const left = () => python.notes.filter(({ text }) => text.includes('was left out'));
      expect(python.load(file).members.size).toBeGreaterThan(1);
      if (!/make_fixtures|fxlib|verify_fixtures/.test(file)) expect(left()).toEqual([]);
    },
  );
});

describe("TorchScript's code in archives beside the repository", () => {
  it('is all read', async (context) => {
    if (archives.length === 0) return context.skip('../shared is not on this machine');
    let read = 0;
    for (const path of archives) {
      const blob = await openAsBlob(path);
      if (blob.size > LARGEST_ARCHIVE) continue;
      const entries = await readZip(blob, path).catch((error: unknown) => {
        if (error instanceof AppError) return [];
        throw error;
      });
      const code = entries.filter(({ name }) => /\/code\/.*\.py$/.test(name));
      for (const entry of code) {
        const text = await (await entry.read()).text();
        parsePython(text, entry.name);
        read += 1;
      }
    }
    expect(read).toBeGreaterThan(0);
  });
});
