import type { Backend } from '../backend';
import { createSession } from '../session';

/** The CPU, through WebAssembly SIMD: runs everywhere, and every model ONNX Runtime Web knows. */
export const wasm: Backend = {
  id: 'wasm',
  label: 'WASM',
  prepare: () => Promise.resolve(),
  async open(ort, model) {
    return { session: await createSession(ort, model, { executionProviders: ['wasm'] }), elsewhere: [] };
  },
  lost: () => null,
  dispatches: () => 0,
};
