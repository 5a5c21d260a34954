import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { malformedCases } from '../malformed/cases';
import { engines } from './engines';
import { until, type Engine, type Page } from './engines/engine';
import { savedFolder } from './made-checkpoints';
import { piecesBeside, slowConvolutions, trainedNormalised } from './made-models';
import { drop, expectProblem, offlineReady, press, problems, says, serveBuild, type Server } from './inkling';

const root = join(import.meta.dirname, '../..');
const silero = join(
  root,
  '../shared/wild/onnx/snakers4__silero-vad__src__silero_vad__data__silero_vad_16k_op15.onnx',
);

describe.each(engines)('The Inspect screen in $name', ({ name, start }) => {
  let engine: Engine | null = null;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await serveBuild();
    engine = await start();
    if (!engine) return;
    page = await engine.open();
    await page.go(`${server.url}#inspect`);
    await until(
      page,
      'the screen is there',
      () => document.querySelector('[data-testid="file-input"]') !== null,
      [],
    );
  });

  afterAll(async () => {
    await engine?.close();
    await server.close();
  });

  const open = async (file: string, bytes: Uint8Array) => {
    await drop(page, [{ name: file, bytes }]);
    await until(
      page,
      `the facts of ${file} are shown`,
      (title: string) =>
        document.querySelector('h1')?.textContent === title && document.querySelector('#identity') !== null,
      [file.replace('.onnx', '')],
      60,
    );
  };
  const choose = (part: string) =>
    page.evaluate((id: string) => document.getElementById(`tab-${id}`)?.click(), part);
  const sees = (what: string, selector: string, text: string) => says(page, what, selector, text);

  /** Presses the first button in there, once there is one. */
  const pressIn = (selector: string) =>
    until(
      page,
      `there is a button in ${selector}`,
      (where: string) => {
        const button = document.querySelector<HTMLElement>(`${where} button`);
        button?.click();
        return button !== null;
      },
      [selector],
    );

  it('says when its address names a model that is not kept here', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await page.evaluate(() => (location.hash = '#inspect/nowhere'));
    await sees('the model is missed', '.empty [role="status"]', 'is not kept in this browser');
    await page.evaluate(() => (location.hash = '#inspect'));
    await until(
      page,
      'nothing is missed',
      () => document.querySelector('.empty [role="status"]') === null,
      [],
    );
  });

  it('shows what a model is, each of its tensors, and what a run gives', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await open('network.onnx', await trainedNormalised());
    await until(page, 'it has an address', () => /^#inspect\/[0-9a-f]{16,}/.test(location.hash), []);
    await sees('parameters', 'dd', '101\u202f772');
    const address = await page.evaluate(() => location.hash);
    await page.evaluate(() => (location.hash = '#inspect/%E0%A4%A'));
    await sees('what is on screen is not taken for another', '.empty [role="status"]', 'is not kept');
    await page.evaluate((hash) => (location.hash = hash), address);
    await sees('it is there again', 'dd', '101\u202f772');
    await choose('tensors');
    await sees('tensors', '[aria-labelledby="tensors"] h2', '6 tensors');
    await pressIn('[aria-labelledby="tensors"] [role=listitem]');
    await sees('statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    await sees('values', '[aria-label="Values, row by row"] .value', '.');
    await choose('run');
    await pressIn('[aria-labelledby="inputs"] .actions');
    await until(
      page,
      'scores',
      () => document.querySelectorAll('[aria-labelledby="outputs"] article li').length === 5,
      [],
    );
    await sees('times', '[aria-labelledby="outputs"] tbody th', 'WASM');
    if (name === 'chromium') {
      await sees('WebGPU ran too', '[aria-labelledby="outputs"] tbody th', 'WebGPU');
      await sees('the two are compared', '[aria-labelledby="outputs"] p', 'WebGPU against WASM:');
      await until(
        page,
        'they hardly differ',
        () => {
          const [, words = ''] =
            /WebGPU against WASM:\s+\S+\s+([^]*)\.\s*$/.exec(
              [...document.querySelectorAll('[aria-labelledby="outputs"] p')]
                .map((p) => p.textContent)
                .find((text) => text.includes('against')) ?? '',
            ) ?? [];
          const number = Number(
            /by (\S+) at most/.exec(words)?.[1]?.replaceAll('−', '-') ??
              (words.includes('the same') ? 0 : NaN),
          );
          return number < 1e-4 ? 'yes' : null;
        },
        [],
      );
    }
    expect(await problems(page)).toEqual([]);
  });

  it('refuses sizes that are none, in words', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[aria-labelledby="inputs"] fieldset input');
      if (!field) return;
      field.value = '0';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await pressIn('[aria-labelledby="inputs"] .actions');
    await sees('why it is none', '[data-code="run_size"]', 'batch is 0; a run takes whole numbers from 1 on');
    expect(
      await page.evaluate(() => document.querySelector('[aria-labelledby="outputs"] article')),
    ).toBeNull();
    await expectProblem(page, 'run_size');
  });

  it('says how long a run takes, and cancels it', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await choose('overview');
    await open('slow.onnx', await slowConvolutions());
    await choose('run');
    await pressIn('[aria-labelledby="inputs"] .actions');
    await sees('how far it is', '[aria-labelledby="inputs"] p', 'on WASM');
    await press(page, 'Cancel');
    await sees('it was cancelled', '[aria-labelledby="inputs"] [role=status]', 'It was cancelled');
    expect(await problems(page)).toEqual([]);
    await pressIn('[aria-labelledby="inputs"] .actions');
    await sees('the next run runs', '[aria-labelledby="outputs"] tbody th', 'WASM');
    await choose('overview');
    await open('network.onnx', await trainedNormalised());
  });

  it('saves small changes as a new model', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await choose('edit');
    await until(page, 'the form is there', () => document.querySelector('form input') !== null, []);
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('form input');
      if (!input) return;
      input.value = 'renamed';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await choose('graph');
    await sees('another part is shown', '#panel-graph h2', '');
    await choose('edit');
    await sees('what was changed is still there', 'form [role=status]', '1 changed');
    await page.evaluate(() => document.querySelector<HTMLElement>('form [type=submit]')?.click());
    await sees('it says what was kept', 'form [role=status]', 'Kept in the library as network-edited');
    expect(
      await page.evaluate(() => {
        const { top, bottom } =
          document.querySelector('form [role=status]')?.getBoundingClientRect() ?? new DOMRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    ).toBe(true);
    await page.evaluate(() => document.querySelector<HTMLElement>('form [role=status] a')?.click());
    await sees('the new model is shown', 'h1', 'network-edited');
    await sees('and open', 'form [role=status]', 'Nothing is changed yet');
    await choose('overview');
    await sees('its graph is renamed', 'dd', 'renamed');
    expect(await problems(page)).toEqual([]);
  });

  it('draws the graph, and walks it by keys', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await choose('graph');
    await until(
      page,
      'something is drawn',
      () => {
        const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="graph"] canvas');
        const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels !== undefined && new Set(new Uint32Array(pixels.buffer)).size > 10;
      },
      [],
    );
    await page.press('f');
    await sees('F finds at once', '.find', 'Nodes');
    await page.press('Escape');
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus());
    const said = (words: string) =>
      until(
        page,
        `the picture says ${words}`,
        (wanted: string) =>
          document.querySelector('[data-testid="graph"]')?.getAttribute('aria-label')?.includes(wanted),
        [words],
      );
    await page.press('Home');
    await said('Input');
    await page.press('ArrowDown');
    await said('Mul');
    await page.press('f', 'R', 'e', 'l', 'u');
    await sees('it is found', '[role=option]', 'Relu');
    await page.press('Enter');
    await said('Relu');
    await page.press('Escape');
    await until(
      page,
      'the keys are the picture’s again',
      () => (document.activeElement as HTMLElement | null)?.dataset['testid'] === 'graph',
      [],
    );
    expect(await problems(page)).toEqual([]);
  });

  it('shows what its address says, whatever was dropped before', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    const edited = await page.evaluate(() => location.hash.replace(/\?.*/, ''));
    await page.evaluate(() => (location.hash = '#library'));
    const first = await until(
      page,
      'the first model is listed',
      () =>
        document.querySelector<HTMLAnchorElement>('[data-name="network"] a[href^="#inspect/"]')?.hash ?? '',
      [],
    );
    expect(first).not.toBe(edited);
    await page.evaluate((hash: string) => (location.hash = hash), first);
    await sees('the first model is shown', 'h1', 'network');
    await page.evaluate(() => (location.hash = '#draw'));
    await until(
      page,
      'the paper is there',
      () => document.querySelector('[data-testid="paper"]') !== null,
      [],
    );
    await page.evaluate((hash: string) => (location.hash = hash), first);
    await until(
      page,
      'the first model is shown again',
      () =>
        document.querySelector('h1')?.textContent === 'network' &&
        document.querySelector('#identity') !== null,
      [],
    );
    await until(
      page,
      'nothing is being opened',
      () => document.querySelector('[aria-busy=true]') === null,
      [],
    );
    expect(await page.evaluate(() => document.querySelector('h1')?.textContent)).toBe('network');
  });

  it('shows a real model with graphs inside graphs', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    if (!existsSync(silero)) return context.skip('the wild models are not beside this repository');
    await open('silero.onnx', new Uint8Array(readFileSync(silero)));
    await choose('overview');
    await sees('the graphs inside', '#graphs', 'Graphs inside');
  });

  it('runs what gives tensors beside sequences, and says what it leaves out', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await choose('overview');
    await open('pieces.onnx', await piecesBeside());
    await choose('run');
    await sees('what cannot be had', '[aria-labelledby="inputs"] p', 'pieces is sequence(float32)');
    await pressIn('[aria-labelledby="inputs"] .actions');
    await sees('the tensor is there', '[aria-labelledby="outputs"] article h3', 'relu_0');
    expect(await problems(page)).toEqual([]);
    await choose('overview');
  });

  it('shows a checkpoint and its tensors, and says what is wrong with one that is none', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    const bytes = new Uint8Array(readFileSync(join(root, 'models/mnist-mlp/mnist-mlp.pt')));
    await drop(page, [{ name: 'weights.pt', bytes }]);
    await choose('overview');
    await sees('its format', '[aria-labelledby="identity"] dd', 'PyTorch, zip archive');
    await sees('its parameters', '[aria-labelledby="identity"] dd', '101\u202f770');
    await choose('tensors');
    await pressIn('[aria-labelledby="tensors"] [role=listitem]');
    await sees('statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    expect(await problems(page)).toEqual([]);
    await drop(page, [{ name: 'notes.pt', bytes: new TextEncoder().encode('no weights at all') }]);
    await expectProblem(page, 'file_unknown');
    await sees('the checkpoint is still there', 'h1', 'weights.pt');
    await choose('overview');
  });

  it('opens a zip of a folder, each file by its path, and names what would run code', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await drop(page, [{ name: 'saved.zip', bytes: await savedFolder() }]);
    const paths = await until(
      page,
      'the files can be chosen from',
      () => {
        const options = document.querySelectorAll('[aria-label="Files dropped together"] option');
        return options.length > 0 && Array.from(options, (option) => option.textContent.trim());
      },
      [],
    );
    expect(paths).toEqual(['run/weights.pt', 'run/inner/weights.safetensors', 'run/bad.pkl']);
    const turnTo = (at: number) =>
      page.evaluate((index: number) => {
        const select = document.querySelector<HTMLSelectElement>('[aria-label="Files dropped together"]');
        if (!select) return;
        select.selectedIndex = index;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }, at);
    await turnTo(1);
    await sees('the second one is shown', '[aria-labelledby="identity"] dd', 'safetensors');
    await choose('tensors');
    await pressIn('[aria-labelledby="tensors"] [role=listitem]');
    await sees('its values', '[aria-label="Values, row by row"] .value', '2');
    await choose('overview');
    await turnTo(2);
    await expectProblem(page, 'file_unsafe');
    await sees('the second one is still shown', 'h1', 'weights.safetensors');
    await until(
      page,
      'and chosen',
      () =>
        document.querySelector<HTMLSelectElement>('[aria-label="Files dropped together"]')?.selectedIndex ===
        1,
      [],
    );
  });

  it('ends every malformed file in a problem, and goes on', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    for (const { name: file, bytes } of await malformedCases()) {
      await drop(page, [{ name: file, bytes }]);
      await until(
        page,
        `${file} ends in a problem`,
        (title: string) => {
          const card = document.querySelector('[data-testid="problem"]');
          const shown = document.querySelector('h1')?.textContent === title;
          return card !== null || (shown && document.querySelector('[aria-labelledby="checks"] li') !== null);
        },
        [file.replace('.onnx', '')],
      );
      await page.evaluate(() => {
        for (const button of document.querySelectorAll('[data-testid="problem"] button')) {
          if (button.textContent.trim() === 'Understood') (button as HTMLElement).click();
        }
      });
    }
    await open('network.onnx', await trainedNormalised());
    expect(await problems(page)).toEqual([]);
  });

  it('looks into what is dropped when the server is gone', async (context) => {
    if (!engine) return context.skip(`${name} is not installed`);
    await offlineReady(page);
    await server.close();
    await page.go(`${server.url}#inspect`);
    await page.reload();
    await until(page, 'the screen is there', () => document.querySelector('h1') !== null, []);
    await drop(page, [{ name: 'saved.zip', bytes: await savedFolder() }]);
    await sees('the first checkpoint is shown', 'h1', 'weights.pt');
    await choose('tensors');
    await pressIn('[aria-labelledby="tensors"] [role=listitem]');
    await sees('statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    await choose('overview');
    await open('network.onnx', await trainedNormalised());
    for (const part of ['graph', 'run', 'compare', 'edit']) {
      await choose(part);
      await until(
        page,
        `${part} is there`,
        (id: string) => document.querySelector(`#panel-${id} .sheet`) !== null,
        [part],
      );
    }
    expect(await problems(page)).toEqual([]);
    server = await serveBuild();
  });
});
