/**
 * `npm run fuzz [-- cases [seed [reader]]]`: damaged files, 100,000 for each reader unless said otherwise, each of which
 * must end in facts or in a problem of the catalogue, within a second. Readers are `onnx`, the formats of
 * checkpoints, and `python`; without one, all are tried. Prints how they ended; exits with 1 at the first that does not.
 */
import { readFile } from 'node:fs/promises';
import { identify } from '../src/formats';
import { encodeOnnx } from '../src/formats/onnx';
import { checkpointSeeds, readDamagedCheckpoint } from '../tests/fuzz/checkpoints';
import { pythonSeeds, runDamagedPython } from '../tests/fuzz/python';
import { damage, denseModel, dice, readDamaged, type Ending } from '../tests/fuzz/reader';
import { wildModels } from '../tests/wild';

const SLOWEST_MS = 1000;
/** Larger files only make the same cases slower. */
const LARGEST_SEED = 20_000;

type Bytes = Uint8Array<ArrayBuffer>;

const [cases = 100_000, firstSeed = 1] = process.argv.slice(3, 5).map(Number);
const [, , , , , wanted] = process.argv;
const seeds = await seedsByReader();
for (const [reader, files] of seeds) {
  if (wanted === undefined || wanted === reader) await tryReader(reader, files);
}

/** Small valid files by the reader that reads them: our own, and those of the wild where they are at hand. */
async function seedsByReader(): Promise<Map<string, Bytes[]>> {
  const found = new Map<string, Bytes[]>([['onnx', await small('onnx')]]);
  found.get('onnx')?.push(new Uint8Array(await (await encodeOnnx(denseModel())).arrayBuffer()));
  for (const bytes of [...(await checkpointSeeds()), ...(await small('torch'))]) {
    const { id } = await identify(new Blob([bytes]), 'seed');
    found.set(id, [...(found.get(id) ?? []), bytes]);
  }
  return found.set('python', pythonSeeds());
}

async function small(kind: 'onnx' | 'torch'): Promise<Bytes[]> {
  const files: Bytes[] = [];
  for (const { path, bytes } of wildModels(kind)) {
    if (bytes <= LARGEST_SEED) files.push(new Uint8Array(await readFile(path)));
  }
  return files;
}

async function tryReader(reader: string, files: readonly Bytes[]): Promise<void> {
  const readers: Partial<Record<string, (bytes: Bytes) => Promise<Ending>>> = {
    onnx: readDamaged,
    python: runDamagedPython,
  };
  const read = readers[reader] ?? readDamagedCheckpoint;
  const endings = new Map<string, number>();
  let slowest = { ms: 0, seed: 0 };
  const started = performance.now();
  for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
    const roll = dice(seed);
    const original = files[Math.floor(roll() * files.length)] ?? new Uint8Array();
    let bytes = damage(original, roll);
    while (roll() < 0.3 && bytes.length > 1) bytes = damage(bytes, roll);
    try {
      const before = process.cpuUsage();
      const { outcome } = await read(bytes);
      // Of the processor, not of the clock: other programs may be in the way.
      const { user, system } = process.cpuUsage(before);
      const ms = (user + system) / 1000;
      endings.set(outcome, (endings.get(outcome) ?? 0) + 1);
      if (ms > slowest.ms) slowest = { ms, seed };
      if (ms > SLOWEST_MS) throw new Error(`it took ${Math.round(ms)} ms`);
    } catch (error) {
      console.error(`Case ${seed} (npm run fuzz -- 1 ${seed} ${reader}):`, error);
      process.exit(1);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const { rss } = process.memoryUsage();
  console.log(
    `${reader}: ${cases} damaged files of ${files.length} in ${seconds.toFixed(0)} s, ${Math.round(rss / 1e6)} MB at the end`,
  );
  console.log(`slowest ${slowest.ms.toFixed(1)} ms (case ${slowest.seed})`);
  for (const [outcome, count] of [...endings].sort((a, b) => b[1] - a[1]))
    console.log(`${count}\t${outcome}`);
}
