/** Builds the pages that Inkling is measured against, once, and serves them as it is served. */
import { cpSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { serve } from '../../../scripts/serve.js';

let built: Promise<string> | null = null;

export async function serveBench() {
  built ??= buildSite();
  return serve(await built);
}

async function buildSite(): Promise<string> {
  const root = join(process.cwd(), 'tests/bench/site');
  const outDir = await mkdtemp(join(tmpdir(), 'inkling-bench-'));
  await build({
    ...{ root, base: './', configFile: false, logLevel: 'error', worker: { format: 'es' } },
    assetsInclude: ['**/*.onnx'],
    plugins: [svelte({ configFile: join(process.cwd(), 'svelte.config.js') })],
    build: {
      ...{ outDir, target: 'es2023', assetsInlineLimit: 0, emptyOutDir: true },
      rolldownOptions: {
        input: ['bare.html', 'graph.html', 'path.html', 'still.html'].map((page) => join(root, page)),
      },
    },
  });
  cpSync(join(process.cwd(), 'public/_headers'), join(outDir, '_headers'));
  return outDir;
}
