/** The bundled CNN behind a bare `postMessage`: a picture `[28, 28]` in, ten probabilities out; the first message is empty. */
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import modelUrl from '../../../models/mnist-cnn/mnist-cnn.onnx?url';

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, import.meta.url).href };
const model = await (await fetch(modelUrl)).arrayBuffer();
const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
const [output = ''] = session.outputNames;
self.onmessage = async ({ data }: MessageEvent<Float32Array>) => {
  const result = await session.run({ image: new ort.Tensor('float32', data, [1, 1, 28, 28]) });
  const logits = [...((result[output]?.data ?? []) as Float32Array)];
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((all, power) => all + power, 0);
  self.postMessage(Float32Array.from(powers, (power) => power / sum));
};
self.postMessage(new Float32Array(0));
