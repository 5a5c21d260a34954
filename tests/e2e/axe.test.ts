import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sizes, violations } from './axe';
import { openChromium } from './engines/chromium';
import { inChromium } from './in-browser';
import { answer, drawOn, press, ready, THREE } from './inkling';
import { settled } from './settled';

const checkpoints = join(import.meta.dirname, '../fixtures/checkpoints');
const visit = inChromium();

it.for(sizes)('axe finds nothing on any screen at $width x $height, $colorScheme', async (size, context) => {
  if (!visit.engine) return context.skip('chromium is not installed');
  const { page, raw } = await openChromium(visit.engine.browser, size);
  await raw.emulateMedia({ colorScheme: size.colorScheme });
  await page.go(visit.server.url);
  await ready(page);
  const findings: string[] = [];
  const look = async (where: string) => {
    findings.push(...(await violations(raw)).map((found) => `${where}: ${found}`));
  };
  await look('empty paper');
  await drawOn(page, [THREE]);
  expect(await answer(page)).toBe('3');
  await look('an answer');
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="backend"]')?.click());
  await raw.waitForSelector('dialog[open]');
  await look('the truth about backends');
  await press(page, 'Close');
  await press(page, 'Choose');
  await raw.waitForSelector('dialog[open] li');
  await look('layers to watch');
  await press(page, 'Close');
  await raw.selectOption('[data-testid="compare-picker"]', { index: 1 });
  await raw.waitForSelector('[data-variant="ensemble"]');
  await look('two models and their ensemble');
  for (const screen of ['library', 'convert', 'inspect']) {
    await page.evaluate((name) => (location.hash = `#${name}`), screen);
    await raw.waitForSelector('main h1:not(.unseen)');
    await look(screen);
  }
  await raw.click('main li a');
  await raw.waitForSelector('[role="tablist"]');
  for (const part of ['overview', 'graph', 'tensors', 'run', 'compare', 'edit']) {
    await raw.click(`#tab-${part}`);
    await raw.waitForSelector(`#panel-${part} .sheet`);
    if (part === 'tensors') await raw.click('[aria-label="Tensors"] button');
    if (part === 'run') await raw.click('[aria-labelledby="inputs"] .actions button');
    await settled(raw);
    await look(`inspect, ${part}`);
  }
  for (const file of ['checkpoint.pt', 'scripted.pt']) {
    await raw.setInputFiles('[data-testid="file-input"]', join(checkpoints, file));
    await raw.getByRole('heading', { level: 1, name: file }).waitFor();
    const parts = file === 'scripted.pt' ? ['overview', 'tensors', 'sources'] : ['overview', 'tensors'];
    for (const part of parts) {
      await raw.click(`#tab-${part}`);
      await raw.waitForSelector(`#panel-${part} .sheet`);
      if (part === 'tensors') await raw.click('[aria-label="Tensors"] button');
      await settled(raw);
      await look(`${file}, ${part}`);
    }
  }
  await page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('nav a')?.click();
  });
  await raw.waitForSelector('[data-testid="paper"]');
  await press(page, 'Demo');
  await raw.waitForSelector('.stage');
  await look('demo');
  expect(findings).toEqual([]);
});
