/** Builds the pages that Inkling is measured against, once, and serves them as it is served. */
import { join } from 'node:path';
import { serve } from '../../../scripts/serve.js';
import { buildPages } from '../../site';

const pages = ['bare.html', 'graph.html', 'paper.html', 'path.html', 'still.html'];
let built: Promise<string> | null = null;

export async function serveBench() {
  built ??= buildPages(join(process.cwd(), 'tests/bench/site'), pages);
  return serve(await built);
}
