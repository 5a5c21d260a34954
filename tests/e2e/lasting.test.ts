import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page as RawPage } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.js';
import { openChromium, startChromium } from './engines/chromium';
import { until, type Page } from './engines/engine';
import { crash, hold, isHeld } from './held-call';
import {
  answer,
  answerToThree,
  drop,
  offlineReady,
  onPaper,
  press,
  problems,
  ready,
  says,
  textOf,
  type Server,
} from './inkling';
import { largeReader, trainedNormalised, weightsElsewhere } from './made-models';

const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

describe('What lasts in chromium', () => {
  let folder: string;
  let server: Server;
  let engine: Awaited<ReturnType<typeof startChromium>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-'));
    await cp(join(import.meta.dirname, '../../dist'), folder, { recursive: true });
    server = await serve(folder, { base: '/some/where/' });
  });

  afterEach(async () => {
    await engine?.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('is the drawing and its answer when the runtime worker is renewed, as on an iPad after 400 runs', async (context) => {
    engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const { page, raw, context: browsing } = await openChromium(engine.browser);
    const session = await browsing.newCDPSession(raw);
    await session.send('Emulation.setUserAgentOverride', { userAgent: IPAD });
    await page.go(server.url);
    await ready(page);
    await offlineReady(page);
    const before = raw.workers();
    let ended = 0;
    for (const worker of before) worker.on('close', () => (ended += 1));
    const start = Date.now();
    // Every movement is a run; the worker is renewed while the pen rests.
    while (ended === 0 && Date.now() - start < 60_000) {
      await press(page, 'Clear');
      expect(await answerToThree(page)).toBe('3');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(ended).toBe(1);
    expect(await answer(page)).toBe('3');
    expect(await raw.evaluate(() => location.hash)).toContain('ink=');
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    expect(raw.workers().some((worker) => !before.includes(worker))).toBe(true);
    expect(await problems(page)).toEqual([]);
  });

  it('is an answer where the host does not know what kind of file the runtime is', async (context) => {
    engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const binaries = (await readdir(join(folder, 'assets'))).filter((file) => file.endsWith('.wasm'));
    const rules = binaries.map((file) => `/assets/${file}\n  Content-Type: application/octet-stream\n`);
    await appendFile(join(folder, '_headers'), `\n${rules.join('')}`);
    await server.close();
    server = await serve(folder);
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    const [asked] = server.requests.filter((path) => path.endsWith('.wasm'));
    const response = await fetch(new URL(asked ?? '', server.url));
    expect(response.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(await problems(page)).toEqual([]);
  });

  it('is an answer, from the plain build, where the host does not have the larger binaries', async (context) => {
    engine = await startChromium();
    if (!engine) return context.skip('chromium is not installed');
    const assets = join(folder, 'assets');
    for (const file of await readdir(assets)) {
      if (/\.(jspi|asyncify)-.*\.wasm$/.test(file)) await rm(join(assets, file));
    }
    const page = await engine.open();
    await page.go(`${server.url}?backend=webgpu`);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await until(
      page,
      'it is known why',
      () => document.querySelector('[data-testid="backend"]')?.textContent.includes('no WebGPU'),
      [],
    );
    expect(await textOf(page, 'backend')).toContain('WASM');
    // By its name it could not be found: the time in it goes on changing.
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="backend"]')?.click());
    const truth = await until(
      page,
      'the whole truth is open',
      () => document.querySelector('dialog[open] dl')?.textContent,
      [],
    );
    expect(truth).toContain('WASM only');
    expect(truth).toMatch(/Why not WebGPU.*host/);
    expect(await problems(page)).toEqual([]);
    // Whether a visit looks for the larger build again or not: what is stored stays, and is enough.
    for (let visit = 2; visit <= 4; visit += 1) {
      await page.go(`${server.url}#draw`);
      await page.reload();
      await ready(page);
      await offlineReady(page);
    }
    await server.close();
    for (let visit = 5; visit <= 6; visit += 1) {
      await page.reload();
      await ready(page);
      expect(await textOf(page, 'backend')).toContain('WASM');
    }
    expect(await problems(page)).toEqual([]);
  });

  it('is reading a model whose weights lie beside it, though memory is collected meanwhile', async (context) => {
    engine = await startChromium({ flags: ['--js-flags=--expose-gc'] });
    if (!engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(engine.browser);
    await page.go(server.url);
    await ready(page);
    for (const worker of raw.workers()) await worker.evaluate(collectAtEveryRead);
    await drop(page, await weightsElsewhere());
    await onPaper(page, 'in-two');
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
  });

  it('is the answer when the worker dies that readies models for being watched, and the next is watched', async (context) => {
    engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await says(page, 'layers are watched', '[aria-labelledby="layers"] figcaption', 'conv1');
    await hold(page, 'expose');
    await drop(page, [{ name: 'normalised.onnx', bytes: await trainedNormalised() }]);
    await onPaper(page, 'normalised');
    await isHeld(page);
    await crash(page);
    await says(page, 'it is said', '[aria-labelledby="layers"]', 'ended unexpectedly');
    expect(await answer(page)).toBe('3');
    await drop(page, await weightsElsewhere());
    await onPaper(page, 'in-two');
    await until(
      page,
      'layers are watched again',
      () => {
        const layers = document.querySelector('[aria-labelledby="layers"]');
        return layers?.querySelector('figcaption') && !layers.textContent.includes('ended unexpectedly');
      },
      [],
    );
    expect(await answer(page)).toBe('3');
  });

  it('is a model whose smaller copies were not made: it answers and is watched, and they are made the next time', async (context) => {
    engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await hold(page, 'addPrecisions');
    await drop(page, [{ name: 'normalised.onnx', bytes: await trainedNormalised() }]);
    await isHeld(page);
    await press(page, 'Cancel');
    await says(page, 'its layers are watched', '[aria-labelledby="layers"] figcaption', 'scaled');
    expect(await answer(page)).toBe('3');
    expect(await textOf(page, 'variants')).not.toContain('int8');
    await page.reload();
    await onPaper(page, 'normalised');
    await until(
      page,
      'all precisions answer',
      () => document.querySelectorAll('[data-testid="variants"] [data-answer="3"]').length === 4,
      [],
    );
    expect(await problems(page)).toEqual([]);
  });

  it('is no half of a model whose tab was closed while it was being kept', async (context) => {
    engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const { page, context: browsing } = await openChromium(engine.browser);
    await page.go(server.url);
    await ready(page);
    await offlineReady(page);
    for (const [turn, ms] of [0, 50, 150, 400].entries()) {
      const tab = await browsing.newPage();
      await tab.goto(`${server.url}#library`);
      await give(tab, turn);
      await tab.waitForFunction(() => document.body.textContent.includes('Reading kept-'));
      await tab.waitForTimeout(ms);
      await tab.close();
    }
    const tab = await browsing.newPage();
    await tab.goto(`${server.url}#library`);
    await give(tab, 99);
    await tab.waitForFunction(() => /inspect\W+\w{16}/.test(location.hash));
    await tab.close();

    await page.evaluate(() => (location.hash = '#library'));
    await page.reload();
    await until(
      page,
      'what was kept to the end is listed',
      () => document.querySelector('[data-testid="library-row"][data-name="kept-99"]') !== null,
      [],
    );
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="library-row"]')].map(
        ({ dataset }) => dataset['name'] ?? '',
      ),
    );
    const keys = await keysOf(page);
    const ids = keys.filter((key) => key.startsWith('record:')).map((key) => key.slice('record:'.length));
    expect(ids).toHaveLength(rows.length);
    const bytes = keys.filter((key) => key.startsWith('bytes:')).map((key) => key.slice('bytes:'.length));
    for (const id of ids) expect(bytes).toContain(id);
    for (const key of bytes) expect(ids).toContain(key.split('.')[0]);
    for (const name of rows) {
      await page.evaluate(() => (location.hash = '#library'));
      await until(
        page,
        `${name} is listed`,
        (wanted) => {
          const row = document.querySelector(`[data-testid="library-row"][data-name="${wanted}"]`);
          const draw = [...(row?.querySelectorAll('button') ?? [])].find(
            (each) => each.textContent === 'Draw',
          );
          draw?.click();
          return draw;
        },
        [name],
      );
      await onPaper(page, name);
      await press(page, 'Clear');
      expect(await answerToThree(page)).toBe('3');
    }
    expect(await problems(page)).toEqual([]);
    await page.close();
  });
});

/** In a worker: collects garbage whenever bytes are awaited from a stream. */
function collectAtEveryRead(): void {
  const { prototype } = ReadableStreamBYOBReader;
  const read = Object.getOwnPropertyDescriptor(prototype, 'read')?.value as (view: unknown) => unknown;
  Object.defineProperty(prototype, 'read', {
    value(this: unknown, view: unknown) {
      const reading = read.call(this, view);
      (globalThis as unknown as { gc: (how: object) => void }).gc({ type: 'major', execution: 'async' });
      return reading;
    },
  });
}

/** Adds a large model on the Library screen. */
async function give(tab: RawPage, mark: number): Promise<void> {
  await tab.setInputFiles('[data-testid="file-input"]', {
    name: `kept-${mark}.onnx`,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(await largeReader(mark)),
  });
}

/** The keys of all that is kept. */
function keysOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('inkling');
        opening.onerror = () => reject(new Error('The store could not be opened.'));
        opening.onsuccess = () => {
          const keys = opening.result.transaction('library').objectStore('library').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String));
          };
        };
      }),
  );
}
