#!/usr/bin/env node
/**
 * Starts src/cli/main.ts. Its TypeScript is bundled when it or anything it imports is newer than the last bundle,
 * which is kept in node_modules/.cache; so only the first call after a change loads Vite.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/inkling');
const bundle = join(folder, 'main.js');

if ((await newestChange()) > (await changedAt(bundle))) await makeBundle();
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(process.argv.slice(2));

async function makeBundle() {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { ssr: 'src/cli/main.ts', outDir: folder, emptyOutDir: true, target: 'node20' },
  });
}

async function newestChange() {
  const source = join(root, 'src');
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name));
  const times = files.map((entry) => changedAt(join(entry.parentPath, entry.name)));
  return Math.max(...(await Promise.all([...times, changedAt(join(root, 'package-lock.json'))])));
}

async function changedAt(path) {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
