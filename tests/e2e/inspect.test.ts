import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines } from './engines';
import { until } from './engines/engine';
import { expectProblem, press, problems, says } from './inkling';
import { choose, onInspect, open, pressIn } from './inspect-screen';
import { piecesBeside, slowConvolutions, trainedNormalised } from './made-models';

const silero = join(
  import.meta.dirname,
  '../../../shared/wild/onnx/snakers4__silero-vad__src__silero_vad__data__silero_vad_16k_op15.onnx',
);

describe.each(engines)('The Inspect screen in $name', ({ name, start }) => {
  const visit = onInspect(start);

  it('says when its address names a model that is not kept here', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await page.evaluate(() => (location.hash = '#inspect/nowhere'));
    await says(page, 'the model is missed', '.empty [role="status"]', 'is not kept in this browser');
    await page.evaluate(() => (location.hash = '#inspect'));
    await until(
      page,
      'nothing is missed',
      () => document.querySelector('.empty [role="status"]') === null,
      [],
    );
  });

  it('shows what a model is, each of its tensors, and what a run gives', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await open(page, 'network.onnx', await trainedNormalised());
    await until(page, 'it has an address', () => /^#inspect\/[0-9a-f]{16,}/.test(location.hash), []);
    await says(page, 'parameters', 'dd', '101\u202f772');
    const address = await page.evaluate(() => location.hash);
    await page.evaluate(() => (location.hash = '#inspect/%E0%A4%A'));
    await says(page, 'what is on screen is not taken for another', '.empty [role="status"]', 'is not kept');
    await page.evaluate((hash) => (location.hash = hash), address);
    await says(page, 'it is there again', 'dd', '101\u202f772');
    await choose(page, 'tensors');
    await says(page, 'tensors', '[aria-labelledby="tensors"] h2', '6 tensors');
    await pressIn(page, '[aria-labelledby="tensors"] [role=listitem]');
    await says(page, 'statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    await says(page, 'values', '[aria-label="Values, row by row"] .value', '.');
    await choose(page, 'run');
    await pressIn(page, '[aria-labelledby="inputs"] .actions');
    await until(
      page,
      'scores',
      () => document.querySelectorAll('[aria-labelledby="outputs"] article li').length === 5,
      [],
    );
    await says(page, 'times', '[aria-labelledby="outputs"] tbody th', 'WASM');
    if (name === 'chromium') {
      await says(page, 'WebGPU ran too', '[aria-labelledby="outputs"] tbody th', 'WebGPU');
      await says(page, 'the two are compared', '[aria-labelledby="outputs"] p', 'WebGPU against WASM:');
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
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[aria-labelledby="inputs"] fieldset input');
      if (!field) return;
      field.value = '0';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await pressIn(page, '[aria-labelledby="inputs"] .actions');
    await says(
      page,
      'why it is none',
      '[data-code="run_size"]',
      'batch is 0; a run takes whole numbers from 1 on',
    );
    expect(
      await page.evaluate(() => document.querySelector('[aria-labelledby="outputs"] article')),
    ).toBeNull();
    await expectProblem(page, 'run_size');
  });

  it('says how long a run takes, and cancels it', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await choose(page, 'overview');
    await open(page, 'slow.onnx', await slowConvolutions());
    await choose(page, 'run');
    await pressIn(page, '[aria-labelledby="inputs"] .actions');
    await says(page, 'how far it is', '[aria-labelledby="inputs"] p', 'on WASM');
    await press(page, 'Cancel');
    await says(page, 'it was cancelled', '[aria-labelledby="inputs"] [role=status]', 'It was cancelled');
    expect(await problems(page)).toEqual([]);
    await pressIn(page, '[aria-labelledby="inputs"] .actions');
    await says(page, 'the next run runs', '[aria-labelledby="outputs"] tbody th', 'WASM');
    await choose(page, 'overview');
    await open(page, 'network.onnx', await trainedNormalised());
  });

  it('saves small changes as a new model', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await choose(page, 'edit');
    await until(page, 'the form is there', () => document.querySelector('form input') !== null, []);
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('form input');
      if (!input) return;
      input.value = 'renamed';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await choose(page, 'graph');
    await says(page, 'another part is shown', '#panel-graph h2', '');
    await choose(page, 'edit');
    await says(page, 'what was changed is still there', 'form [role=status]', '1 changed');
    const address = await until(
      page,
      'it is kept and has an address',
      () => /^#inspect\/\w{16}/.exec(location.hash)?.[0],
      [],
    );
    await page.evaluate(() => (location.hash = '#library'));
    await says(page, 'another screen is shown', 'h1', 'Library');
    await page.evaluate((to: string) => (location.hash = to), address);
    await until(
      page,
      'it can be edited again',
      () => {
        document.getElementById('tab-edit')?.click();
        return document.querySelector('form [role=status]') !== null;
      },
      [],
    );
    await says(page, 'what was changed waited', 'form [role=status]', '1 changed');
    await page.evaluate(() => document.querySelector<HTMLElement>('form [type=submit]')?.click());
    await says(page, 'it says what was kept', 'form [role=status]', 'Kept in the library as network-edited');
    expect(
      await page.evaluate(() => {
        const { top, bottom } =
          document.querySelector('form [role=status]')?.getBoundingClientRect() ?? new DOMRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    ).toBe(true);
    await page.evaluate(() => document.querySelector<HTMLElement>('form [role=status] a')?.click());
    await says(page, 'the new model is shown', 'h1', 'network-edited');
    await says(page, 'and open', 'form [role=status]', 'Nothing is changed yet');
    await choose(page, 'overview');
    await says(page, 'its graph is renamed', 'dd', 'renamed');
    expect(await problems(page)).toEqual([]);
  });

  it('draws the graph, and walks it by keys', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await choose(page, 'graph');
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
    await says(page, 'F finds at once', '.find', 'Nodes');
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
    await says(page, 'it is found', '[role=option]', 'Relu');
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
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
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
    await says(page, 'the first model is shown', 'h1', 'network');
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
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    if (!existsSync(silero)) return context.skip('the wild models are not beside this repository');
    await open(page, 'silero.onnx', new Uint8Array(readFileSync(silero)));
    await choose(page, 'overview');
    await says(page, 'the graphs inside', '#graphs', 'Graphs inside');
  });

  it('runs what gives tensors beside sequences, and says what it leaves out', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await choose(page, 'overview');
    await open(page, 'pieces.onnx', await piecesBeside());
    await choose(page, 'run');
    await says(page, 'what cannot be had', '[aria-labelledby="inputs"] p', 'pieces is sequence(float32)');
    await pressIn(page, '[aria-labelledby="inputs"] .actions');
    await says(page, 'the tensor is there', '[aria-labelledby="outputs"] article h3', 'relu_0');
    expect(await problems(page)).toEqual([]);
    await choose(page, 'overview');
  });
});
