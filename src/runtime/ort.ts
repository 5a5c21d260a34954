/** Loads ONNX Runtime Web's JavaScript and binary for one build, with the settings Inkling always uses. */
import type * as Ort from 'onnxruntime-web';
import { loadBinary } from './binary';
import type { BuildId } from './probe-facts';

export type OrtModule = typeof Ort;

/** The runtime, ready to create sessions; `threads` over 1 needs a cross-origin isolated page. */
export async function loadOrt(build: BuildId, threads: number): Promise<OrtModule> {
  const [ort, binary] = await Promise.all([importBuild(build), loadBinary(build)]);
  ort.env.wasm.wasmBinary = binary;
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
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
