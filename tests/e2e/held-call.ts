/** A call of a worker that is kept on its way, and what becomes of it. */
import { until, type Page } from './engines/engine';

/** Keeps the next call of this name from reaching its worker, which does not answer until it is let go. */
export function hold(page: Page, method: string): Promise<void> {
  return page.evaluate((wanted) => {
    const wait = globalThis.setTimeout;
    const now = performance.now.bind(performance);
    // Asked ten minutes ago, so that the patience with it is over when somebody looks.
    performance.now = () => now() - 600_000;
    Object.assign(globalThis, {
      held: null,
      setTimeout(then: () => void, ms: number) {
        if (ms === 600_000) Object.assign(globalThis, { patience: then });
        return wait(then, ms);
      },
    });
    const { prototype } = Worker;
    const post = Object.getOwnPropertyDescriptor(prototype, 'postMessage') as PropertyDescriptor;
    Object.defineProperty(prototype, 'postMessage', {
      ...post,
      value(this: Worker, message: { path?: string[] }, ...rest: unknown[]) {
        if (message.path?.[0] !== wanted) {
          (post.value as (...args: unknown[]) => void).call(this, message, ...rest);
          return;
        }
        Object.defineProperty(prototype, 'postMessage', post);
        performance.now = now;
        const reach = () => {
          (post.value as (...args: unknown[]) => void).call(this, message, ...rest);
        };
        Object.assign(globalThis, { held: this, reach, setTimeout: wait });
      },
    });
  }, method);
}

/** Waits until the call that is to be held was made. */
export function isHeld(page: Page): Promise<unknown> {
  return until(page, 'the worker was called', () => Boolean((globalThis as { held?: Worker }).held), []);
}

/** Lets the call that is held reach its worker. */
export function letGo(page: Page): Promise<void> {
  return page.evaluate(() => {
    (globalThis as unknown as { reach: () => void }).reach();
  });
}

/** Ends the worker whose call is held, as a browser does that runs out of memory. */
export function crash(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { held } = globalThis as unknown as { held: Worker };
    held.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  });
}

/** Ends the patience with the worker whose call is held: its ten minutes are over. */
export function tire(page: Page): Promise<void> {
  return page.evaluate(() => {
    (globalThis as unknown as { patience: () => void }).patience();
  });
}
