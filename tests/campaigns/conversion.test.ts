/** Checkpoints and programs of other projects: converted, run, compared with what PyTorch gave for them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { frontends } from '../../src/convert';
import { wildModels } from '../wild';
import { convertFixture, convertWild, fixtures, type Outcome } from './conversion';
import { startTorch } from './torch';
import { startWebgpu } from './webgpu';

const page = join(import.meta.dirname, '../../docs/conversion.md');

it('converts checkpoints and programs as PyTorch runs them', async (context) => {
  const entries = fixtures();
  if (entries.length === 0) return context.skip('../shared/fixtures is not on this machine');
  const machines = { webgpu: await startWebgpu(), torch: await startTorch() };
  const recorded: Outcome[] = [];
  const weights: Outcome[] = [];
  for (const entry of entries) {
    const outcome = await convertFixture(entry, machines);
    (entry.inputs_npz ? recorded : weights).push(outcome);
  }
  const wild: Outcome[] = [];
  for (const { file, path } of wildModels('torch')) wild.push(await convertWild(file, path, machines));
  await machines.webgpu?.close();
  await machines.torch?.close();
  const text = pageOf(recorded, weights, wild);
  const written = await format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
  await writeFile(page, written);
  console.log(written);
  const all = [...recorded, ...weights, ...wild];
  const converted = all.filter(({ operators }) => operators !== '');
  expect(converted.filter(({ why }) => why !== '' && !isGuess(why))).toEqual([]);
  expect(converted.filter(({ webgpu }) => webgpu?.verdict === 'wrong')).toEqual([]);
  expect(converted.filter(({ sizes, tolerance }) => (sizes?.maxAbsError ?? 0) > tolerance)).toEqual([]);
});

/** A chain of layers is put together by assumptions, which a recorded output may prove wrong. */
function isGuess(why: string): boolean {
  return why.startsWith('It differs') || why.startsWith('The output');
}

function pageOf(recorded: readonly Outcome[], weights: readonly Outcome[], wild: readonly Outcome[]): string {
  const all = [...recorded, ...weights, ...wild];
  const count = (list: readonly Outcome[]) =>
    `${list.filter(({ why, operators }) => why === '' && operators !== '').length} of ${list.length}`;
  const worst = Math.max(...all.flatMap(({ why, maxAbsError }) => (why === '' ? (maxAbsError ?? []) : [])));
  const by = frontends.map(({ id, label }) => {
    const own = all.filter(({ frontend }) => frontend === id);
    return `| ${label} (\`${id}\`) | ${own.length} | ${own.filter(({ why }) => why === '').length} |`;
  });
  return [
    '# Conversion\n',
    'Checkpoints and programs that other projects keep, converted and compared with what PyTorch gave for them; written by `npm run test:conversion`. _Difference_ is the largest to any recorded output, on ONNX Runtime Web (WASM); the same model runs on the native build, and twice the samples give twice the outputs where the batch is free. _WebGPU_ is the same difference on ONNX Runtime Web (WebGPU) in Chromium on an emulated GPU, from what WASM gives where nothing was recorded, between one value that is rounded to 8 bits and the next; _mixed_ names the operators that ran on the CPU, where ONNX Runtime also puts what computes sizes.\n',
    `Converted as recorded: **${count(recorded)}** files with recorded inputs and outputs, ${count(weights)} that hold weights only, ${count(wild)} from elsewhere. Largest difference ${worst.toExponential(1)}.\n`,
    onWebgpu(all),
    inOtherSizes(recorded),
    '| Frontend | Files it took | Converted |',
    '| --- | --: | --: |',
    ...by,
    '\n## With recorded inputs and outputs\n',
    ...tableOf(recorded),
    '\n## Weights only\n',
    'Files made to test readers, most of which no model belongs to.\n',
    ...tableOf(weights),
    '\n## From elsewhere\n',
    'Nothing is known of them but the file; what converts is run on made-up inputs.\n',
    ...tableOf(wild),
  ].join('\n');
}

function onWebgpu(all: readonly Outcome[]): string {
  const tried = all.flatMap(({ webgpu }) =>
    webgpu === null || webgpu.verdict === 'not tried' ? [] : webgpu,
  );
  if (tried.length === 0) return 'No model was tried on WebGPU.\n';
  const right = tried.filter(({ verdict }) => verdict === 'right');
  const whole = right.filter(({ elsewhere }) => elsewhere.length === 0);
  const worst = Math.max(...right.map(({ maxAbsError }) => maxAbsError ?? 0));
  return `On WebGPU **${right.length} of ${tried.length}** converted models that were tried give the same, ${whole.length} of them wholly on the GPU. Largest difference of these ${worst.toExponential(1)}.\n`;
}

function inOtherSizes(recorded: readonly Outcome[]): string {
  const tried = recorded.filter(({ sizes }) => sizes !== null);
  if (tried.length === 0) return 'PyTorch is not on this machine: no other sizes were tried.\n';
  const asked = tried.filter(({ sizes }) => sizes?.maxAbsError !== null);
  const holds = (on: 'maxAbsError' | 'webgpu') =>
    asked.filter(({ sizes, tolerance }) => (sizes?.[on] ?? Infinity) <= tolerance).length;
  const more = asked.filter(({ sizes }) => sizes?.changed.some((size) => !size.startsWith('batch ')));
  return `With half as many again of everything that a model leaves free, **${holds('maxAbsError')} of ${asked.length}** give what PyTorch gives for these sizes on WASM, ${holds('webgpu')} on WebGPU; in ${more.length} of them that is more than the batch: steps, frames, nodes, edges. ${tried.length - asked.length} files could not be opened by PyTorch without the program that saved them.\n`;
}

function tableOf(list: readonly Outcome[]): string[] {
  return [
    '| File | Frontend | Operators | Difference | WebGPU | Other sizes | Seconds | Why not yet |',
    '| --- | --- | --- | --: | --- | --- | --: | --- |',
    ...list.map((outcome) => {
      const { file, frontend, operators, maxAbsError, seconds, webgpu } = outcome;
      const difference = maxAbsError === null ? '' : maxAbsError.toExponential(1);
      return `| ${file} | ${frontend} | ${operators} | ${difference} | ${webgpuOf(webgpu)} | ${sizesOf(outcome)} | ${seconds.toFixed(1)} | ${cell(whyOf(outcome))} |`;
    }),
  ];
}

function webgpuOf(webgpu: Outcome['webgpu']): string {
  if (webgpu === null) return '';
  if (webgpu.verdict === 'not tried') return `not tried: ${webgpu.why}`;
  if (webgpu.maxAbsError === null) return 'does not run';
  const mixed = webgpu.elsewhere.length > 0 ? `, mixed: ${webgpu.elsewhere.join(', ')}` : '';
  return webgpu.maxAbsError.toExponential(1) + mixed;
}

function sizesOf({ sizes }: Outcome): string {
  if (sizes === null) return '';
  const { changed, maxAbsError, why } = sizes;
  return `${changed.join(', ')}: ${maxAbsError === null ? cell(why) : maxAbsError.toExponential(1)}`;
}

function whyOf({ why, webgpu }: Outcome): string {
  const isTold = why !== '' || webgpu === null || webgpu.why === '' || webgpu.verdict === 'not tried';
  return isTold ? why : `On WebGPU: ${webgpu.why}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').slice(0, 240);
}
