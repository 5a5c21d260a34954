/** Loads ONNX Runtime Web's JavaScript and binary for one build, with the settings Inkling always uses. */
import type * as Ort from 'onnxruntime-web';
import { binaryUrl, openBinary } from './binary';
import type { BuildId } from './probe-facts';

export type OrtModule = typeof Ort;

export interface LoadedOrt {
  ort: OrtModule;
  /** The compiled binary, for other workers. */
  module: WebAssembly.Module;
  /** Stores the binary for other visits. */
  keep: () => Promise<void>;
}

/**
 * The runtime, ready to create sessions. `threads` over 1 needs a cross-origin isolated page; `known` is the module
 * that another worker compiled.
 */
export async function loadOrt(
  build: BuildId,
  threads: number,
  known?: WebAssembly.Module,
): Promise<LoadedOrt> {
  const [ort, { module, keep }] = await Promise.all([
    importBuild(build),
    known ? { module: known, keep: () => Promise.resolve() } : compileBinary(build),
  ]);
  ort.env.wasm.wasmPaths = { wasm: binaryUrl(build) };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  giveOnce(binaryUrl(build), module);
  return { ort, module, keep };
}

/** Compiles the binary as it comes. */
async function compileBinary(build: BuildId): Promise<Omit<LoadedOrt, 'ort'>> {
  const { response, keep } = await openBinary(build);
  const isNamed = response.headers.get('Content-Type') === 'application/wasm';
  // Hosts that do not know the type: browsers compile streams of no other.
  const named = isNamed
    ? response
    : new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
  return { module: await WebAssembly.compileStreaming(named), keep };
}

/**
 * ONNX Runtime fetches and compiles its binary when the first session is made, and takes no module for it: it gets the
 * one that there is, in place of what it fetches.
 */
function giveOnce(url: string, module: WebAssembly.Module): void {
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  globalThis.fetch = (input, init) => {
    const wanted = input instanceof Request ? input.url : String(input);
    return wanted === url ? Promise.resolve(new Response()) : fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
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
