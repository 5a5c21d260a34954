/** Runs models on WebGPU as Inkling does, in its worker: `runOnWebgpu` is called by the campaign. */
import type { PlainTensor } from '../../../src/core/tensor';
import { RuntimeClient } from '../../../src/workers/runtime/client';

export interface OnWebgpu {
  outputs: Record<string, PlainTensor>;
  /** Operators that ran on the CPU. */
  elsewhere: string[];
  dispatches: number;
}

const client = new RuntimeClient({ backend: 'webgpu', build: 'jspi', threads: 1 });

async function runOnWebgpu(
  bytes: Uint8Array<ArrayBuffer>,
  feeds: Record<string, PlainTensor>,
): Promise<OnWebgpu> {
  // One name for all: the model before is released once this one is open, so the device and its shaders stay.
  const model = { name: 'model', graph: new Blob([bytes]), external: [] };
  const { elsewhere } = await client.open('model', model);
  const [result] = await client.run([{ id: 'model', feeds, fetches: [] }]);
  return { outputs: result?.outputs ?? {}, elsewhere, dispatches: result?.dispatches ?? 0 };
}

await client.start();
Object.assign(window, { runOnWebgpu });
