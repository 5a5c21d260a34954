import { afterAll, beforeAll } from 'vitest';
import { startChromium } from './engines/chromium';
import { serveBuild, type Server } from './inkling';

/** A browser and a server, of the build unless told otherwise, for all tests of a suite; no engine where it is not installed. */
export function inBrowser<Started extends { close(): Promise<void> }>(
  start: () => Promise<Started | null>,
  serve: () => Promise<Server> = serveBuild,
) {
  const visit = {} as { server: Server; engine: Started | null };
  beforeAll(async () => {
    visit.server = await serve();
    visit.engine = await start();
  });
  afterAll(async () => {
    await visit.engine?.close();
    await visit.server.close();
  });
  return visit;
}

/** Chromium without WebGPU. */
export function inChromium(serve?: () => Promise<Server>) {
  return inBrowser(() => startChromium({ gpu: false }), serve);
}
