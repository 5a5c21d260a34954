import type { Page as PlaywrightPage } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { cutOff } from './cut-off';
import { openChromium } from './engines/chromium';
import { inChromium } from './in-browser';
import { ready } from './inkling';
import { settled } from './settled';

const visit = inChromium();
let opened: Awaited<ReturnType<typeof openInspect>> = null;
beforeAll(async () => {
  opened = await openInspect();
});

/** A tablet, and one at 200 %: half as many pixels of CSS each way. */
const tablet = { width: 1180, height: 820 };
const zoomed = { width: 590, height: 410 };
const parts = ['overview', 'graph', 'tensors', 'run', 'compare', 'edit'];

async function openInspect() {
  if (!visit.engine) return null;
  const { page, raw } = await openChromium(visit.engine.browser);
  await page.go(visit.server.url);
  await ready(page);
  await page.evaluate(() => (location.hash = '#inspect'));
  await raw.click('main li a');
  await raw.waitForSelector('[role="tablist"]');
  return raw;
}

/** Shows a part of Inspect in a window of this size, from its first tab on. */
async function show(raw: PlaywrightPage, part: string, size: typeof tablet): Promise<void> {
  await raw.setViewportSize(size);
  await raw.click('#tab-overview');
  await raw.click(`#tab-${part}`);
  await raw.waitForSelector(`#panel-${part} .sheet`);
  if (part === 'tensors') await raw.click('[aria-label="Tensors"] button');
  await settled(raw);
}

it.for(parts)(
  '%s fits the page at 200 %, and what overflows in it can be scrolled',
  async (part, context) => {
    if (!opened) return context.skip('chromium is not installed');
    await show(opened, part, zoomed);
    expect(await cutOff(opened)).toEqual([]);
  },
);

it.for(parts)('the keyboard reaches everything that acts in %s', async (part, context) => {
  if (!opened) return context.skip('chromium is not installed');
  const raw = opened;
  await raw.setViewportSize(tablet);
  await raw.click('#tab-overview');
  await raw.locator('[role=tab][aria-selected=true]').focus();
  for (let at = 0; at < parts.indexOf(part); at += 1) await raw.keyboard.press('ArrowRight');
  await raw.waitForSelector(`#panel-${part} .sheet`);
  await settled(raw);
  const label = `
    (element) => element.getAttribute('aria-label') ?? element.textContent.trim() ?? element.tagName`;
  const wanted = await raw.evaluate<string[]>(`
    [...document.querySelectorAll('[role=tabpanel] :is(a[href], button, input, select, textarea, summary, [tabindex="0"])')]
      .filter((element) => !element.disabled && element.checkVisibility() && element.tabIndex >= 0)
      // Radio buttons are one stop, walked by arrows.
      .filter((element) => element.type !== 'radio' || element.checked)
      .filter((element) => !element.closest('dialog:not([open])'))
      .map((element, at) => ((element.dataset.stop = at), (${label})(element).slice(0, 60)))`);
  expect(wanted.length).toBeGreaterThan(0);
  const reached = new Set<number>();
  for (let presses = 0; presses < wanted.length + 60; presses += 1) {
    await raw.keyboard.press('Tab');
    const at = await raw.evaluate<string | null>(`document.activeElement?.dataset.stop ?? null`);
    if (at !== null) reached.add(Number(at));
  }
  expect(wanted.filter((_, at) => !reached.has(at))).toEqual([]);
});

it.for(parts)('a screen reader is told every fact that %s shows', async (part, context) => {
  if (!opened) return context.skip('chromium is not installed');
  const raw = opened;
  await show(raw, part, tablet);
  const debuggerOf = await raw.context().newCDPSession(raw);
  const { nodes } = await debuggerOf.send('Accessibility.getFullAXTree');
  // A sentence with numbers in it is told in pieces.
  const plain = (text: string) => text.replace(/\s+/g, '');
  const said = plain(
    nodes
      .filter(({ ignored }) => !ignored)
      .map(({ name, value }) => `${String(name?.value ?? '')} ${String(value?.value ?? '')}`)
      .join(''),
  );
  const shown = await raw.evaluate<string[]>(`
    [...document.querySelectorAll('[role=tabpanel] :is(h2, h3, dt, dd, th, td, legend, label > span, p, button)')]
      .filter((element) => element.checkVisibility() && element.children.length === 0)
      .filter((element) => !element.closest('dialog:not([open])'))
      .map((element) => element.textContent)`);
  const facts = shown.map(plain).filter(Boolean);
  expect(facts.length).toBeGreaterThan(2);
  expect(facts.filter((fact) => !said.includes(fact))).toEqual([]);
});
