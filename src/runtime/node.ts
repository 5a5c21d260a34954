import * as ort from 'onnxruntime-web/wasm';
import type { PlainTensor } from '../core/tensor';
import type { RunnableModel } from '../core/runnable';
import { createSession, runSession } from './session';

/** A model opened outside a browser. */
export interface NodeSession {
  inputs: readonly string[];
  outputs: readonly string[];
  /** Runs once: feeds by name in, all outputs by name out, and the milliseconds of the run alone. */
  run(
    feeds: Readonly<Record<string, PlainTensor>>,
  ): Promise<{ outputs: Record<string, PlainTensor>; ms: number }>;
}

/**
 * Opens a model on the WASM build in Node, one thread; `binary` is that build's `.wasm`, which Node cannot fetch.
 * Throws as the browser's backends do.
 */
export async function openInNode(model: RunnableModel, binary: ArrayBuffer): Promise<NodeSession> {
  ort.env.wasm.wasmBinary = binary;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await createSession(ort, model, { executionProviders: ['wasm'], logSeverityLevel: 3 });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: (feeds) => runSession(ort, session, model.name, feeds, []),
  };
}
