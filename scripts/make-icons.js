/** `node scripts/make-icons.js`: draws the icons' PNGs from `public/icons/inkling.svg`, in the light scheme's colours. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const folder = join(import.meta.dirname, '../public/icons');
const PAPER = '#f6f2e9';

/**
 * The PNGs that the manifest and index.html name: pixels a side, the share of it that the drawing takes, and what
 * is behind it. A maskable icon may lose all but the circle of 80 % of its side; the drop stays well inside.
 */
const icons = [
  { file: 'inkling-192.png', side: 192, share: 1, ground: 'transparent' },
  { file: 'inkling-512.png', side: 512, share: 1, ground: 'transparent' },
  { file: 'inkling-maskable-512.png', side: 512, share: 0.74, ground: PAPER },
  { file: 'apple-touch-icon.png', side: 180, share: 0.78, ground: PAPER },
];

const svg = await readFile(join(folder, 'inkling.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ colorScheme: 'light' });
for (const { file, side, share, ground } of icons) {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>
    body { margin: 0; display: grid; place-items: center; block-size: 100vh; background: ${ground}; }
    svg { inline-size: ${share * side}px; block-size: ${share * side}px; }
  </style>${svg}`);
  await page.screenshot({ path: join(folder, file), omitBackground: true });
}
await browser.close();
