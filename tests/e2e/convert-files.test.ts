import type { Page as RawPage } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeZip } from '../../src/formats/zip';
import { onConvert, sourced } from './convert-screen';
import { openChromium, startChromium } from './engines/chromium';
import type { Page } from './engines/engine';
import { drop, expectProblem, problems, says, type DroppedFile } from './inkling';

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
