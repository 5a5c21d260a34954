import { expose } from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RuntimeWorker } from './api';
import { RuntimeClient } from './client';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

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

const facts = { inputs: [], outputs: [], elsewhere: [], openMs: 1 };
const job = { id: 'm', feeds: {}, fetches: [] };
const opened = { name: 'm', graph: new Blob(), external: [] };

describe('A run that never ends', () => {
  let isHanging = false;

  /** A client with a model open, and its `runs` before the worker hangs. */
  async function hanging(runs: number): Promise<RuntimeClient> {
    const results = [{ outputs: {}, ms: 1, dispatches: 0 }];
    const worker: Partial<RuntimeWorker> = {
      start: () => Promise.resolve(compiled),
      open: () => Promise.resolve(facts as never),
      run: () => (isHanging ? new Promise(() => undefined) : Promise.resolve(results)),
    };
    vi.stubGlobal('Worker', function start() {
      const { port1, port2 } = new MessageChannel();
      expose(worker, port2);
      return Object.assign(port1, { terminate: () => port1.close() });
    });
    isHanging = false;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const client = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
    await client.open('m', opened);
    for (let run = 0; run < runs; run += 1) await client.run([job]);
    isHanging = true;
    return client;
  }

  /** After how many seconds the worker of a run is given up. */
  async function givenUpAfter(client: RuntimeClient): Promise<number> {
    let problem: unknown;
    client.run([job]).catch((error: unknown) => (problem = error));
    let seconds = 0;
    for (; problem === undefined && seconds < 500; seconds += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(problem).toMatchObject({ code: 'worker_silent', detail: { worker: 'WASM', seconds } });
    return seconds;
  }

  it('is given up after half a minute when others ended before it', async () => {
    expect(await givenUpAfter(await hanging(1))).toBe(30);
  });

  it('may compile for a minute longer when it is the first', async () => {
    expect(await givenUpAfter(await hanging(0))).toBe(90);
  });

  it('may open its model again, and compile, when the worker was lost', async () => {
    const client = await hanging(1);
    client.end();
    expect(await givenUpAfter(client)).toBe(210);
  });

  it('is a first one again when its model was opened again', async () => {
    const client = await hanging(1);
    await client.renew();
    expect(await givenUpAfter(client)).toBe(90);
  });
});

describe('After a lost worker', () => {
  /** Workers that open models in so many milliseconds; gives how many were started. */
  function startWorkers(openMs: () => number): () => number {
    let started = 0;
    const worker: Partial<RuntimeWorker> = {
      start: () => Promise.resolve(compiled),
      open: () => new Promise((resolve) => setTimeout(() => resolve(facts as never), openMs())),
      run: () => Promise.resolve([{ outputs: {}, ms: 1, dispatches: 0 }]),
      release: () => Promise.resolve(),
    };
    vi.stubGlobal('Worker', function start() {
      started += 1;
      const { port1, port2 } = new MessageChannel();
      expose(worker, port2);
      return Object.assign(port1, { terminate: () => port1.close() });
    });
    return () => started;
  }

  it('a run waits as long as opening may take', async () => {
    let openMs = 0;
    startWorkers(() => openMs);
    const client = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
    await client.open('m', opened);
    await client.run([job]);
    client.end();
    openMs = 45_000;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const run = client.run([job]);
    run.catch(() => undefined);
    // A second at a time: what workers say comes in between.
    for (let second = 0; second < 100; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(run).resolves.toHaveLength(1);
    client.end();
  });

  it('nothing is started to free what is gone', async () => {
    const started = startWorkers(() => 0);
    const client = new RuntimeClient({ backend: 'wasm', build: 'wasm', threads: 1 });
    await client.open('m', opened);
    client.end();
    await client.release('m');
    expect(started()).toBe(1);
  });
});
