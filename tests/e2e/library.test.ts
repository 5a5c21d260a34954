import { describe, expect, it } from 'vitest';
import { engines } from './engines';
import { openChromium, tabOf } from './engines/chromium';
import { until, type Engine, type Page } from './engines/engine';
import { inBrowser, inChromium } from './in-browser';
import { answer, answerToThree, drop, onPaper, press, problems, ready } from './inkling';
import { trainedNormalised, weightsElsewhere } from './made-models';

/** Waits until these models are listed, besides those that come with Inkling. */
function lists(page: Page, ...names: string[]): Promise<unknown> {
  return until(
    page,
    `listed: ${names.join(', ') || 'nothing but what comes with it'}`,
    (wanted: string[]) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="library-row"]')];
      const found = rows
        .map(({ dataset }) => dataset['name'] ?? '')
        .filter((each) => !each.startsWith('mnist-'));
      return rows.length > 0 && found.sort().join() === wanted.join();
    },
    [names.sort()],
  );
}

/** Opens a page on which two models were dropped that read digits; `in-two` is on the paper, with a three. */
async function openWithTwo(engine: Engine, url: string): Promise<Page> {
  const page = await engine.open();
  await page.go(url);
  await ready(page);
  expect(await answerToThree(page)).toBe('3');
  await drop(page, [{ name: 'normalised.onnx', bytes: await trainedNormalised() }]);
  await onPaper(page, 'normalised');
  await drop(page, await weightsElsewhere());
  await onPaper(page, 'in-two');
  return page;
}

describe.each(engines)('The Library in $name', ({ name, start }) => {
  const visit = inBrowser(start);

  it('takes a removed model off the paper too, and brings back any of those removed', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const page = await openWithTwo(visit.engine, visit.server.url);
    await page.evaluate(() => (location.hash = '#library'));
    await lists(page, 'in-two', 'normalised');
    await press(page, 'Remove in-two');
    await lists(page, 'normalised');
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Undo');
    await press(page, 'Remove normalised');
    await lists(page);

    await page.evaluate(() => (location.hash = '#draw'));
    await onPaper(page, 'mnist-cnn');
    expect(await answer(page)).toBe('3');

    await page.evaluate(() => (location.hash = '#library'));
    await lists(page);
    for (const listed of [['normalised'], ['in-two', 'normalised']]) {
      await press(page, 'Undo');
      await lists(page, ...listed);
    }
    await page.reload();
    await lists(page, 'in-two', 'normalised');
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-name="in-two"] .actions button')?.click(),
    );
    await onPaper(page, 'in-two');
    await page.evaluate(() => (location.hash = '#draw'));
    expect(await answerToThree(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  it('gives a model another name, on every screen, and puts models in order', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const page = await visit.engine.open();
    await page.go(visit.server.url);
    await ready(page);
    await drop(page, [{ name: 'normalised.onnx', bytes: await trainedNormalised() }]);
    await onPaper(page, 'normalised');
    await page.evaluate(() => (location.hash = '#library'));
    await lists(page, 'normalised');
    await press(page, 'Rename normalised');
    await page.press('n', 'e', 'v', 'e', 'r', 'Escape');
    await lists(page, 'normalised');
    await press(page, 'Rename normalised');
    await page.press('m', 'i', 'n', 'e', 'Enter');
    await lists(page, 'mine');
    await until(
      page,
      'the pencil has the focus',
      () => document.activeElement?.getAttribute('aria-label') === 'Rename mine',
      [],
    );
    await page.evaluate(() => (location.hash = '#draw'));
    await onPaper(page, 'mine');

    await page.evaluate(() => (location.hash = '#library'));
    await page.reload();
    await lists(page, 'mine');
    for (const [sort, order] of [
      ['ascending', ['mine', 'mnist-cnn', 'mnist-mlp']],
      ['descending', ['mnist-mlp', 'mnist-cnn', 'mine']],
      [null, ['mnist-cnn', 'mnist-mlp', 'mine']],
    ] as const) {
      await page.evaluate(() => document.querySelector<HTMLElement>('thead th button')?.click());
      expect(await arrangement(page)).toEqual({ sort, order });
    }
    expect(await problems(page)).toEqual([]);
    await page.close();
  });
});

/** How models are sorted by name, and their names in the order they stand in. */
function arrangement(page: Page): Promise<{ sort: string | null; order: string[] }> {
  return page.evaluate(() => ({
    sort: document.querySelector('thead th')?.getAttribute('aria-sort') ?? null,
    order: [...document.querySelectorAll<HTMLElement>('[data-testid="library-row"]')].map(
      ({ dataset }) => dataset['name'] ?? '',
    ),
  }));
}

describe('The Library in two tabs of chromium', () => {
  const visit = inChromium();

  it('lists in one what is dropped, removed and brought back in the other, and draws with nothing that is gone', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, context: browsing } = await openChromium(visit.engine.browser);
    const other = tabOf(await browsing.newPage());
    await page.go(visit.server.url);
    await ready(page);
    await other.go(`${visit.server.url}#library`);
    await lists(other);
    await drop(page, [{ name: 'normalised.onnx', bytes: await trainedNormalised() }]);
    await onPaper(page, 'normalised');
    await lists(other, 'normalised');
    await press(other, 'Remove normalised');
    await lists(other);
    await onPaper(page, 'mnist-cnn');
    await page.evaluate(() => (location.hash = '#library'));
    await lists(page);
    await press(other, 'Undo');
    await lists(page, 'normalised');
    await page.close();
  });
});
