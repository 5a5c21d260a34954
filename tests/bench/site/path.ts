/**
 * The same model through a bare `session.run` in this page and through Inkling's worker, bridge and queue, turn by
 * turn; the figures are left on `window.path`.
 */
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import modelUrl from '../../../models/mnist-cnn/mnist-cnn.onnx?url';
import { median } from '../../../src/state/certificate';
import { RuntimeClient } from '../../../src/workers/runtime/client';

const RUNS = 600;
const graph = await (await fetch(modelUrl)).blob();
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, import.meta.url).href };
const session = await ort.InferenceSession.create(new Uint8Array(await graph.arrayBuffer()), {
  executionProviders: ['wasm'],
});
const client = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
await client.open('model', { name: 'mnist-cnn', graph, external: [] });
const bare: number[] = [];
const ours: number[] = [];
const inWorker: number[] = [];
for (let i = 0; i < RUNS; i += 1) {
  const data = new Float32Array(784).fill(i / RUNS);
  const a = performance.now();
  await session.run({ image: new ort.Tensor('float32', data, [1, 1, 28, 28]) });
  const b = performance.now();
  const [result] = await client.run([
    { id: 'model', feeds: { image: { dtype: 'float32', dims: [1, 1, 28, 28], data } }, fetches: [] },
  ]);
  const c = performance.now();
  bare.push(b - a);
  ours.push(c - b);
  inWorker.push(result?.ms ?? NaN);
}
Object.assign(window, {
  path: { bare: median(bare), ours: median(ours), inWorker: median(inWorker), runs: RUNS },
});
