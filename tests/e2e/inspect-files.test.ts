import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { malformedCases } from '../malformed/cases';
import { engines } from './engines';
import { until } from './engines/engine';
import { drop, expectProblem, offlineReady, problems, says, serveBuild } from './inkling';
import { choose, onInspect, open, pressIn } from './inspect-screen';
import { savedFolder } from './made-checkpoints';
import { trainedNormalised } from './made-models';

const root = join(import.meta.dirname, '../..');

describe.each(engines)('The Inspect screen with files in $name', ({ name, start }) => {
  const visit = onInspect(start);

  it('shows a checkpoint and its tensors, and says what is wrong with one that is none', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const bytes = new Uint8Array(readFileSync(join(root, 'models/mnist-mlp/mnist-mlp.pt')));
    await drop(page, [{ name: 'weights.pt', bytes }]);
    await choose(page, 'overview');
    await says(page, 'its format', '[aria-labelledby="identity"] dd', 'PyTorch, zip archive');
    await says(page, 'its parameters', '[aria-labelledby="identity"] dd', '101\u202f770');
    await choose(page, 'tensors');
    await pressIn(page, '[aria-labelledby="tensors"] [role=listitem]');
    await says(page, 'statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    expect(await problems(page)).toEqual([]);
    await drop(page, [{ name: 'notes.pt', bytes: new TextEncoder().encode('no weights at all') }]);
    await expectProblem(page, 'file_unknown');
    await says(page, 'the checkpoint is still there', 'h1', 'weights.pt');
    await choose(page, 'overview');
  });

  it('opens a zip of a folder, each file by its path, and names what would run code', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
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
    await says(page, 'the second one is shown', '[aria-labelledby="identity"] dd', 'safetensors');
    await choose(page, 'tensors');
    await pressIn(page, '[aria-labelledby="tensors"] [role=listitem]');
    await says(page, 'its values', '[aria-label="Values, row by row"] .value', '2');
    await choose(page, 'overview');
    await turnTo(2);
    await expectProblem(page, 'file_unsafe');
    await says(page, 'the second one is still shown', 'h1', 'weights.safetensors');
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
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
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
    await open(page, 'network.onnx', await trainedNormalised());
    expect(await problems(page)).toEqual([]);
  });

  it('looks into what is dropped when the server is gone', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await offlineReady(page);
    await visit.server.close();
    await page.go(`${visit.server.url}#inspect`);
    await page.reload();
    await until(page, 'the screen is there', () => document.querySelector('h1') !== null, []);
    await drop(page, [{ name: 'saved.zip', bytes: await savedFolder() }]);
    await says(page, 'the first checkpoint is shown', 'h1', 'weights.pt');
    await choose(page, 'tensors');
    await pressIn(page, '[aria-labelledby="tensors"] [role=listitem]');
    await says(page, 'statistics', '[aria-labelledby="tensor"] dt', 'Deviation');
    await choose(page, 'overview');
    await open(page, 'network.onnx', await trainedNormalised());
    for (const part of ['graph', 'run', 'compare', 'edit']) {
      await choose(page, part);
      await until(
        page,
        `${part} is there`,
        (id: string) => document.querySelector(`#panel-${id} .sheet`) !== null,
        [part],
      );
    }
    expect(await problems(page)).toEqual([]);
    visit.server = await serveBuild();
  });
});
