import { afterAll, beforeAll } from 'vitest';
import { startChromium } from './engines/chromium';
import { serveBuild, type Server } from './inkling';

/** Chromium and a server, of the build unless told otherwise, for all tests of a file; no engine where it is not installed. */
export function inChromium(serve: () => Promise<Server> = serveBuild) {
  const visit = {} as { server: Server; engine: Awaited<ReturnType<typeof startChromium>> };
  beforeAll(async () => {
    visit.server = await serve();
    visit.engine = await startChromium({ gpu: false });
  });
  afterAll(async () => {
    await visit.engine?.close();
    await visit.server.close();
  });
  return visit;
}
