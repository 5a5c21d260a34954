/** A real browser as the tests drive it: the same few verbs for all three engines. */
export interface Engine {
  name: 'chromium' | 'firefox' | 'webkit';
  /** Opens a page of the engine's own, empty storage. */
  open(options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

/** A browser that ended by itself in the middle of a test: a crash of its own. Such a test is run once more. */
export class BrowserEnded extends Error {
  constructor(name: string, printed: string) {
    super(`${name} ended by itself. The last it printed: ${printed.trim() || 'nothing'}`);
  }
}

export interface OpenOptions {
  width?: number;
  height?: number;
}

export interface Page {
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function of the page's world; arguments and result are JSON. */
  evaluate<T, A extends unknown[]>(use: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** Real pointer input: press at the first point, move through the rest, lift at the last; viewport pixels. */
  stroke(points: readonly (readonly [number, number])[]): Promise<void>;
  click(x: number, y: number): Promise<void>;
  /** Presses keys one after another, named as in `KeyboardEvent.key`. */
  press(...keys: string[]): Promise<void>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Waits until `use` gives something truthy in the page, and gives it; fails with `what` after `seconds`. */
export async function until<T, A extends unknown[]>(
  page: Page,
  what: string,
  use: (...args: A) => T,
  args: A,
  seconds = 30,
): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1000;
  let last: unknown = null;
  while (Date.now() < end) {
    try {
      const value = await page.evaluate(use, ...args);
      if (value) return value;
    } catch (error) {
      if (error instanceof BrowserEnded) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `In ${seconds} s this did not come true: ${what}. ${last instanceof Error ? last.message : ''}`,
  );
}
