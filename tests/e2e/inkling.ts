import { join } from 'node:path';
import { serve } from '../../scripts/serve.js';
import { until, type Page } from './engines/engine';

export interface Server {
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  close(): Promise<unknown>;
}

/** The build, served under a sub-path as any static host might. */
export function serveBuild(options: { port?: number } = {}): Promise<Server> {
  return serve(join(import.meta.dirname, '../../dist'), { base: '/some/where/', ...options });
}

/** The text of the element with this test id, trimmed; empty where there is none. */
export function textOf(page: Page, id: string): Promise<string> {
  return page.evaluate(
    (testid) => document.querySelector(`[data-testid="${testid}"]`)?.textContent.trim() ?? '',
    id,
  );
}

/** Waits until a model is open. */
export async function ready(page: Page, seconds = 60): Promise<void> {
  await until(page, 'a model is open', () => document.querySelector('[data-backend]') !== null, [], seconds);
}

/** Waits until everything is stored that a visit without a server needs. */
export function offlineReady(page: Page): Promise<unknown> {
  return until(
    page,
    'it is offline ready',
    () => document.querySelector('[data-testid="offline-ready"]') !== null,
    [],
    60,
  );
}

/** Waits until the model on the paper is the one with this name. */
export function onPaper(page: Page, name: string): Promise<unknown> {
  return until(
    page,
    `${name} is on the paper`,
    (wanted) => document.querySelector('[aria-labelledby="card"] h2')?.textContent === wanted,
    [name],
    60,
  );
}

/** Waits for the answer to the ink as it is, and gives the digit. */
export async function answer(page: Page): Promise<string> {
  return until(
    page,
    'there is an answer',
    () => {
      const isSettled =
        document.querySelector('[aria-label="Answer"]')?.getAttribute('aria-busy') === 'false';
      return isSettled ? document.querySelector('[data-testid="answer"]')?.textContent.trim() : '';
    },
    [],
  );
}

export type Points = readonly (readonly [number, number])[];

/** A three, in a square of 100 units. */
export const THREE: Points = [
  [30, 31],
  [32, 27],
  [35, 23],
  [40, 20],
  [45, 18.5],
  [50, 18],
  [55, 19],
  [60, 22],
  [64, 26],
  [66, 30],
  [66, 35],
  [63, 40],
  [59, 44],
  [55, 46],
  [50, 48],
  [45, 49],
  [50, 49],
  [55, 50],
  [60, 52],
  [64, 55],
  [67, 59],
  [68, 63],
  [68, 68],
  [66, 72],
  [63, 76],
  [58, 79],
  [53, 81],
  [48, 81],
  [42, 80],
  [37, 78],
  [32, 75],
  [27, 72],
];

/** Draws strokes given in a square of `units` onto the paper with real pointer input. */
export async function drawOn(page: Page, strokes: readonly Points[], units = 100): Promise<void> {
  const box = await page.evaluate(() => {
    const { left, top, width, height } =
      document.querySelector('[data-testid="paper"]')?.getBoundingClientRect() ?? new DOMRect();
    return { left, top, width, height };
  });
  const side = Math.min(box.width, box.height);
  const x = box.left + (box.width - side) / 2;
  const y = box.top + (box.height - side) / 2;
  for (const stroke of strokes) {
    await page.stroke(stroke.map(([px, py]) => [x + (px / units) * side, y + (py / units) * side] as const));
  }
}

/** Draws a three and gives what the model takes it for. */
export async function answerToThree(page: Page): Promise<string> {
  await drawOn(page, [THREE]);
  return answer(page);
}

/** Waits until an element that matches holds this text, whatever white space is in it. */
export function says(page: Page, what: string, selector: string, text: string): Promise<unknown> {
  return until(
    page,
    what,
    (where: string, part: string) =>
      [...document.querySelectorAll(where)].some((element) =>
        element.textContent.replace(/[ \n]+/g, ' ').includes(part),
      ),
    [selector, text],
  );
}

/** Presses the button with this name. */
export function press(page: Page, name: string): Promise<void> {
  return page.evaluate((wanted) => {
    const button = [...document.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === wanted,
    );
    if (!button) throw new Error(`There is no button ${wanted}.`);
    button.click();
  }, name);
}

export interface DroppedFile {
  name: string;
  bytes: Uint8Array;
}

/** Drops files on the page, as a person would from a folder. */
export async function drop(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const list = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  await page.evaluate((items) => {
    const data = new DataTransfer();
    for (const { name, base64 } of items) {
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }
  }, list);
}

/** Opens a page of the build on Inspect, drops a model there, and waits until it can be run. */
export async function inspectToRun(page: Page, url: string, model: DroppedFile): Promise<void> {
  await page.go(url);
  await until(
    page,
    'the screen is there',
    () => document.querySelector('[data-testid="file-input"]') !== null,
    [],
  );
  await drop(page, [model]);
  await until(
    page,
    'it can be run',
    () => {
      document.getElementById('tab-run')?.click();
      return document.querySelector('[aria-labelledby="inputs"] .actions button') !== null;
    },
    [],
  );
}

/** Begins the run that `inspectToRun` leads to. */
export function run(page: Page): Promise<void> {
  return page.evaluate(() =>
    document.querySelector<HTMLElement>('[aria-labelledby="inputs"] .actions button')?.click(),
  );
}

/** The codes of the problem cards on screen. */
export function problems(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid="problem"]')].map(
      ({ dataset }) => dataset['code'] ?? '',
    ),
  );
}

/** Waits for a problem card with this code, and dismisses all cards. */
export async function expectProblem(page: Page, code: string): Promise<void> {
  await until(
    page,
    `the problem ${code} is shown`,
    (wanted) => document.querySelector(`[data-testid="problem"][data-code="${wanted}"]`) !== null,
    [code],
    60,
  );
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-testid="problem"] button')) {
      if (button.textContent.trim() === 'Understood') button.click();
    }
  });
}
