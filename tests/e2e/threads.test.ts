import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.js';
import { openChromium, startChromium } from './engines/chromium';
import { until } from './engines/engine';
import { inspectToRun, problems, run } from './inkling';
import { slowConvolutions } from './made-models';

const dist = join(import.meta.dirname, '../../dist');

describe('Several threads', () => {
  it.for([
    { page: 'isolated from other origins', isIsolated: true },
    { page: 'not isolated', isIsolated: false },
  ])('are tried for a slow model, or not, on a page that is $page', async ({ isIsolated }, context) => {
    const engine = await startChromium({ gpu: false });
    if (!engine) return context.skip('chromium is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
    await cp(dist, folder, { recursive: true });
    // Without this file the host sends no headers.
    if (!isIsolated) await rm(join(folder, '_headers'));
    const server = await serve(folder, { base: '/some/where/' });
    const { page, raw } = await openChromium(engine.browser);
    const model = { name: 'slow.onnx', bytes: await slowConvolutions() };
    await inspectToRun(page, `${server.url}#inspect`, model);
    const started: string[] = [];
    raw.on('worker', (worker) => started.push(worker.url()));
    await run(page);
    const row = await until(
      page,
      'it ran',
      () =>
        [...document.querySelectorAll('th[scope="row"]')]
          .map(({ textContent }) => textContent)
          .find((text) => text.startsWith('WASM')),
      [],
      60,
    );
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isIsolated);
    // Which way wins depends on what else this machine does; that both were measured does not.
    expect(started.length > 0).toBe(isIsolated);
    if (!isIsolated) expect(row).toBe('WASM');
    expect(await problems(page)).toEqual([]);
    await engine.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
});
