import { cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page as RawPage } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.js';
import { writeZip } from '../../src/formats/zip';
import { file, goTo, onConvert, sourced, takes } from './convert-screen';
import { openChromium, startChromium } from './engines/chromium';
import { until, type Page } from './engines/engine';
import { hold, isHeld, letGo } from './held-call';
import { drop, expectProblem, press, problems, says, type DroppedFile } from './inkling';

describe('What is given to the Convert screen in chromium', () => {
  const visit = onConvert(() => startChromium({ gpu: false }));

  it('is taken out of a zip that is added as out of one that is dropped', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(visit.engine.browser);
    await page.go(`${visit.server.url}#convert`);
    const zip = await zipped({ 'run/net.py': sourced('net.py'), 'run/net.npz': sourced('net.npz') });
    for (const add of [() => addFile(raw, zip), () => drop(page, [zip])]) {
      await drop(page, [sourced('config.pth')]);
      await says(page, 'there is no way yet', '.outcome [data-testid="problem"]', 'Add the .py file');
      await add();
      await says(page, 'it is proved', '[aria-labelledby="result"] .verified', 'Verified against PyTorch');
      expect(await besideOf(page)).toEqual(['run/net.py', 'run/net.npz']);
    }
    await addFile(raw, { name: 'broken.zip', bytes: zip.bytes.slice(0, 500) });
    await expectProblem(page, 'file_truncated');
    await says(page, 'what was there stays', '[aria-labelledby="result"] .verified', 'Verified');
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  it('of one name in two folders is both there, and one of them can come anew', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(visit.engine.browser);
    await page.go(`${visit.server.url}#convert`);
    const text = new TextDecoder().decode(sourced('net.py').bytes);
    const [head = '', block = '', net = ''] = text.split(/^(?=class )/m);
    const parts = ['from .a.parts import Block', 'from b.parts import LONGEST'].join('\n');
    const first = await zipped({
      'run/net.py': `${head}${parts}\n\n${net.replace('1, 16,', '1, LONGEST,')}`,
      'run/a/parts.py': `${head}${block}`,
      'run/b/parts.py': 'LONGEST = 15\n',
    });
    await drop(page, [sourced('config.pth'), first]);
    await says(page, 'the second one was read', '[aria-labelledby="gaps"] td', 'other sizes: pos');
    const files = { 'run/b/parts.py': 'LONGEST = 16\n', 'run/net.npz': sourced('net.npz') };
    await addFile(raw, await zipped(files));
    await says(page, 'it is proved', '[aria-labelledby="result"] .verified', 'Verified against PyTorch');
    expect(await besideOf(page)).toEqual(['run/net.py', 'run/a/parts.py', 'run/b/parts.py', 'run/net.npz']);
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  it('and was converted leaves who went elsewhere there when it is kept', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page } = visit;
    await drop(page, [file('models/mnist-mlp/mnist-mlp.pt')]);
    await takes(page, 'batch × 784');
    await hold(page, 'keep');
    await press(page, 'Keep in the library');
    await isHeld(page);
    await goTo(page, 'library', 'Library');
    await letGo(page);
    await until(page, 'nothing else is done', () => !document.querySelector('.notices progress'), []);
    await says(page, 'it is kept', '[data-testid="library-row"]', 'mnist-mlp');
    expect(await page.evaluate(() => location.hash)).toBe('#library');
    expect(await problems(page)).toEqual([]);
  });

  it('is named as not loaded where the page cannot get what converts, and is taken after it can', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
    await cp(join(import.meta.dirname, '../../dist'), folder, { recursive: true });
    const assets = join(folder, 'assets');
    const part = (await readdir(assets)).find((name) => name.startsWith('converting')) ?? '';
    await rename(join(assets, part), join(folder, part));
    const server = await serve(folder, { base: '/some/where/' });
    const page = await visit.engine.open();
    await page.go(`${server.url}#convert`);
    await says(page, 'the screen is there', 'h1', 'Convert');
    const dropped = [file('models/mnist-mlp/mnist-mlp.pt')];
    for (const turn of ['first', 'second']) {
      await drop(page, dropped);
      await expectProblem(page, 'page_incomplete');
      await says(page, `the screen is as it was, the ${turn} time`, 'label', 'Convert a checkpoint');
    }
    await goTo(page, 'library', 'Library');
    await rename(join(folder, part), join(assets, part));
    await page.go(`${server.url}#convert`);
    await page.reload();
    await says(page, 'the screen is there', 'h1', 'Convert');
    await drop(page, dropped);
    await takes(page, 'batch × 784');
    expect(await problems(page)).toEqual([]);
    await page.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
});

/** A zip archive of files by their paths. */
async function zipped(files: Record<string, DroppedFile | string>): Promise<DroppedFile> {
  const entries = Object.entries(files).map(([name, one]) => ({
    name,
    blob: new Blob([typeof one === 'string' ? one : Uint8Array.from(one.bytes)]),
  }));
  const blob = await writeZip(entries, false);
  return { name: 'run.zip', bytes: new Uint8Array(await blob.arrayBuffer()) };
}

/** Gives a file to what adds files to the checkpoint on screen. */
async function addFile(raw: RawPage, { name, bytes }: DroppedFile): Promise<void> {
  const file = { name, mimeType: 'application/zip', buffer: Buffer.from(bytes) };
  await raw.getByLabel('Add files').setInputFiles(file);
}

/** The paths of what goes with the checkpoint on screen. */
function besideOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('[aria-labelledby="beside"] li span'), (each) => each.textContent),
  );
}
