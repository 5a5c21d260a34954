import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, startChromium } from './engines/chromium';
import { until, type Engine } from './engines/engine';
import { startFirefox } from './engines/firefox';
import { startWebKit } from './engines/webkit';
import {
  answer,
  answerToThree,
  drawOn,
  drop,
  expectProblem,
  inspectToRun,
  onPaper,
  press,
  problems,
  ready,
  run,
  serveBuild,
  textOf,
  THREE,
  type Server,
} from './inkling';
import { integerReader, misreadConvolutions, trainedNormalised } from './made-models';

let server: Server;

beforeAll(async () => {
  server = await serveBuild();
});

afterAll(() => server.close());

/** A page of the build on which a three was drawn and read. */
async function openWithThree(browser: Browser): ReturnType<typeof openChromium> {
  const opened = await openChromium(browser);
  await opened.page.go(server.url);
  await ready(opened.page);
  expect(await answerToThree(opened.page)).toBe('3');
  return opened;
}

/** The text of the dialog behind the status. */
async function truth(page: Awaited<ReturnType<Engine['open']>>): Promise<string> {
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="backend"]')?.click());
  return until(
    page,
    'the whole truth is open',
    () => document.querySelector('dialog[open] dl')?.textContent,
    [],
  );
}

/** In a page: how many greys the first watched layer is painted in; 0 as long as it is blank. */
function greysOfLayers(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('[aria-labelledby="layers"] canvas');
  const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  const greys = new Set(pixels);
  return greys.size > 8 ? greys.size : 0;
}

/** In a worker: whether it is one that runs models. */
function hasRuntime(): boolean {
  return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.wasm'));
}

