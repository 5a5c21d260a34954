import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLean } from '../../src/formats/lean';
import { engines } from './engines';
import { until, type Engine, type Page } from './engines/engine';
import { drop, problems, serveBuild, type Server } from './inkling';

/** A network of VerifiedNN, small. */
function leanSource(): Uint8Array {
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
  return new TextEncoder().encode(text);
}

describe.each(engines)('The Convert screen in $name', ({ name, start }) => {
  let engine: Engine | null = null;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await serveBuild();
    engine = await start();
    if (!engine) return;
    page = await engine.open();
    await page.go(`${server.url}#convert`);
    await until(
      page,
      'the screen is there',
      () => document.querySelector('h1')?.textContent === 'Convert',
      [],
    );
  });

  afterAll(async () => {
    await engine?.close();
    await server.close();
  });

  const says = (what: string, selector: string, text: string) =>
    until(
      page,
      what,
      (where: string, part: string) =>
        [...document.querySelectorAll(where)].some((element) =>
          element.textContent.replace(/[ \n]+/g, ' ').includes(part),
        ),
      [selector, text],
    );

  it('makes a model of a Lean source, keeps it, and shows it', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await drop(page, [{ name: 'tiny.lean', bytes: leanSource() }]);
    await says('every stage is done', '[aria-labelledby="stages"] li.done', 'Check the model');
    await says('what it takes', '[aria-labelledby="result"] td', 'batch × 6');
    await until(
      page,
      'it can be kept',
      () => {
        const keep = [...document.querySelectorAll('button')].find((button) =>
          button.textContent.includes('Keep in the library'),
        );
        keep?.click();
        return keep !== undefined;
      },
      [],
    );
    await says('it is inspected', 'h1', 'tiny');
    await says('its graph is sound', '[aria-labelledby="checks"] p', 'None');
    expect(await problems(page)).toEqual([]);
  });

  it('asks what a state dict does not say, and says why nothing came of it', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await page.evaluate(() => (location.hash = '#convert'));
    const bytes = new Uint8Array(
      readFileSync(join(import.meta.dirname, '../../models/mnist-mlp/mnist-mlp.pt')),
    );
    await drop(page, [{ name: 'mlp.pt', bytes }]);
    await says('what is assumed', '[aria-labelledby="questions"] h2', 'What the file does not say');
    expect(await problems(page)).toEqual([]);
  });
});
