import type { Page as PlaywrightPage } from 'playwright-core';

/** Waits until nothing of a page has come, gone, moved or been at work for a quarter of a second. */
export async function settled(raw: PlaywrightPage): Promise<void> {
  await raw.waitForFunction(
    () => {
      const watched = window as { watched?: { since: number } };
      if (!watched.watched) {
        const state = { since: performance.now() };
        watched.watched = state;
        new MutationObserver(() => (state.since = performance.now())).observe(document, {
          ...{ subtree: true, childList: true, characterData: true, attributes: true },
        });
      }
      const isAtWork =
        document.querySelector('[aria-busy="true"], .notices progress') !== null ||
        document.getAnimations().some(({ playState }) => playState === 'running');
      if (isAtWork) watched.watched.since = performance.now();
      return performance.now() - watched.watched.since > 250;
    },
    undefined,
    { polling: 50 },
  );
}
