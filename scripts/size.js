/** `npm run size`: what the first screen costs to load, runtime and models not counted, against its budget. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 60_000;
const dist = join(import.meta.dirname, '..', 'dist');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const wanted = new Set(
  [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path),
);
// Scripts that the first ones import at once come with them.
for (const path of wanted) {
  if (!path.endsWith('.js')) continue;
  const code = readFileSync(join(dist, path), 'utf8');
  for (const [, name] of code.matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)) wanted.add(`assets/${name}`);
}
let total = 0;
for (const path of wanted) {
  const bytes = gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
  total += bytes;
  console.log(`${String(bytes).padStart(8)} B gzip  ${path}`);
}
console.log(
  `${String(total).padStart(8)} B gzip of ${BUDGET_BYTES}  the first screen's own script and style`,
);
console.log(
  `${readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.wasm')).length} runtimes, of which a visit loads one`,
);
if (total > BUDGET_BYTES) {
  console.error('The first screen is over its budget.');
  process.exit(1);
}
