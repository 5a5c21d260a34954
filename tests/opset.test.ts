import { openAsBlob } from 'node:fs';
import { expect, test } from 'vitest';
import { createJob } from '../src/core/job';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import { moveToOpset } from '../src/passes/opset';
import { feedsOf } from './feeds';
import { oracle } from './oracle';
import { wildModels } from './wild';

const models = wildModels().filter(({ opsets }) => (opsets['ai.onnx'] ?? 99) < 21);

if (models.length === 0) test.skip('models from the wild: ../shared/wild is not on this machine');

test.each(models)(
  '$file answers the same in operator set 21, or says why it stays',
  async ({ path, file }) => {
    const blob = await openAsBlob(path);
    const model = await readOnnx(blob, { name: file }, createJob());
    const moved = moveToOpset(model, 21, 10);
    const feeds = feedsOf(model, 0.5);
    if (typeof moved === 'string') expect(moved).toMatch(/(there|ago|versions|axes|\d)$/);
    if (typeof moved === 'string' || feeds === null) return;
    const before = await oracle(blob)
      .then((run) => run(feeds))
      .catch(() => null);
    if (before === null) return;
    const after = await (await oracle(await encodeOnnx(moved)))(feeds);
    for (const [name, { data, dims }] of Object.entries(before)) {
      expect(after[name]?.dims).toEqual(dims);
      const other = Array.from(after[name]?.data ?? [], Number);
      const off = Array.from(data as ArrayLike<number>, Number).map(
        (value, at) => Math.abs(value - (other[at] ?? NaN)) / (1 + Math.abs(value)),
      );
      expect(Math.max(...off.slice(0, 100_000))).toBeLessThan(1e-4);
    }
  },
);
