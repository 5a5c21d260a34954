import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines } from './engines';
import { until } from './engines/engine';
import { onScreen } from './in-browser';
import { answerToThree, drop, expectProblem, onPaper, press, problems, ready } from './inkling';
import { trainedNormalised, unknownOperator, weightsElsewhere } from './made-models';

const root = join(import.meta.dirname, '../..');
const mlp = () => new Uint8Array(readFileSync(join(root, 'models/mnist-mlp/mnist-mlp.onnx')));

describe.each(engines)('A dropped file in $name', ({ name, start }) => {
  const visit = onScreen(start, 'draw', ready);

  it('that is bad in any way ends in its own card, and drawing goes on', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const [alone] = await weightsElsewhere();
    const cases: [string, Uint8Array, string][] = [
      ['cut.onnx', mlp().slice(0, 60_000), 'file_truncated'],
      ['notes.onnx', new TextEncoder().encode('These are my notes, and no model at all.\n'), 'file_unknown'],
      ['empty.onnx', new Uint8Array(), 'file_empty'],
      ['unknown-operator.onnx', await unknownOperator(), 'op_unknown'],
      ['weights-elsewhere.onnx', alone.bytes, 'file_external_missing'],
    ];
    for (const [file, bytes, code] of cases) {
      await drop(page, [{ name: file, bytes }]);
      await expectProblem(page, code);
    }
    await page.evaluate(() => (location.hash = '#library'));
    await until(page, 'the library', () => document.querySelector('h1')?.textContent === 'Library', []);
    await drop(page, [{ name: 'notes.onnx', bytes: new TextEncoder().encode('These are my notes.\n') }]);
    await expectProblem(page, 'file_unknown');
    await until(page, 'what was on screen is there', () => location.hash === '#library', []);
    await page.evaluate(() => (location.hash = '#draw'));
    expect(await answerToThree(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
  });

  it('of three gigabytes is refused before it is read', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await page.evaluate(() => {
      const part = new Blob([new Uint8Array(64 * 1024 * 1024)]);
      // The first bytes are those of any ONNX file: the IR version, a producer, a graph of 3 221 225 472 bytes.
      const head = new Uint8Array([8, 8, 18, 4, 116, 101, 115, 116, 58, 128, 128, 128, 128, 12]);
      const file = new File([head, ...Array.from({ length: 48 }, () => part)], 'huge.onnx');
      const data = new DataTransfer();
      data.items.add(file);
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    });
    await expectProblem(page, 'file_too_large');
  });

  it('whose weights are in a second file is taken with it', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await page.evaluate(() => (location.hash = '#draw'));
    const files = await weightsElsewhere();
    await drop(page, files);
    await onPaper(page, 'in-two');
    const shown = await page.evaluate(
      () => document.querySelector<HTMLElement>('[data-variant="fp32"]')?.dataset['bytes'],
    );
    expect(Number(shown)).toBe(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    expect(await problems(page)).toEqual([]);
  });

  it('that reads digits reads the ink, is listed, and is there again after a reload', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const bytes = await trainedNormalised();
    await page.evaluate(() => (location.hash = '#draw'));
    await drop(page, [{ name: 'reader-normalised.onnx', bytes }]);
    await onPaper(page, 'reader-normalised');
    await until(
      page,
      'the four precisions stand there',
      () => document.querySelectorAll('[data-testid="variants"] tbody tr').length === 4,
      [],
      60,
    );
    await press(page, 'Clear');
    expect(await answerToThree(page)).toBe('3');
    expect(
      await page.evaluate(() => document.querySelector('[aria-labelledby="card"]')?.textContent),
    ).toContain('(x − 0.1307) / 0.3081');
    await page.evaluate(() => (location.hash = '#library'));
    await page.reload();
    await until(
      page,
      'it is listed',
      () => document.querySelector('[data-testid="library-row"][data-name="reader-normalised"]') !== null,
      [],
    );
  });
});
