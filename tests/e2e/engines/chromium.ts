import { existsSync } from 'node:fs';
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type Page as PlaywrightPage,
} from 'playwright-core';
import type { Engine, OpenOptions, Page } from './engine';

const PATH = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** WebGPU on the CPU: headless machines have no other. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

interface StartOptions {
  gpu?: boolean;
  flags?: readonly string[];
  /** An X display that shows the window; without one there is none. */
  display?: string;
}

/** Chromium as people have it, with a WebGPU adapter (emulated) unless told otherwise; null where it is not installed. */
export async function startChromium({ gpu = true, flags = [], display }: StartOptions = {}): Promise<
  (Engine & { browser: Browser }) | null
> {
  if (!existsSync(PATH)) return null;
  const browser = await playwright.launch({
    executablePath: PATH,
    headless: display === undefined,
    ...(display && { env: { ...process.env, DISPLAY: display } }),
    args: [...FLAGS, ...(gpu ? SOFTWARE_GPU : []), ...flags],
  });
  return {
    name: 'chromium',
    browser,
    open: async (options) => (await openChromium(browser, options)).page,
    close: () => browser.close(),
  };
}

/** A page with Playwright's own handle beside it, for what only Chromium can be asked. */
export async function openChromium(
  browser: Browser,
  { width = 1180, height = 820 }: OpenOptions = {},
): Promise<{ page: Page; raw: PlaywrightPage; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width, height } });
  const raw = await context.newPage();
  return { page: { ...tabOf(raw), close: () => context.close() }, raw, context };
}

/** A tab as the tests drive it; another of the same context shares its storage. */
export function tabOf(raw: PlaywrightPage): Page {
  return {
    go: async (url) => void (await raw.goto(url)),
    reload: async () => void (await raw.reload()),
    // As text: functions of this file know nothing of the page.
    evaluate: (use, ...args) => raw.evaluate(`(${use.toString()})(...${JSON.stringify(args)})`),
    async stroke(points) {
      const [first, ...rest] = points;
      if (!first) return;
      await raw.mouse.move(...first);
      await raw.mouse.down();
      for (const point of rest) await raw.mouse.move(...point);
      await raw.mouse.up();
    },
    click: (x, y) => raw.mouse.click(x, y),
    async press(...keys) {
      for (const key of keys) await raw.keyboard.press(key);
    },
    screenshot: async (path) => void (await raw.screenshot({ path })),
    close: () => raw.close(),
  };
}
