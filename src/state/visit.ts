import type { App } from './context';

/** How long the first answer gets to be painted before anything else is begun. */
const BREATH_MS = 300;

/**
 * The order of a visit: the first answer before all else; then what earlier visits kept, the other precisions,
 * the offline store, and only then the GPU, whose shaders take a while to compile.
 */
export async function visit({ draw, library, offline, problems }: App): Promise<void> {
  try {
    const [first] = library.records;
    if (first) await draw.show(first);
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    await library.load();
    const registered = offline.register(new URL('sw.js', document.baseURI).href);
    await library.keepBundled();
    await draw.settle();
    await registered;
    await offline.check();
  } catch (error) {
    problems.show(error);
  }
}
