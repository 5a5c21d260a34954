/** Takes the README's picture of the built page: `npm run build && node scripts/make-screenshot.js`. */
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
await browser.close();
await server.close();
