import { describe, expect, it } from 'vitest';
import { engines } from './engines';
import { until, type Page } from './engines/engine';
import { inBrowser } from './in-browser';
import {
  answer,
  answerToThree,
  drawOn,
  expectProblem,
  offlineReady,
  onPaper,
  press,
  ready,
  serveBuild,
  textOf,
  THREE,
} from './inkling';

describe.each(engines)('A visit in $name', ({ name, start }) => {
  const visit = inBrowser(start);

  it('reads a drawn three on the first visit and, with the server gone, on the second', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const page = await visit.engine.open();
    await page.go(visit.server.url);
    await ready(page);
    await drawOn(page, [THREE]);
    expect(await answer(page)).toBe('3');
    expect(await textOf(page, 'confidence')).toMatch(/^\d+\.\d %$/);

    await offlineReady(page);
    const binaries = visit.server.requests.filter((path) => path.endsWith('.wasm'));
    expect(binaries).toHaveLength(1);

    await visit.server.close();
    await page.reload();
    await ready(page);
    // The drawing came back from the address.
    expect(await answer(page)).toBe('3');
    await press(page, 'Clear');
    await until(
      page,
      'the paper is empty',
      () => document.querySelector('[data-testid="answer"]')?.textContent.trim() === '',
      [],
    );
    await drawOn(page, [
      [
        [50, 15],
        [50, 85],
      ],
    ]);
    expect(await answer(page)).toBe('1');
    await page.close();
    visit.server = await serveBuild();
  });

  it('keeps the drawing and the model in its address, and follows one that is pasted', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const page = await visit.engine.open();
    await page.go(visit.server.url);
    await ready(page);
    expect(await answerToThree(page)).toBe('3');
    const drawn = await addressWith(page, 'ink=');
    await pick(page, 'mnist-mlp');
    await addressWith(page, 'model=');
    expect(await answer(page)).toBe('3');

    await goTo(page, '#library');
    await goTo(page, '#draw');
    await addressWith(page, 'ink=', 'model=');
    await page.reload();
    await ready(page);
    await onPaper(page, 'mnist-mlp');
    expect(await answer(page)).toBe('3');

    await press(page, 'Clear');
    await until(page, 'the address holds no drawing', () => !location.hash.includes('ink='), []);
    await goTo(page, drawn);
    await until(
      page,
      'the pasted drawing is read',
      () => document.querySelector('[data-testid="answer"]')?.textContent.trim() === '3',
      [],
    );
    await goTo(page, '#draw?ink=no-drawing');
    await expectProblem(page, 'link_damaged');
    expect(await answer(page)).toBe('3');
    await page.close();
  });
});

/** The address, once all these parts are in it. */
function addressWith(page: Page, ...parts: string[]): Promise<string> {
  return until(
    page,
    `${parts.join(' and ')} in the address`,
    (wanted: string[]) => (wanted.every((part) => location.hash.includes(part)) ? location.hash : ''),
    [parts],
  );
}

/** As by a link, or an address that is typed. */
function goTo(page: Page, hash: string): Promise<void> {
  return page.evaluate((to) => void (location.hash = to), hash);
}

/** Puts a model on the paper by the picker. */
async function pick(page: Page, model: string): Promise<void> {
  await page.evaluate((wanted) => {
    const picker = document.querySelector<HTMLSelectElement>('[data-testid="model-picker"]');
    const option = [...(picker?.options ?? [])].find(({ text }) => text === wanted);
    if (!picker || !option) throw new Error(`The picker does not offer ${wanted}.`);
    picker.value = option.value;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
  }, model);
  await onPaper(page, model);
}
