import { expose } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Bridge } from './bridge';

interface Api {
  answer(): number;
  hang(): Promise<never>;
}

const api: Api = { answer: () => 42, hang: () => new Promise(() => undefined) };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A bridge that waits a second, the workers it started, and what is called when one is ended. */
function bridged() {
  const workers: EventTarget[] = [];
  const ended = vi.fn();
  const start = () => {
    const { port1, port2 } = new MessageChannel();
    expose(api, port2);
    workers.push(port1);
    const terminate = () => {
      ended();
      port1.close();
    };
    return Object.assign(port1, { terminate }) as unknown as Worker;
  };
  return { bridge: new Bridge<Api>({ name: 'WASM', start, patienceMs: 1000 }), workers, ended };
}

test('a worker that does not answer is ended, and the next call starts another', async () => {
  const { bridge, workers, ended } = bridged();
  const silent = expect(bridge.call((api) => api.hang())).rejects.toMatchObject({
    code: 'worker_silent',
    detail: { worker: 'WASM', seconds: 1 },
  });
  await vi.advanceTimersByTimeAsync(1000);
  await silent;
  expect(ended).toHaveBeenCalledTimes(1);
  expect(await bridge.call((api) => api.answer())).toBe(42);
  expect([workers.length, bridge.generation]).toEqual([2, 1]);
  bridge.end();
});

test('after a call has ended nothing ends the worker', async () => {
  const { bridge, workers, ended } = bridged();
  const controller = new AbortController();
  expect(await bridge.call((api) => api.answer(), { signal: controller.signal })).toBe(42);
  await expect(bridge.call(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(10_000);
  controller.abort();
  expect(ended).not.toHaveBeenCalled();
  expect(await bridge.call((api) => api.answer())).toBe(42);
  expect([workers.length, bridge.generation]).toEqual([1, 0]);
  bridge.end();
});

test('workers are counted that ended, however they did', async () => {
  const { bridge, workers } = bridged();
  bridge.end();
  expect(bridge.generation, 'none was started').toBe(0);

  await bridge.call((api) => api.answer());
  bridge.end();
  bridge.end();
  expect(bridge.generation, 'ended twice').toBe(1);

  const controller = new AbortController();
  const aborted = bridge.call((api) => api.hang(), { signal: controller.signal });
  const unmade = bridge.call((api) => api.answer(), { signal: controller.signal });
  await vi.waitFor(() => expect(workers).toHaveLength(2));
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  await expect(unmade).rejects.toMatchObject({ name: 'AbortError' });
  expect([bridge.generation, workers.length], 'aborted').toEqual([2, 2]);

  const crashed = bridge.call((api) => api.hang());
  await vi.waitFor(() => expect(workers).toHaveLength(3));
  workers[1]?.dispatchEvent(new Event('error'));
  expect(bridge.generation, 'a word of one that ended before').toBe(2);
  workers[2]?.dispatchEvent(new Event('error'));
  await expect(crashed).rejects.toMatchObject({ code: 'worker_crashed' });
  expect(bridge.generation, 'crashed').toBe(3);
});
