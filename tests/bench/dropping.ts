import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { openChromium, startChromium } from '../e2e/engines/chromium';
import { serveBuild } from '../e2e/inkling';
import { quantile, round, type Figure } from './figure';

const TIMES = 3;
export const MB = 1024 * 1024;

/** What opening large files cost. */
interface Dropped {
  /** Milliseconds from the drop until everything asked for was on screen, each time. */
  times: number[];
  /** Bytes that the pages' processes grew by at most. */
  growth: number;
  /** Milliseconds of the longest task of the page. */
  longest: number;
}

/**
 * Gives files to the screen at `address` of a fresh page, several times. `shown` are selectors of what has to be there,
 * `settle` does what is measured besides time. Null where there is no browser.
 */
export async function dropLarge(
  files: string | string[],
  { address, shown, settle }: { address: string; shown: string[]; settle: (page: Page) => Promise<void> },
): Promise<Dropped | null> {
  const engine = await startChromium({ gpu: false });
  if (!engine) return null;
  const server = await serveBuild();
  const dropped: Dropped = { times: [], growth: 0, longest: 0 };
  for (let i = 0; i < TIMES; i += 1) {
    const { page, raw, context } = await openChromium(engine.browser);
    await page.go(`${server.url}${address}`);
    await raw.waitForSelector('[data-testid="offline-ready"]', { timeout: 60_000 });
    await raw.evaluate((selectors) => {
      const record = { dropped: 0, shown: 0, longest: 0 };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) record.longest = Math.max(record.longest, duration);
      }).observe({ entryTypes: ['longtask'] });
      document
        .querySelector('[data-testid="file-input"]')
        ?.addEventListener('change', () => (record.dropped = performance.now()), { capture: true });
      new MutationObserver(() => {
        const isThere = selectors.every((selector) => document.querySelector(selector));
        if (record.dropped > 0 && record.shown === 0 && isThere) record.shown = performance.now();
      }).observe(document.body, { childList: true, subtree: true });
      Object.assign(window, { record });
    }, shown);
    const before = residentBytes();
    let peak = before;
    const watching = setInterval(() => (peak = Math.max(peak, residentBytes())), 100);
    await raw.setInputFiles('[data-testid="file-input"]', files);
    await settle(raw);
    peak = Math.max(peak, residentBytes());
    clearInterval(watching);
    const record = await raw.evaluate(
      () => (window as unknown as { record: { dropped: number; shown: number; longest: number } }).record,
    );
    dropped.times.push(record.shown - record.dropped);
    dropped.longest = Math.max(dropped.longest, record.longest);
    dropped.growth = Math.max(dropped.growth, peak - before);
    await context.close();
  }
  await engine.close();
  await server.close();
  return dropped;
}

/** The figures of one drop; `what` is measured until `until`, in `atMost` ms, and memory against `under` MiB if at all. */
export function* figuresOf(
  { times, growth, longest }: Dropped,
  what: string,
  until: string,
  { atMost, under }: { atMost: number; under?: number },
): Generator<Figure> {
  const worst = quantile(times, 1);
  yield {
    name: `${what}, chromium`,
    ...{ value: round(worst, 0), unit: 'ms', all: times.map((time) => round(time, 0)) },
    ...{ bar: `at most ${atMost} ms`, holds: worst <= atMost },
  };
  yield {
    name: `memory the page grew by, until ${until}`,
    ...{ value: round(growth / MB, 0), unit: 'MiB' },
    ...(under !== undefined && { bar: `under ${under} MiB`, holds: growth < under * MB }),
  };
  yield {
    name: `longest task of the page, until ${until}`,
    ...{ value: round(longest, 0), unit: 'ms', bar: 'none over 50 ms', holds: longest <= 50 },
  };
}

/** Memory of all pages' processes, resident. */
function residentBytes(): number {
  const lines = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' }).split('\n');
  const pages = lines.filter((line) => line.includes('--type=renderer'));
  return pages.reduce((sum, line) => sum + Number.parseInt(line, 10) * 1024, 0);
}
