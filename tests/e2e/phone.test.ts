import { expect, it } from 'vitest';
import { cutOff } from './cut-off';
import { openChromium } from './engines/chromium';
import { inChromium } from './in-browser';
import { drop, press, ready, says } from './inkling';
import { longNamed } from './made-models';
import { settled } from './settled';

const visit = inChromium();

const LONG = 'anamethatsomebodymadeofeverythingtherunwasaboutandmore'.repeat(3);

async function openLong(size: { width: number; height: number }) {
  if (!visit.engine) return null;
  const opened = await openChromium(visit.engine.browser, size);
  await opened.page.go(visit.server.url);
  await ready(opened.page);
  await opened.page.evaluate(() => (location.hash = '#inspect'));
  await opened.raw.waitForSelector('.empty');
  await drop(opened.page, [{ name: `${LONG}.onnx`, bytes: await longNamed(LONG) }]);
  await opened.raw.waitForFunction(() => /^#inspect\/./.test(location.hash), undefined, { timeout: 60_000 });
  return opened;
}

it('the graph of a model with a long name fits a tablet', async (context) => {
  const opened = await openLong({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  await raw.click('#tab-graph');
  await raw.waitForSelector('[data-testid="graph"]');
  await settled(raw);
  expect(await raw.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  expect(await cutOff(raw)).toEqual([]);
  await opened.context.close();
});

it.for([390, 360])('long names fit every part of Inspect %i px wide', async (width, context) => {
  const opened = await openLong({ width, height: 844 });
  if (!opened) return context.skip('chromium is not installed');
  const { page, raw } = opened;
  const found: string[] = [];
  for (const part of ['overview', 'graph', 'tensors', 'run', 'compare', 'edit']) {
    await raw.click(`#tab-${part}`);
    await raw.waitForSelector(`#panel-${part} .sheet`);
    if (part === 'compare') {
      await raw.selectOption('[aria-label="A model of the library"]', { index: 1 });
      await says(page, 'they are compared', '#panel-compare h3', 'Both graphs');
    }
    if (part === 'edit') await press(page, 'Add an entry');
    await settled(raw);
    found.push(...(await cutOff(raw)).map((what) => `${part}: ${what}`));
  }
  await page.evaluate(() => (location.hash = '#inspect'));
  await page.reload();
  await raw.waitForSelector('.empty li');
  found.push(...(await cutOff(raw)).map((what) => `without a model: ${what}`));
  expect(found).toEqual([]);
  await opened.context.close();
});

it('a part that was come to by its address stands in sight among all parts', async (context) => {
  if (!visit.engine) return context.skip('chromium is not installed');
  const opened = await openChromium(visit.engine.browser, { width: 390, height: 844 });
  const { page, raw } = opened;
  await page.go(visit.server.url);
  await ready(page);
  await page.evaluate(() => (location.hash = '#inspect'));
  await raw.click('.empty a');
  await raw.waitForSelector('#tab-edit');
  await page.evaluate(() => (location.hash += '?part=edit'));
  await page.reload();
  await raw.waitForSelector('#panel-edit .sheet');
  const tab = await raw.locator('#tab-edit').boundingBox();
  expect(tab && [tab.x >= 0, tab.x + tab.width <= 390]).toEqual([true, true]);
  await opened.context.close();
});
