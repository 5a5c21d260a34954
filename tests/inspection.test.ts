import { expose } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Inspector } from '../src/workers/inspect/api';
import { Inspection } from '../src/state/inspection.svelte';
import type { LibraryState } from '../src/state/library.svelte';

/** What each worker that was started has been asked, in order. */
let asked: string[][] = [];
let ends: (() => void)[] = [];

/** A worker in the same thread, which answers nothing about its models but that it opened them. */
class WorkerHere {
  readonly #channel = new MessageChannel();
  readonly postMessage = this.#channel.port1.postMessage.bind(this.#channel.port1);
  readonly removeEventListener = this.#channel.port1.removeEventListener.bind(this.#channel.port1);

  constructor() {
    const calls: string[] = [];
    asked.push(calls);
    const api: Partial<Inspector> = {
      open(pane, { name }) {
        calls.push(`open ${pane} ${name}`);
        return Promise.resolve({ kind: 'checkpoint', checkpoint: {} as never });
      },
      compare: () => Promise.resolve({} as never),
      arrange(pane) {
        calls.push(`arrange ${pane}`);
        // The first one takes for ever.
        return asked.length === 1 ? new Promise(() => undefined) : Promise.resolve({} as never);
      },
    };
    expose(api, this.#channel.port2);
    ends.push(() => this.terminate());
  }

  addEventListener(type: string, listener: EventListener): void {
    if (type !== 'message') return;
    this.#channel.port1.addEventListener(type, listener);
    this.#channel.port1.start();
  }

  terminate(): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}

/** It is not asked about kept models. */
const noLibrary = Object.create(null) as LibraryState;

beforeEach(() => {
  asked = [];
  ends = [];
  vi.stubGlobal('Worker', WorkerHere);
});

afterEach(() => {
  for (const end of ends) end();
  vi.unstubAllGlobals();
});

test('a worker that takes the place of a stopped one opens both models again', async () => {
  const inspection = new Inspection('left', noLibrary);
  const file = (name: string) => ({ name, blob: new Blob() });
  await inspection.openFile(file('a'), []);
  await inspection.compareWith(file('b'), [], () => undefined, new AbortController().signal);
  const controller = new AbortController();
  const stopped = inspection.arrangeSide('right', [], controller.signal);
  await vi.waitFor(() => expect(asked[0]).toContain('arrange right'));
  controller.abort();
  await expect(stopped).rejects.toThrow();
  await inspection.arrangeSide('right', []);
  expect(asked[1]).toEqual(['open left a', 'open right b', 'arrange right']);
});
