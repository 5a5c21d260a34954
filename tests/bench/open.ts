import { mkdtemp, open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJob } from '../../src/core/job';
import { encodeOnnx, readOnnx } from '../../src/formats/onnx';
import { buildModel } from '../../src/ir/build';
import { tensorIn } from '../../src/ir/data';
import { dropLarge, figuresOf, MB } from './dropping';
import type { Figure } from './figure';

const SIDE = 4096;
const LAYERS = 5;

/** A 335 MB model dropped on the Inspect screen: how soon its facts and graph are there, and what that costs. */
export async function* open(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
  const path = join(folder, 'large.onnx');
  await writeLarge(path);
  const dropped = await dropLarge(path, {
    address: '#inspect?part=graph',
    shown: ['#panel-graph canvas', '.head p'],
    // Until it is hashed and kept, too.
    settle: async (page) =>
      void (await page.waitForFunction(() => location.hash.includes('inspect/'), null, { timeout: 60_000 })),
  });
  await rm(folder, { recursive: true });
  if (dropped)
    yield* figuresOf(dropped, 'a 335 MB model, from drop to facts and graph', 'it was kept', {
      atMost: 1000,
      under: 64,
    });
}

/** Five products of 4096 × 4096 in a row. */
async function writeLarge(path: string): Promise<void> {
  const weights = Float32Array.from({ length: SIDE * SIDE }, (_, i) => ((i % 251) - 125) / 1000);
  const blob = new Blob([weights]);
  const model = buildModel((tape) => {
    let value = tape.input('x', 'float32', ['batch', SIDE]);
    for (let layer = 0; layer < LAYERS; layer += 1) {
      const weight = tape.constant(tensorIn(`w${layer}`, 'float32', [SIDE, SIDE], blob));
      value = tape.node('MatMul', [value, weight]);
    }
    tape.output(value, 'float32', ['batch', SIDE]);
  });
  const encoded = await encodeOnnx(model);
  await readOnnx(encoded, { name: 'large.onnx' }, createJob());
  const file = await openFile(path, 'w');
  for (let at = 0; at < encoded.size; at += 16 * MB) {
    await file.write(new Uint8Array(await encoded.slice(at, at + 16 * MB).arrayBuffer()));
  }
  await file.close();
}
