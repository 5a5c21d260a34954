import type { Backend } from '../backend';
import { attachEar } from '../ear';
import { createSession } from '../session';

/** The CPU, through WebAssembly SIMD: runs everywhere, and every model ONNX Runtime Web knows. */
export const wasm: Backend = {
  id: 'wasm',
  label: 'WASM',
  prepare() {
    attachEar();
    return Promise.resolve();
  },
  async open(ort, model) {
    return { session: await createSession(ort, model, { executionProviders: ['wasm'] }), elsewhere: [] };
  },
  lost: () => null,
  dispatches: () => 0,
};
