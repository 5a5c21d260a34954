/** Loads ONNX Runtime Web's JavaScript and binary for one build, with the settings Inkling always uses. */
import type * as Ort from 'onnxruntime-web';
import { binaryUrl, openBinary } from './binary';
import type { BuildId } from './probe-facts';

export type OrtModule = typeof Ort;

/**
 * The runtime, ready to create sessions, and what stores its binary; `threads` over 1 needs a cross-origin isolated
 * page.
 */
export async function loadOrt(
  build: BuildId,
  threads: number,
): Promise<{ ort: OrtModule; keep: () => Promise<void> }> {
  const [ort, { response, keep }] = await Promise.all([importBuild(build), openBinary(build)]);
  const url = binaryUrl(build);
  ort.env.wasm.wasmPaths = { wasm: url };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  answerFetchOnce(url, response);
  return { ort, keep };
}

/**
 * ONNX Runtime fetches the binary by its URL when the first session is made; it gets the response that is under way
 * already, so that nothing is downloaded twice and compiling begins with the first bytes.
 */
function answerFetchOnce(url: string, response: Response): void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const wanted = input instanceof Request ? input.url : String(input);
    if (wanted !== url) return original(input, init);
    globalThis.fetch = original;
    return Promise.resolve(response);
  };
}

function importBuild(build: BuildId): Promise<OrtModule> {
  switch (build) {
    case 'jspi':
      return import('onnxruntime-web/jspi');
    case 'asyncify':
      return import('onnxruntime-web/webgpu');
    case 'wasm':
      return import('onnxruntime-web/wasm');
  }
}
