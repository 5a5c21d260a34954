import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from './engines';
import { until, type Engine } from './engines/engine';
import {
  answer,
  drawOn,
  offlineReady,
  press,
  ready,
  serveBuild,
  textOf,
  THREE,
  type Server,
} from './inkling';

describe.each(engines)('A visit in $name', ({ name, start }) => {
  let engine: Engine | null = null;
  let server: Server;

  beforeAll(async () => {
    server = await serveBuild();
    engine = await start();
  });

  afterAll(async () => {
    await engine?.close();
    await server.close();
  });

  it('reads a drawn three on the first visit and, with the server gone, on the second', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    const page = await engine.open();
    await page.go(server.url);
    await ready(page);
    await drawOn(page, [THREE]);
    expect(await answer(page)).toBe('3');
    expect(await textOf(page, 'confidence')).toMatch(/^\d+\.\d %$/);

    await offlineReady(page);
    const binaries = server.requests.filter((path) => path.endsWith('.wasm'));
    expect(binaries).toHaveLength(1);

    await server.close();
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
    server = await serveBuild();
  });
});
