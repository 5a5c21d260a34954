/** The Convert screen in a browser of a test's own, and what is dropped on it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLean } from '../../src/formats/lean';
import { until, type Engine, type Page } from './engines/engine';
import { onScreen } from './in-browser';
import { drop, says, type DroppedFile } from './inkling';

/** A file of the repository, as somebody drops it. */
export function file(path: string): DroppedFile {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../..', path)));
  return { name: path.replace(/^.*\//, ''), bytes };
}

/** A checkpoint, a source or recorded arrays of the network that has both. */
export const sourced = (name: string) => file(`tests/fixtures/source/${name}`);

/** The source with one piece of its text replaced. */
export function sourcedWith(part: string, other: string): DroppedFile {
  const { name, bytes } = sourced('net.py');
  const text = new TextDecoder().decode(bytes).replace(part, other);
  return { name, bytes: new TextEncoder().encode(text) };
}

/** A network of VerifiedNN, small. */
export function leanSource(): DroppedFile {
  const layer = (inputs: number, outputs: number) => ({
    ...{ inputs, outputs },
    weights: Array.from({ length: inputs * outputs }, (_, i) => (i % 7) / 7 - 0.5),
    bias: Array.from({ length: outputs }, (_, i) => i / 10),
  });
  const text = writeLean({
    ...{ name: 'tiny', architecture: '6→4→3', epochs: 1, learningRate: 0.1, datasetSize: 4 },
    ...{ trainedOn: 'today', finalTrainAcc: 50, finalTestAcc: 50, finalLoss: 1 },
    layers: [layer(6, 4), layer(4, 3)],
  });
  return { name: 'tiny.lean', bytes: new TextEncoder().encode(text) };
}

/** A browser with the Convert screen open, for all tests of a `describe`; no engine where it is not installed. */
export function onConvert<E extends Engine>(start: () => Promise<E | null>) {
  return onScreen(start, 'convert', (page) => says(page, 'the screen is there', 'h1', 'Convert'));
}

/** Goes to a screen by its address, and waits for its heading. */
export async function goTo(page: Page, screen: string, heading = ''): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#${screen}`);
  await says(page, `${screen} is there`, 'h1', heading);
}

/** Drops a checkpoint and what belongs to it, and waits until it is shown in place of the one before. */
export async function dropCheckpoint(
  page: Page,
  checkpoint: DroppedFile,
  ...beside: DroppedFile[]
): Promise<void> {
  await drop(page, [checkpoint, ...beside]);
  await says(page, `${checkpoint.name} is taken`, 'h1', checkpoint.name);
}

/** Types into the field with this label, once it is there. */
export function fill(page: Page, label: string, value: string): Promise<unknown> {
  return until(
    page,
    `${label} is asked`,
    (wanted: string, text: string) => {
      const labels = [...document.querySelectorAll('[aria-labelledby="questions"] label')];
      const field = labels
        .find((each) => each.querySelector('span')?.textContent === wanted)
        ?.querySelector('input');
      if (!field) return false;
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return true;
    },
    [label, value],
  );
}

/** Chooses an option of the list with this label. */
export function choose(page: Page, label: string, option: string): Promise<void> {
  return page.evaluate(
    (wanted, text) => {
      const list = document.querySelector<HTMLSelectElement>(`select[aria-label="${wanted}"]`);
      const at = [...(list?.options ?? [])].findIndex(({ textContent }) => textContent === text);
      if (!list || at < 0) throw new Error(`There is no ${text} in ${wanted}.`);
      list.selectedIndex = at;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    },
    label,
    option,
  );
}

/** Waits for a model that takes this. */
export function takes(page: Page, shape: string): Promise<unknown> {
  return says(page, `it takes ${shape}`, '[aria-labelledby="result"] td', shape);
}
