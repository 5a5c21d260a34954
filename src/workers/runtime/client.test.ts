import { expose } from 'comlink';
import { afterEach, expect, it, vi } from 'vitest';
import type { RuntimeWorker } from './api';
import { RuntimeClient } from './client';

afterEach(() => void vi.unstubAllGlobals());

/** The smallest binary there is: a header. */
const compiled = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));

it('What one worker compiled is given to the next, of the same build only', async () => {
  const given: string[] = [];
  const worker: Partial<RuntimeWorker> = {
    start({ build, module }) {
      given.push(`${build} ${module instanceof WebAssembly.Module ? 'compiled' : 'not compiled'}`);
      return Promise.resolve(module ?? compiled);
    },
  };
  vi.stubGlobal('Worker', function start() {
    const { port1, port2 } = new MessageChannel();
    expose(worker, port2);
    return Object.assign(port1, { terminate: () => port1.close() });
  });
  const jspi = new RuntimeClient({ backend: 'wasm', build: Promise.resolve('jspi'), threads: 1 });
  await jspi.start();
  await jspi.renew();
  const gpu = new RuntimeClient({ backend: 'webgpu', build: 'jspi', threads: 1 });
  await gpu.start();
  const plain = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
  await plain.start();
  for (const client of [jspi, gpu, plain]) client.end();
  expect(given).toEqual(['jspi not compiled', 'jspi compiled', 'jspi compiled', 'wasm not compiled']);
});
