/**
 * `npm run fuzz [-- cases [seed [checkpoints]]]`: damaged ONNX files, or checkpoints of every format, 100,000 unless said
 * otherwise, each of which must end in facts or in a problem of the catalogue, within a second. Prints how they ended; exits with 1 at the first that does not.
 */
import { readFile } from 'node:fs/promises';
import { encodeOnnx } from '../src/formats/onnx';
import { checkpointSeeds, readDamagedCheckpoint } from '../tests/fuzz/checkpoints';
import { damage, denseModel, dice, readDamaged } from '../tests/fuzz/reader';
import { wildModels } from '../tests/wild';

const SLOWEST_MS = 1000;
/** Larger files only make the same cases slower. */
const LARGEST_SEED = 20_000;

const [cases = 100_000, firstSeed = 1] = process.argv.slice(3, 5).map(Number);
const ofCheckpoints = process.argv[5] === 'checkpoints';
const read = ofCheckpoints ? readDamagedCheckpoint : readDamaged;
const seeds = ofCheckpoints
  ? await checkpointSeeds()
  : [new Uint8Array(await (await encodeOnnx(denseModel())).arrayBuffer())];
for (const { path, bytes } of wildModels(ofCheckpoints ? 'torch' : 'onnx')) {
  if (bytes <= LARGEST_SEED) seeds.push(new Uint8Array(await readFile(path)));
}

const endings = new Map<string, number>();
let slowest = { ms: 0, seed: 0 };
const started = performance.now();
for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
  const roll = dice(seed);
  const original = seeds[Math.floor(roll() * seeds.length)] ?? new Uint8Array();
  let bytes = damage(original, roll);
  while (roll() < 0.3 && bytes.length > 1) bytes = damage(bytes, roll);
  try {
    const { outcome, ms } = await read(bytes);
    endings.set(outcome, (endings.get(outcome) ?? 0) + 1);
    if (ms > slowest.ms) slowest = { ms, seed };
    if (ms > SLOWEST_MS) throw new Error(`it took ${Math.round(ms)} ms`);
  } catch (error) {
    console.error(`Case ${seed} (npm run fuzz -- 1 ${seed}${ofCheckpoints ? ' checkpoints' : ''}):`, error);
    process.exit(1);
  }
}
const seconds = (performance.now() - started) / 1000;
const { rss } = process.memoryUsage();
console.log(
  `${cases} damaged files of ${seeds.length} in ${seconds.toFixed(0)} s, ${Math.round(rss / 1e6)} MB at the end`,
);
console.log(`slowest ${slowest.ms.toFixed(1)} ms (case ${slowest.seed})`);
for (const [outcome, count] of [...endings].sort((a, b) => b[1] - a[1])) console.log(`${count}\t${outcome}`);
