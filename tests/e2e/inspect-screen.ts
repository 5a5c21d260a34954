/** The Inspect screen in a browser of a test's own, and the ways around it. */
import { until, type Engine, type Page } from './engines/engine';
import { onScreen } from './in-browser';
import { drop } from './inkling';

/** A browser with the Inspect screen open, for all tests of a `describe`; no engine where it is not installed. */
export function onInspect(start: () => Promise<Engine | null>) {
  return onScreen(start, 'inspect', (page) =>
    until(
      page,
      'the screen is there',
      () => document.querySelector('[data-testid="file-input"]') !== null,
      [],
    ),
  );
}

/** Drops a model, and waits for what is said of it. */
export async function open(page: Page, file: string, bytes: Uint8Array): Promise<void> {
  await drop(page, [{ name: file, bytes }]);
  await until(
    page,
    `the facts of ${file} are shown`,
    (title: string) =>
      document.querySelector('h1')?.textContent === title && document.querySelector('#identity') !== null,
    [file.replace('.onnx', '')],
    60,
  );
}

/** Goes to a part by its tab. */
export function choose(page: Page, part: string): Promise<unknown> {
  return page.evaluate((id: string) => document.getElementById(`tab-${id}`)?.click(), part);
}

/** Presses the first button in there, once there is one. */
export function pressIn(page: Page, selector: string): Promise<unknown> {
  return until(
    page,
    `there is a button in ${selector}`,
    (where: string) => {
      const button = document.querySelector<HTMLElement>(`${where} button`);
      button?.click();
      return button !== null;
    },
    [selector],
  );
}