/** In a worker: never gives way again. */
function hang(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

describe('Where a model runs', () => {
  it('is WebGPU in chromium when the address asks for it: dispatches are counted, the answer is the same', async (context) => {
    const engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const page = await engine.open();
    await page.go(`${server.url}?backend=webgpu`);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await until(
      page,
      'WebGPU runs',
      () => document.querySelector('[data-testid="backend"]')?.getAttribute('data-backend') === 'webgpu',
      [],
      100,
    );
    expect(await textOf(page, 'backend')).toContain('WebGPU');
    expect(await textOf(page, 'backend')).toMatch(/agrees with WASM to \de-\d/);
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    const facts = await truth(page);
    expect(Number(/GPU dispatches a run\s*(\d+)/.exec(facts)?.[1])).toBeGreaterThan(0);
    expect(facts).toContain('swiftshader');
    await engine.close();
  });

  it('is WASM in chromium where no adapter is found, in the plain build, with the reason', async (context) => {
    const engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const before = server.requests.length;
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    expect(await textOf(page, 'backend')).toContain('WASM');
    await until(
      page,
      'it is known why',
      () => document.querySelector('[data-testid="backend"]')?.textContent.includes('no WebGPU'),
      [],
    );
    expect(await truth(page)).toContain('found no graphics adapter');
    const binaries = server.requests.slice(before).filter((path) => path.endsWith('.wasm'));
    expect(binaries).toHaveLength(1);
    expect(binaries[0]).not.toMatch(/jspi|asyncify/);
    await engine.close();
  });

  it('is called mixed, with the operators named, where the GPU does not run them all', async (context) => {
    const engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const page = await engine.open();
    await page.go(`${server.url}?backend=webgpu`);
    await ready(page);
    await drop(page, [{ name: 'integers.onnx', bytes: await integerReader() }]);
    await until(
      page,
      'it runs mixed',
      () => document.querySelector('[data-testid="backend"]')?.getAttribute('data-backend') === 'mixed',
      [],
      100,
    );
    expect(await truth(page)).toMatch(/Left on the CPU.*MatMulInteger/);
    await engine.close();
  });

  it('makes no difference to convolutions that ONNX Runtime alone gets wrong on WebGPU', async (context) => {
    const engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const page = await engine.open();
    const model = { name: 'misread.onnx', bytes: await misreadConvolutions() };
    await inspectToRun(page, `${server.url}?backend=webgpu#inspect`, model);
    await run(page);
    await until(
      page,
      'both have run',
      () =>
        [...document.querySelectorAll('button')].some(
          ({ textContent, disabled }) => textContent.trim() === 'Find where they part' && !disabled,
        ),
      [],
      100,
    );
    await press(page, 'Find where they part');
    const said = await until(
      page,
      'every value was compared',
      () => document.querySelector('[aria-labelledby="outputs"] [role="status"]')?.textContent,
      [],
      100,
    );
    expect(said).toBe('Nowhere by more than 0.0001.');
    expect(await problems(page)).toEqual([]);
    await engine.close();
  });

  it('survives the loss of the GPU process with the drawing intact', async (context) => {
    const engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(engine.browser);
    await page.go(`${server.url}?backend=webgpu`);
    await ready(page);
    await drawOn(page, [THREE]);
    await until(
      page,
      'WebGPU runs',
      () => document.querySelector('[data-testid="backend"]')?.getAttribute('data-backend') === 'webgpu',
      [],
      100,
    );
    const session = await engine.browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess' as never).catch(() => undefined);
    await drawOn(page, [
      [
        [20, 90],
        [22, 91],
      ],
    ]);
    await until(
      page,
      'WASM took over',
      () => document.querySelector('[data-testid="backend"]')?.getAttribute('data-backend') === 'wasm',
      [],
      60,
    );
    await press(page, 'Undo');
    expect(await answer(page)).toBe('3');
    expect(await raw.evaluate(() => location.hash)).toContain('ink=');
    await engine.close();
  });

  it('starts a crashed worker again and answers', async (context) => {
    const engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const { page, raw } = await openWithThree(engine.browser);
    for (const worker of raw.workers()) {
      await worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('out of memory');
        });
      });
    }
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    await engine.close();
  });

  it('ends a worker that hangs, opens its models in another, and takes the next one', async (context) => {
    const engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const { page, raw } = await openWithThree(engine.browser);
    // What is opened or runs for the first time may take longer than a run.
    await until(
      page,
      'every precision has answered',
      () => document.querySelectorAll('[data-testid="variants"] [data-answer="3"]').length === 4,
      [],
    );
    await until(page, 'layers are painted', greysOfLayers, []);
    let hung = 0;
    for (const worker of raw.workers()) {
      if (!(await worker.evaluate(hasRuntime))) continue;
      hung += 1;
      // Ended with the worker, for it never comes back.
      void worker.evaluate(hang).catch(() => undefined);
    }
    expect(hung).toBe(1);
    await press(page, 'Clear');
    await drawOn(page, [THREE]);
    await expectProblem(page, 'worker_silent');
    expect(await answer(page)).toBe('3');
    await drop(page, [{ name: 'next.onnx', bytes: await trainedNormalised() }]);
    await onPaper(page, 'next');
    expect(await answer(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
    await engine.close();
  });

  it.for([
    { name: 'firefox', start: startFirefox, reason: 'found no graphics adapter' },
    { name: 'webkit', start: startWebKit, reason: 'does not offer WebGPU' },
  ])(
    'is WASM in $name even when WebGPU is asked for, and says why',
    async ({ name, start, reason }, context) => {
      const engine = await start();
      if (!engine) return context.skip(`${name} is not installed`);
      const page = await engine.open();
      await page.go(`${server.url}?backend=webgpu`);
      await ready(page);
      expect(await answerToThree(page)).toBe('3');
      expect(
        await page.evaluate(() =>
          document.querySelector('[data-testid="backend"]')?.getAttribute('data-backend'),
        ),
      ).toBe('wasm');
      await until(
        page,
        'it is known why',
        () => document.querySelector('[data-testid="backend"]')?.textContent.includes('no WebGPU'),
        [],
      );
      expect(await truth(page)).toContain(reason);
      await engine.close();
    },
  );
});
