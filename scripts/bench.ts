/** `npm run bench [name…]`: every figure as one JSON line on standard output. */
import { checkpoint } from '../tests/bench/checkpoint';
import { compress } from '../tests/bench/compress';
import { convert } from '../tests/bench/convert';
import type { Figure } from '../tests/bench/figure';
import { graph } from '../tests/bench/graph';
import { movement } from '../tests/bench/movement';
import { open } from '../tests/bench/open';
import { path } from '../tests/bench/path';
import { visits } from '../tests/bench/visits';

const benches: Record<string, () => AsyncGenerator<Figure>> = {
  path,
  movement,
  visits,
  compress,
  graph,
  open,
  checkpoint,
  convert,
};
const wanted = process.argv.slice(3);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const figure of bench()) console.log(JSON.stringify(figure));
}
