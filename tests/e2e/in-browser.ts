import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startChromium } from './engines/chromium';
import type { Engine, Page } from './engines/engine';
import { serveBuild, type Server } from './inkling';

/**
 * A browser and a server, of the build unless told otherwise, for all tests of a suite; no engine where it is not
 * installed. Both are started anew for a test that is run once more because its browser ended by itself.
 */
export function inBrowser<Started extends { close(): Promise<void> }>(
  start: () => Promise<Started | null>,
  serve: () => Promise<Server> = serveBuild,
) {
  const visit = {} as { server: Server; engine: Started | null };
  aroundSuite(visit, async () => {
    visit.server = await serve();
    visit.engine = await start();
  });
  return visit;
}

/** A browser with one screen open in it, for all tests of a suite. */
export function onScreen<E extends Engine>(
  start: () => Promise<E | null>,
  screen: string,
  arrive: (page: Page) => Promise<unknown>,
) {
  const visit = {} as { server: Server; engine: E | null; page: Page };
  aroundSuite(visit, async () => {
    visit.server = await serveBuild();
    visit.engine = await start();
    if (!visit.engine) return;
    visit.page = await visit.engine.open();
    await visit.page.go(`${visit.server.url}#${screen}`);
    await arrive(visit.page);
  });
  return visit;
}

/** Chromium without WebGPU. */
export function inChromium(serve?: () => Promise<Server>) {
  return inBrowser(() => startChromium({ gpu: false }), serve);
}

/** Begins before all tests of a suite, and before each that is run once more; ends what was begun. */
function aroundSuite(
  visit: { server: Server; engine: { close(): Promise<void> } | null },
  begin: () => Promise<void>,
): void {
  const end = async () => {
    await visit.engine?.close();
    await visit.server.close();
  };
  beforeAll(begin);
  beforeEach(async ({ task }) => {
    if (!task.result?.retryCount) return;
    await end();
    await begin();
  });
  afterAll(end);
}
