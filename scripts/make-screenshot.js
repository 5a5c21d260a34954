/** Takes the README's pictures of the built page: `npm run build && node scripts/make-screenshot.js`. */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.js';

const root = join(import.meta.dirname, '..');
const server = await serve(join(root, 'dist'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 820 }, deviceScaleFactor: 2 });
await page.goto(server.url);
await page.getByTestId('offline-ready').waitFor();
await page.getByTestId('paper').focus();
await page.keyboard.press('3');
await page.waitForTimeout(3000);
await page.evaluate(() => document.activeElement?.blur());
await page.screenshot({ path: join(root, 'docs/draw.png') });
await page.goto(`${server.url}#inspect`);
await page.locator('main li a').first().click();
await page.getByRole('tab', { name: 'Graph' }).click();
await page.waitForTimeout(1500);
const picture = await page.locator('#panel-graph canvas').first().boundingBox();
if (picture) await page.mouse.click(picture.x + picture.width / 2, picture.y + 250);
await page.waitForTimeout(1000);
await page.screenshot({ path: join(root, 'docs/inspect.png') });
await browser.close();
await server.close();
