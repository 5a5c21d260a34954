import { expect, it } from 'vitest';
import type { TakenFile } from '../core/taken-file';
import type { ModelRecord } from '../library/record';
import type { App } from './context';
import { Looking } from './looking.svelte';
import { take } from './take';

it('A model that is kept while another file was dropped does not take the screen back', async () => {
  let keep: (records: ModelRecord[]) => void = () => undefined;
  const shown: (string | null)[] = [];
  const looking = new Looking();
  const app = {
    looking,
    conversions: { at: null },
    route: {
      ...{ screen: 'inspect', id: null },
      go: (_: string, id: string | null = null) => void shown.push(id),
      replace: (_: string, id: string | null) => void shown.push(id),
    },
    library: {
      unpack: (files: readonly TakenFile[]) => Promise.resolve(files),
      take: () => new Promise((resolve) => (keep = resolve)),
    },
  } as unknown as App;
  const model = take(app, [{ name: 'slow.onnx', blob: new Blob() }]);
  await take(app, [{ name: 'weights.pt', blob: new Blob() }]);
  keep([{ id: 'slow', reading: { kind: 'none' }, variants: [] } as unknown as ModelRecord]);
  await model;
  expect(looking.at?.file.name).toBe('weights.pt');
  expect(looking.record).toBeNull();
  expect(shown).toEqual([]);
});

it.each([
  ['a zip archive', [0x50, 0x4b], true],
  ['a pickle', [0x80, 0x02], true],
  ['anything else', [0x08, 0x08], false],
])('%s under any name is taken for what it is', async (_, bytes, isCheckpoint) => {
  const looking = new Looking();
  const app = {
    ...{ looking, conversions: { at: null }, route: { screen: 'library', id: null, go: () => undefined } },
    library: {
      unpack: (files: readonly TakenFile[]) => Promise.resolve(files),
      take: () => Promise.resolve([]),
    },
  } as unknown as App;
  await take(app, [{ name: 'net.jit', blob: new Blob([new Uint8Array(bytes)]) }]);
  expect(looking.at?.file.name).toBe(isCheckpoint ? 'net.jit' : undefined);
});
