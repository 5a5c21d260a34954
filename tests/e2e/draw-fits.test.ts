/** The Draw screen on the windows people have: nothing is cut off, and who draws sees the answer. */
import { expect, it } from 'vitest';
import { cutOff } from './cut-off';
import { openChromium } from './engines/chromium';
import { answerToThree, drawOn, press, ready, says, THREE } from './inkling';
import { inChromium } from './in-browser';

const visit = inChromium();

const windows = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 667, height: 375 },
  { width: 720, height: 450 },
  { width: 844, height: 390 },
  { width: 820, height: 1180 },
  { width: 1001, height: 700 },
  { width: 1024, height: 768 },
  { width: 1180, height: 820 },
  { width: 1440, height: 900 },
];

it('paper and answer are seen together, nothing is cut off, and a tablet on its side shows all', async (context) => {
  if (!visit.engine) return context.skip('chromium is not installed');
  const { page, raw } = await openChromium(visit.engine.browser);
  await page.go(visit.server.url);
  await ready(page);
  expect(await answerToThree(page)).toBe('3');
  await says(page, 'layers are watched', '[aria-labelledby="layers"] figcaption', 'conv1');
  for (const size of windows) {
    await raw.setViewportSize(size);
    await raw.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    const where = `${size.width} x ${size.height}`;
    for (const part of ['paper', 'answer']) {
      const box = await raw.getByTestId(part).boundingBox();
      const isSeen =
        box !== null &&
        box.x >= 0 &&
        box.y >= 0 &&
        box.x + box.width <= size.width &&
        box.y + box.height <= size.height;
      expect(isSeen, `${part} at ${where}`).toBe(true);
    }
    expect(await cutOff(raw), where).toEqual([]);
    const below = await raw.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    // A tablet on its side shows all of it.
    if (size.width >= 1180) expect(below, where).toBeLessThanOrEqual(0);
  }
  await page.close();
});

it.for([
  { width: 820, height: 1180 },
  { width: 1180, height: 820 },
  { width: 390, height: 844 },
])('the digit is large in the demo at $width x $height', async (size, context) => {
  if (!visit.engine) return context.skip('chromium is not installed');
  const { page, raw } = await openChromium(visit.engine.browser, size);
  await page.go(visit.server.url);
  await ready(page);
  await press(page, 'Demo');
  await says(page, 'the demo is there', 'button', 'Leave the demo');
  await drawOn(page, [THREE]);
  await says(page, 'the digit is shown', '[data-testid="answer"]', '3');
  const digit = await raw.getByTestId('answer').boundingBox();
  expect(Math.min(digit?.width ?? 0, digit?.height ?? 0)).toBeGreaterThan(100);
  expect(await cutOff(raw)).toEqual([]);
  await page.close();
});
