import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { GraphOutline } from '../../src/core/outline';
import { makeGraph } from '../bench/made-graphs';
import { serveBench } from '../bench/site';
import { openChromium } from './engines/chromium';
import { inChromium } from './in-browser';

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const visit = inChromium(serveBench);

const inner: GraphOutline = {
  ...makeGraph([{ name: 'inside', operator: 'Relu', inputs: ['b'] }], 'b'),
  ...{ path: '1/then_branch', kind: 'subgraph', title: 'then_branch of b', inputs: [] },
};
const main = makeGraph([
  { name: 'a', operator: 'Conv', inputs: ['image', 'a.weight'] },
  { name: 'b', operator: 'If', inputs: ['a'] },
  { name: 'layer/one', operator: 'Sigmoid', inputs: ['b'] },
  { name: 'layer/two', operator: 'Mul', inputs: ['layer/one', 'b'] },
  { name: 'head/out', operator: 'Softmax', inputs: ['layer/two'] },
]);
const held = { name: 'then_branch', kind: 'graph', text: 'graph', graph: '1/then_branch' };
const outlines: GraphOutline[] = [
  { ...main, nodes: main.nodes.map((node) => (node.index === 1 ? { ...node, attributes: [held] } : node)) },
  inner,
];

async function openGraph(size: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light') {
  if (!visit.engine) return null;
  const { raw, context } = await openChromium(visit.engine.browser, size);
  await raw.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await raw.route(
    (url) => url.pathname === '/outlines.json',
    (route) => route.fulfill({ json: outlines }),
  );
  await raw.goto(`${visit.server.url}graph.html?outlines=/outlines.json`);
  await raw.waitForFunction(() => performance.getEntriesByName('picture').length > 0);
  return { raw, close: () => context.close() };
}

async function press(raw: Page, ...keys: string[]) {
  for (const key of keys) await raw.keyboard.press(key);
}

const picture = (raw: Page) => raw.getByRole('application', { name: /Picture of the graph/ });
const said = (raw: Page) => picture(raw).getAttribute('aria-label');

const sizes = [
  { width: 1180, height: 820, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

it.for(sizes)('axe finds nothing in the graph at $width x $height, $colorScheme', async (size, context) => {
  const opened = await openGraph(size, size.colorScheme);
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  const findings: string[] = [];
  const look = async (where: string) => {
    const { violations } = await raw.evaluate<{
      violations: { id: string; help: string; nodes: { html: string }[] }[];
    }>(`${axe}; axe.run(document)`);
    findings.push(...violations.map(({ id, help, nodes }) => `${where}: ${id}, ${help}: ${nodes[0]?.html}`));
  };
  await look('at first');
  await picture(raw).focus();
  await press(raw, 'ArrowDown', 'ArrowDown', 'f');
  await raw.keyboard.type('layer');
  await raw.waitForSelector('[role=option]');
  await look('finding');
  await press(raw, 'Escape', 'o');
  await look('with the outline');
  await raw.getByRole('button', { name: 'Keys' }).click();
  await look('keys');
  await press(raw, 'Escape');
  await raw.getByLabel('Weights').check({ force: true });
  await look('costs');
  expect(findings).toEqual([]);
  await opened.close();
});

it('arrow keys walk along edges, Enter goes into a graph and Backspace leaves it', async (context) => {
  const opened = await openGraph({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  await picture(raw).focus();
  await press(raw, 'ArrowDown');
  await expect.poll(() => said(raw)).toContain('Input image');
  await press(raw, 'ArrowDown', 'ArrowDown');
  await expect.poll(() => said(raw)).toContain('If, b');
  await press(raw, 'ArrowUp');
  await expect.poll(() => said(raw)).toContain('Conv, a');
  await press(raw, 'ArrowDown', 'Enter');
  await raw.locator('[aria-current]', { hasText: 'then_branch of b' }).waitFor();
  await expect.poll(() => said(raw)).toContain('1 nodes');
  await press(raw, 'Home');
  await expect.poll(() => said(raw)).toContain('Value b from outside');
  await press(raw, 'ArrowDown');
  await expect.poll(() => said(raw)).toContain('Relu, inside');
  await press(raw, 'Backspace');
  await expect.poll(() => said(raw)).toContain('5 nodes');
  await opened.close();
});

/** Where what is drawn lies on the stage, in px of CSS from the stage's corner. */
async function drawn(raw: Page) {
  // A frame for the resize, one for the paint.
  await raw.evaluate(() => new Promise((done) => setTimeout(done, 400)));
  return raw.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="graph"] canvas');
    const { width = 0, height = 0 } = canvas ?? {};
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, width, height).data;
    const colours = new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0));
    let [left, top, right, bottom] = [width, height, 0, 0];
    colours.forEach((colour, at) => {
      if (colour === colours[0]) return;
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    });
    const middle = { x: (left + right) / 2 - width / 2, y: (top + bottom) / 2 - height / 2 };
    return { left, top, right: width - right, bottom: height - bottom, middle };
  });
}

