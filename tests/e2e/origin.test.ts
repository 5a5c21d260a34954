import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium, startChromium } from './engines/chromium';
import { answer, drawOn, press, ready, serveBuild, THREE, type Server } from './inkling';

let server: Server;

beforeAll(async () => {
  server = await serveBuild();
});

afterAll(() => server.close());

it('asks nobody but its own origin, and the policy would stop it if it did', async (context) => {
  const engine = await startChromium();
  if (!engine) return context.skip('chromium is not installed');
  const { page, raw, context: session } = await openChromium(engine.browser);
  const asked: string[] = [];
  session.on('request', (request) => asked.push(request.url()));
  const complaints: string[] = [];
  raw.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  raw.on('pageerror', (error) => complaints.push(error.message));
  await page.go(`${server.url}?backend=webgpu`);
  await ready(page);
  await drawOn(page, [THREE]);
  expect(await answer(page)).toBe('3');
  await press(page, 'Sample digit');
  for (const screen of ['library', 'inspect', 'convert', 'draw']) {
    await page.evaluate((name) => (location.hash = `#${name}`), screen);
    await raw.waitForTimeout(300);
  }
  await raw.waitForTimeout(3000);
  const origin = new URL(server.url).origin;
  const foreign = asked.filter(
    (url) => !url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:'),
  );
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
  const refused = await page.evaluate(() => fetch('https://example.org/').then(() => 'answered', String));
  expect(refused).toContain('TypeError');
  await engine.close();
});
