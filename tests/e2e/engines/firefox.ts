import { existsSync } from 'node:fs';
import puppeteer, { type KeyInput } from 'puppeteer-core';
import type { Engine, Page } from './engine';

const PATH = '/usr/bin/firefox-esr';

/** Firefox, whose WebGPU adapter is null here: the real fallback. Null where it is not installed. */
export async function startFirefox(): Promise<Engine | null> {
  if (!existsSync(PATH)) return null;
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: PATH,
    headless: true,
    extraPrefsFirefox: { 'dom.webgpu.enabled': true },
  });
  return {
    name: 'firefox',
    close: () => browser.close(),
    async open({ width = 1180, height = 820 } = {}) {
      const context = await browser.createBrowserContext();
      const raw = await context.newPage();
      await raw.setViewport({ width, height });
      const page: Page = {
        go: async (url) => void (await raw.goto(url)),
        reload: async () => void (await raw.reload()),
        evaluate: (use, ...args) => raw.evaluate(use as never, ...(args as unknown as never[])),
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
          for (const key of keys) await raw.keyboard.press(key as KeyInput);
        },
        screenshot: async (path) => void (await raw.screenshot({ path: path })),
        close: () => context.close(),
      };
      return page;
    },
  };
}
