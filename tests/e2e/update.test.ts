/** A newer build on the host: it waits for the person's word, and comes with that. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.js';
import { engines } from './engines';
import { openChromium, startChromium, tabOf } from './engines/chromium';
import { until, type Engine, type Page } from './engines/engine';
import { answer, answerToThree, offlineReady, press, problems, ready, says, type Server } from './inkling';

let folder: string;
let server: Server;
let engine: Engine | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-'));
  await cp(join(import.meta.dirname, '../../dist'), folder, { recursive: true });
  // A host that sets no headers: nothing is kept beside what the page keeps itself.
  await rm(join(folder, '_headers'));
  server = await serve(folder, { base: '/some/where/' });
});

afterEach(async () => {
  await engine?.close();
  await server.close();
  await rm(folder, { recursive: true });
});

describe.each(engines)('A newer build in $name', ({ name, start }) => {
  it('waits while the page stays as it was, and is taken when asked for, with the drawing', async (context) => {
    engine = await start();
    if (!engine) return context.skip(`${name} is not installed`);
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await offlineReady(page);

    await publishNewer(folder);
    await page.reload();
    await ready(page);
    await isOffered(page);
    expect(await titleOf(page)).not.toContain('newer');
    await page.reload();
    await isOffered(page);
    expect(await titleOf(page)).not.toContain('newer');

    await press(page, 'Update');
    await isNewer(page);
    expect(await answer(page)).toBe('3');
    expect(await page.evaluate(() => document.querySelector('button.update'))).toBeNull();
  });
});

describe('A newer build in chromium', () => {
  it('that does not take over when asked leaves the page whole, is offered again, and nothing goes round', async (context) => {
    const chromium = await startChromium({ gpu: false });
    engine = chromium;
    if (!chromium) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(chromium.browser);
    await page.go(server.url);
    await offlineReady(page);
    await publishNewer(folder, { isDeaf: true });
    await page.reload();
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    await isOffered(page);
    let loads = 0;
    raw.on('load', () => (loads += 1));
    await press(page, 'Update');
    await raw.waitForEvent('load');
    await isOffered(page);
    // As long again as a version gets to take over.
    await raw.waitForTimeout(4000);
    expect(loads).toBe(1);
    expect(await answer(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
  });

  it('is taken in one tab, while another stays whole until it is asked for there too', async (context) => {
    const chromium = await startChromium({ gpu: false });
    engine = chromium;
    if (!chromium) return context.skip('chromium is not installed');
    const { page, raw, context: browsing } = await openChromium(chromium.browser);
    await page.go(server.url);
    await offlineReady(page);
    await page.reload();
    await ready(page);
    await publishNewer(folder, { gone: 'ConvertView' });
    const other = tabOf(await browsing.newPage());
    await other.go(server.url);
    for (const tab of [page, other]) await isOffered(tab);
    await press(other, 'Update');
    await isNewer(other);

    await raw.bringToFront();
    expect(await titleOf(page)).not.toContain('newer');
    expect(await answerToThree(page)).toBe('3');
    await page.evaluate(() => (location.hash = '#convert'));
    await says(page, 'a part that no host has any more', 'h1', 'Convert');
    await page.evaluate(() => (location.hash = '#draw'));
    expect(await answer(page)).toBe('3');
    await press(page, 'Update');
    await isNewer(page);
    expect(await answer(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
  });
});

/**
 * Puts a build in place of the one that is served: another title and version, none of `gone`'s files, and, if it
 * `isDeaf`, a service worker that does not hear when it is asked to take over.
 */
async function publishNewer(
  folder: string,
  { gone = 'none', isDeaf = false }: { gone?: string; isDeaf?: boolean } = {},
): Promise<void> {
  const rewrite = async (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  await rewrite('index.html', (text) => text.replace('<title>', '<title>newer '));
  await rewrite('sw.js', (text) =>
    text
      .replaceAll(/"version":"\w+"/g, '"version":"newer"')
      .replaceAll(new RegExp(`"assets/${gone}[^"]*",`, 'g'), '')
      .replaceAll('take-over', isDeaf ? 'nothing' : 'take-over'),
  );
  const assets = await readdir(join(folder, 'assets'));
  for (const name of assets.filter((each) => each.startsWith(gone))) await rm(join(folder, 'assets', name));
}

function isOffered(page: Page): Promise<unknown> {
  return until(page, 'an update is offered', () => document.querySelector('button.update') !== null, []);
}

function isNewer(page: Page): Promise<unknown> {
  return until(page, 'the newer build runs', () => document.title.includes('newer'), []);
}

function titleOf(page: Page): Promise<string> {
  return page.evaluate(() => document.title);
}
