import type { App } from './context';

/** How long the first answer gets to be painted before anything else is begun. */
const BREATH_MS = 300;

/**
 * The order of a visit: the first answer before all else; then what earlier visits kept, the other precisions,
 * the offline store, and only then the GPU, whose shaders take a while to compile.
 */
export async function visit({ draw, engine, library, offline, problems, route }: App): Promise<void> {
  const [first] = library.records;
  const wanted = route.screen === 'draw' ? route.parameter('model') : null;
  // A model that does not come with the page is known only once what is kept was read.
  if (wanted !== null && !library.find(wanted)) await trying(() => library.load());
  const asked = wanted === null ? null : library.find(wanted);
  await trying(async () => {
    const shown = asked?.reading.kind === 'reader' ? asked : first;
    if (shown) await draw.show(shown);
  });
  await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  await trying(() => engine.keepRuntime());
  await trying(() => library.load());
  await trying(async () => {
    await offline.register(new URL('sw.js', document.baseURI).href);
  });
  await trying(() => library.keepBundled());
  await trying(() => draw.settle());
  await offline.check();

  /** One step's failure is shown and does not keep the others from being done. */
  async function trying(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      problems.show(error);
    }
  }
}