it('the picture is framed anew when the window turns, until somebody moves it', async (context) => {
  const opened = await openGraph({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  await raw.setViewportSize({ width: 390, height: 844 });
  const turned = await drawn(raw);
  expect(Math.abs(turned.middle.x)).toBeLessThan(12);
  expect(Math.min(turned.left, turned.right, turned.top, turned.bottom)).toBeGreaterThan(4);
  await raw.setViewportSize({ width: 1180, height: 820 });
  await picture(raw).focus();
  await press(raw, '-');
  const before = await drawn(raw);
  await raw.setViewportSize({ width: 700, height: 844 });
  const after = await drawn(raw);
  expect(after.middle.x).toBeCloseTo(before.middle.x, -1);
  expect(after.middle.y).toBeCloseTo(before.middle.y, -1);
  expect(after.right + after.left).toBeCloseTo(before.right + before.left - 480, -1);
  await opened.close();
});

it('the map of the whole is left out where it would hide the nodes', async (context) => {
  const opened = await openGraph({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  const map = raw.locator('.map');
  await map.waitFor();
  for (const size of [
    { width: 390, height: 844 },
    { width: 844, height: 390 },
  ]) {
    await raw.setViewportSize(size);
    await map.waitFor({ state: 'detached' });
    await raw.setViewportSize({ width: 1180, height: 820 });
    await map.waitFor();
  }
  await opened.close();
});

it('Find keeps its words, walks its list and jumps', async (context) => {
  const opened = await openGraph({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  await picture(raw).focus();
  await press(raw, 'Control+f');
  await raw.keyboard.type('layer');
  await raw.getByText('4 found').waitFor();
  await press(raw, 'ArrowDown', 'ArrowDown', 'Enter');
  await expect.poll(() => said(raw)).toContain('Mul, layer/two');
  await press(raw, 'ArrowUp', 'ArrowUp');
  const input = raw.getByRole('searchbox');
  expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
  await press(raw, 'Escape');
  expect(await picture(raw).evaluate((element) => element === document.activeElement)).toBe(true);
  await press(raw, 'f');
  expect(await input.inputValue()).toBe('layer');
  await raw.getByRole('button', { name: 'Nodes' }).click();
  await raw.getByText('2 found').waitFor();
  await opened.close();
});

it('the outline holds what the picture holds, in step with it', async (context) => {
  const opened = await openGraph({ width: 1180, height: 820 });
  if (!opened) return context.skip('chromium is not installed');
  const { raw } = opened;
  const tree = raw.getByRole('tree');
  await tree.focus();
  await press(raw, 'Home', 'ArrowDown', 'ArrowDown');
  const active = () =>
    tree.evaluate((element) => {
      const item = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      return `${item?.textContent.trim().replace(/\s+/g, ' ')} ${item?.getAttribute('aria-expanded')}`;
    });
  await expect.poll(active).toBe('− layer 2 nodes true');
  await press(raw, 'ArrowLeft');
  await expect.poll(active).toBe('+ layer 2 nodes false');
  await expect.poll(() => said(raw)).toContain('Folded group layer');
  await press(raw, 'ArrowRight', 'ArrowRight');
  await expect.poll(active).toContain('Sigmoid one');
  await expect.poll(() => said(raw)).toContain('Sigmoid, layer/one');
  await press(raw, 'm');
  await expect.poll(active).toContain('Mul two');
  await press(raw, 'ArrowLeft');
  await expect.poll(active).toContain('layer 2 nodes');
  await opened.close();
});
