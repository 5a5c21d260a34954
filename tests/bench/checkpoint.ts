import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLean } from '../../src/formats/lean';
import { writeZip } from '../../src/formats/zip';
import { dropLarge, figuresOf, MB } from './dropping';
import type { Figure } from './figure';

/** 64 tensors of 2048 × 2048 float32: 1.07 GB. */
const TENSORS = 64;
const SIDE = 2048;

/** What is still allocated behind the list is waited for. */
const SETTLE_MS = 1000;

/** A state dict of 1 GB dropped on the Inspect screen and listed; a Lean source. */
export async function* checkpoint(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
  const path = join(folder, 'large.pt');
  await write(path, await stateDict());
  const dropped = await dropLarge(path, {
    address: '#inspect?part=tensors',
    shown: ['#panel-tensors [role=listitem]'],
    async settle(page) {
      await page.waitForSelector('#panel-tensors [role=listitem]');
      await page.waitForTimeout(SETTLE_MS);
    },
  });
  if (dropped)
    yield* figuresOf(dropped, 'a 1.07 GB state dict, from drop to its tensors', 'they were listed', {
      atMost: 1000,
      under: 64,
    });
  const source = join(folder, 'network.lean');
  await write(source, new Blob([leanSource()]));
  const read = await dropLarge(source, {
    address: '#inspect?part=tensors',
    shown: ['#panel-tensors [role=listitem]'],
    settle: async (page) => void (await page.waitForSelector('#panel-tensors [role=listitem]')),
  });
  if (read) {
    const worst = Math.max(...read.times);
    yield {
      name: 'a Lean source of 101,770 parameters, from drop to its tensors, chromium',
      ...{ value: Math.round(worst), unit: 'ms', all: read.times.map(Math.round) },
      ...{ bar: 'at most 500 ms', holds: worst <= 500 },
    };
  }
  await rm(folder, { recursive: true });
}

async function write(path: string, blob: Blob): Promise<void> {
  const file = await open(path, 'w');
  for (let at = 0; at < blob.size; at += 16 * MB) {
    await file.write(new Uint8Array(await blob.slice(at, at + 16 * MB).arrayBuffer()));
  }
  await file.close();
}

/** An archive as `torch.save` writes a dictionary of tensors. */
function stateDict(): Promise<Blob> {
  const elements = new Blob([Float32Array.from({ length: SIDE * SIDE }, (_, i) => ((i % 251) - 125) / 1000)]);
  const files = Array.from({ length: TENSORS }, (_, at) => ({ name: `large/data/${at}`, blob: elements }));
  return writeZip([
    { name: 'large/data.pkl', blob: new Blob([pickle()]) },
    ...files,
    { name: 'large/version', blob: new Blob(['3\n']) },
  ]);
}

/** Protocol 2: for each tensor its name, and a call of `_rebuild_tensor_v2` with its storage, sizes and strides. */
function pickle(): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [0x80, 2];
  const ascii = (text: string) => bytes.push(...Array.from(text, (letter) => letter.charCodeAt(0)));
  const text = (value: string) => {
    ascii('X');
    bytes.push(value.length, 0, 0, 0);
    ascii(value);
  };
  const int = (value: number) => {
    ascii('J');
    bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
  };
  ascii('}(');
  for (let at = 0; at < TENSORS; at += 1) {
    text(`layers.${at}.weight`);
    ascii('ctorch._utils\n_rebuild_tensor_v2\n((');
    text('storage');
    ascii('ctorch\nFloatStorage\n');
    text(String(at));
    text('cpu');
    int(SIDE * SIDE);
    ascii('tQ');
    int(0);
    int(SIDE);
    int(SIDE);
    bytes.push(0x86);
    int(SIDE);
    int(1);
    bytes.push(0x86, 0x89);
    ascii('}tR');
  }
  ascii('u.');
  return Uint8Array.from(bytes);
}

function leanSource(): string {
  const layer = (inputs: number, outputs: number) => ({
    ...{ inputs, outputs },
    weights: Array.from({ length: inputs * outputs }, (_, i) => ((i % 251) - 125) / 1000),
    bias: Array.from({ length: outputs }, (_, i) => i / 100),
  });
  return writeLean({
    ...{ name: 'MNIST', architecture: '784→128→10', epochs: 1, learningRate: 0.01, datasetSize: 60000 },
    ...{ trainedOn: '2026-01-01', finalTrainAcc: 90, finalTestAcc: 90, finalLoss: 0.3 },
    layers: [layer(784, 128), layer(128, 10)],
  });
}
