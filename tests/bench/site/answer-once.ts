import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import modelUrl from '../../../models/mnist-cnn/mnist-cnn.onnx?url';

/** Loads one build of the runtime, `jspi` or the plain one, and the bundled CNN, and runs it on an empty picture. */
export async function answerOnce(build: string | null): Promise<void> {
  const isJspi = build === 'jspi';
  const model = fetch(modelUrl).then((response) => response.arrayBuffer());
  const ort = await (isJspi ? import('onnxruntime-web/jspi') : import('onnxruntime-web/wasm'));
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: new URL(isJspi ? jspiUrl : wasmUrl, import.meta.url).href };
  const session = await ort.InferenceSession.create(await model, { executionProviders: ['wasm'] });
  await session.run({ image: new ort.Tensor('float32', new Float32Array(784), [1, 1, 28, 28]) });
}
