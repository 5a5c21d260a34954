import { cpSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { narrowRuntime } from '../scripts/runtime-plugin';

/** Builds pages of a folder as Inkling is built, with its headers, and gives the folder to be served. */
export async function buildPages(root: string, pages: readonly string[]): Promise<string> {
  const name = relative(process.cwd(), root).replaceAll('/', '-');
  const outDir = await mkdtemp(join(tmpdir(), `inkling-${name}-`));
  await build({
    ...{ root, base: './', configFile: false, logLevel: 'error' },
    worker: { format: 'es', plugins: () => [narrowRuntime()] },
    assetsInclude: ['**/*.onnx'],
    plugins: [svelte({ configFile: join(process.cwd(), 'svelte.config.js') }), narrowRuntime()],
    build: {
      ...{ outDir, target: 'es2023', assetsInlineLimit: 0, emptyOutDir: true },
      rolldownOptions: { input: pages.map((page) => join(root, page)) },
    },
  });
  cpSync(join(process.cwd(), 'public/_headers'), join(outDir, '_headers'));
  return outDir;
}
