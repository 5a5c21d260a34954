/**
 * The same model through a bare `session.run` in this page, through a bare worker behind comlink, and through Inkling's
 * worker, bridge and queue, turn by turn and in turns of two; the figures are left on `window.path`.
 */
import { wrap } from 'comlink';
import { median } from '../../../src/state/certificate';
import { RuntimeClient } from '../../../src/workers/runtime/client';
import { fetchCnn, openBare } from './bare-session';
import type { ComlinkWorker } from './comlink-worker';

const RUNS = 600;
const ROUNDS = 6;
const cnn = await fetchCnn();
const bare = await openBare(cnn);
const comlink = wrap<ComlinkWorker>(
  new Worker(new URL('./comlink-worker.ts', import.meta.url), { type: 'module' }),
);
const client = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
await client.open('model', { name: 'mnist-cnn', graph: cnn, external: [] });

/** Each is run in turn with a bare run: what runs only now and then is slower. */
const ways: Record<string, (picture: Float32Array<ArrayBuffer>) => Promise<unknown>> = {
  comlink: (picture) => comlink.run(picture),
  ours: (data) =>
    client.run([
      { id: 'model', feeds: { image: { dtype: 'float32', dims: [1, 1, 28, 28], data } }, fetches: [] },
    ]),
};
const times: Record<string, { way: number[]; beside: number[] }> = {};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(ways)) {
    const { way, beside } = (times[name] ??= { way: [], beside: [] });
    for (let i = 0; i < RUNS / ROUNDS; i += 1) {
      const picture = new Float32Array(784).fill(i / RUNS);
      const a = performance.now();
      await bare(picture);
      const b = performance.now();
      await run(picture);
      const c = performance.now();
      beside.push(b - a);
      way.push(c - b);
    }
  }
}
const figures = Object.entries(times).map(
  ([name, { way, beside }]) => [name, { way: median(way), beside: median(beside) }] as const,
);
Object.assign(window, { path: { ...Object.fromEntries(figures), runs: RUNS } });
