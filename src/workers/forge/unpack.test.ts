import { expect, test } from 'vitest';
import { createJob } from '../../core/job';
import { writeNpz } from '../../formats/npy';
import { writeZip } from '../../formats/zip';
import { unpackFile } from './unpack';

const file = (name: string, text: string) => ({ name, blob: new Blob([text]) });

test('the files of an archive are taken by their paths, which lead nowhere', async () => {
  const files = [
    file('runs/a/best.pt', 'best'),
    file('../../etc/passwd', 'text'),
    file('__MACOSX/runs/._best.pt', ''),
    file('runs/.DS_Store', ''),
  ];
  const unpacked = await unpackFile({ name: 'runs.ZIP', blob: await writeZip(files, false) }, createJob());
  expect(
    await Promise.all(unpacked.map(async ({ name, path, blob }) => [name, path, await blob.text()])),
  ).toEqual([
    ['best.pt', 'runs/a/best.pt', 'best'],
    ['passwd', 'etc/passwd', 'text'],
  ]);
});

test('an archive that is a model of itself, and every other file, stays whole', async () => {
  const arrays = await writeNpz(new Map([['w', { dtype: 'float32', dims: [1], data: Float32Array.of(1) }]]));
  for (const whole of [{ name: 'weights.zip', blob: arrays }, file('a.pt', 'x')]) {
    expect(await unpackFile(whole, createJob())).toEqual([whole]);
  }
});

test('an archive that says it unpacks to more than memory holds is refused before it is unpacked', async () => {
  const bytes = new Uint8Array(await (await writeZip([file('a.pt', 'x'.repeat(100))], false)).arrayBuffer());
  const view = new DataView(bytes.buffer);
  // The list at the end says how large each file is: four bytes, 24 behind its mark.
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
  }
  await expect(unpackFile({ name: 'bomb.zip', blob: new Blob([bytes]) }, createJob())).rejects.toMatchObject({
    code: 'file_archive_large',
  });
});
