import { beforeAll, expect, test } from 'vitest';
import { checkpointSeeds, readDamagedCheckpoint } from '../../../tests/fuzz/checkpoints';
import { damage, dice } from '../../../tests/fuzz/reader';

let seeds: Uint8Array<ArrayBuffer>[];
beforeAll(async () => {
  seeds = await checkpointSeeds();
});

test('every seed reads as it is', async () => {
  for (const seed of seeds) expect((await readDamagedCheckpoint(seed)).outcome).toBe('read');
});

test('damaged checkpoints end in values or in a problem, each within a second', async () => {
  for (let seed = 1; seed <= 1500; seed++) {
    const roll = dice(seed);
    const original = seeds[Math.floor(roll() * seeds.length)] ?? new Uint8Array();
    const { ms } = await readDamagedCheckpoint(damage(original, roll));
    expect(ms, `case ${seed}`).toBeLessThan(1000);
  }
});

test('the beginnings of valid checkpoints end in values or in a problem', async () => {
  for (const seed of seeds) {
    const step = Math.max(1, Math.floor(seed.length / 40));
    for (let end = 0; end < seed.length; end += step) await readDamagedCheckpoint(seed.slice(0, end));
  }
});
