/** ONNX Runtime's plain build with the bundled CNN open in it, and nothing of Inkling. */
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import modelUrl from '../../../models/mnist-cnn/mnist-cnn.onnx?url';

/** The CNN's bytes. */
export async function fetchCnn(): Promise<Blob> {
  return (await fetch(modelUrl)).blob();
}

/** Opens the CNN; what is given runs it on a picture `[28, 28]` and gives its ten scores. */
export async function openBare(cnn: Blob): Promise<(picture: Float32Array) => Promise<Float32Array>> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, import.meta.url).href };
  const session = await ort.InferenceSession.create(new Uint8Array(await cnn.arrayBuffer()), {
    executionProviders: ['wasm'],
  });
  const [output = ''] = session.outputNames;
  return async (picture) => {
    const result = await session.run({ image: new ort.Tensor('float32', picture, [1, 1, 28, 28]) });
    return result[output]?.data as Float32Array;
  };
}
