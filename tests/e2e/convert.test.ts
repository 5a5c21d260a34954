import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLean } from '../../src/formats/lean';
import { engines } from './engines';
import { until, type Engine, type Page } from './engines/engine';
import { drop, press, problems, says, serveBuild, type Server } from './inkling';

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

/** A file of the repository, as somebody drops it. */
function file(path: string): { name: string; bytes: Uint8Array } {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../..', path)));
  return { name: path.replace(/^.*\//, ''), bytes };
}

const sourced = (name: string) => file(`tests/fixtures/source/${name}`);

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
    await says(page, 'the screen is there', 'h1', 'Convert');
  });

  afterAll(async () => {
    await engine?.close();
    await server.close();
  });

  const sees = (what: string, selector: string, text: string) => says(page, what, selector, text);

  const convert = async () => {
    await page.evaluate(() => (location.hash = '#convert'));
    await sees('the screen is there', 'h1', '');
  };

  /** Types into the field with this label, once it is there. */
  const fill = (label: string, value: string) =>
    until(
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

  it('makes a model of a Lean source, keeps it, and shows it', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await drop(page, [{ name: 'tiny.lean', bytes: leanSource() }]);
    await sees('every stage is done', '[aria-labelledby="stages"] li.done', 'Check the model');
    await sees('what it takes', '[aria-labelledby="result"] td', 'batch × 6');
    await press(page, 'Keep in the library');
    await sees('it is inspected', 'h1', 'tiny');
    await sees('its graph is sound', '[aria-labelledby="checks"] p', 'None');
    expect(await problems(page)).toEqual([]);
  });

  it('makes a model of weights and their source, and asks only what neither tells', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await convert();
    await drop(page, [sourced('parallel.pth'), sourced('net.py')]);
    await sees('the way is chosen', '#stages', 'PyTorch source');
    await sees('the head count is asked', '[aria-labelledby="questions"] label', 'n_heads');
    await sees('the input is asked', '[aria-labelledby="questions"] label', 'Size of x');
    await fill('n_heads', '4');
    await fill('Size of x', 'float32[batch,10,12]');
    await press(page, 'Convert with these');
    await sees('what it takes', '[aria-labelledby="result"] td', 'batch × x_1 × 12');
    expect(await problems(page)).toEqual([]);
  });

  it('keeps what was typed while another screen is shown', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await page.evaluate(() => (location.hash = '#inspect'));
    await sees('it is looked into', 'h1', 'parallel.pth');
    await convert();
    await sees('the result is still there', '[aria-labelledby="result"] td', 'batch × x_1 × 12');
  });

  it('is proved by arrays that are dropped later, and says so where it is kept', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await drop(page, [sourced('net.npz')]);
    await sees('it is proved', '[aria-labelledby="result"] .verified', 'Verified against PyTorch');
    await sees(
      'each output is compared',
      '[aria-labelledby="result"] li',
      'states differs from what was recorded by',
    );
    await press(page, 'Keep in the library');
    await sees('it is inspected', 'h1', 'parallel');
    await sees('the proof is kept', '.note', 'Verified against PyTorch: its 2 outputs differ');
    expect(await problems(page)).toEqual([]);
  });

  it('lists everything that stands in the way, with its place', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await convert();
    const net = sourced('net.py');
    const text = new TextDecoder()
      .decode(net.bytes)
      .replace('x = self.embed(x)', 'x = torch.fft.fft(self.embed(x))');
    await drop(page, [
      sourced('config.pth'),
      { ...net, bytes: new TextEncoder().encode(text) },
      sourced('net.npz'),
    ]);
    await sees('the way is chosen', '#stages', 'PyTorch source');
    await sees('the gap is listed', '[aria-labelledby="gaps"] td', 'torch.fft');
    await sees('with its line', '[aria-labelledby="gaps"] td', 'net.py, line');
    await drop(page, [net]);
    await sees(
      'a mended source is taken',
      '[aria-labelledby="result"] .verified',
      'Verified against PyTorch',
    );
  });

  it('says that nothing came of a file that cannot be read, and goes on', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    const { bytes } = sourced('config.pth');
    await drop(page, [{ name: 'cut.pth', bytes: bytes.slice(0, 5000) }]);
    await sees('nothing came of it', '#stopped', 'Nothing came of it');
    expect(await problems(page)).toHaveLength(1);
    await press(page, 'Understood');
    await drop(page, [file('models/mnist-mlp/mnist-mlp.pt')]);
    await sees('the next one is converted', '[aria-labelledby="result"] td', 'batch × 784');
    await sees('what is assumed can be changed', '[aria-labelledby="questions"] p', 'These are assumed');
  });
});
