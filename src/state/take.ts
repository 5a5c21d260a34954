import type { TakenFile } from '../core/taken-file';
import type { ModelRecord } from '../library/record';
import type { App } from './context';
import type { Looked } from './looking.svelte';
import { tryReading } from './reading';
import { isArrays } from './recorded';

/** How files of models and of weights alone are mostly called; what they are is told by their content. */
const MODEL = /\.onnx$/i;
const CHECKPOINT = /\.(pt|pth|ckpt|pt2|tar|bin|safetensors|npz|npy|pkl|lean)$/i;

/** What tells how a checkpoint is used. */
const BESIDE = /\.(py|json|ya?ml|txt|md|csv)$/i;

/** Takes dropped files: kept, tried on digits, and shown where they are most telling. */
export async function take(app: App, dropped: readonly TakenFile[]): Promise<void> {
  const files = await app.library.unpack(dropped);
  if (files.length === 0) return;
  const { at } = app.conversions;
  const isConvert = app.route.screen === 'convert';
  if (isConvert && at && files.every((file) => isArrays(file) || BESIDE.test(file.name)))
    return at.add(files);
  const saved = await savedIn(files);
  const hasModel = files.some(({ name }) => MODEL.test(name));
  const isCheckpoint = saved.length > 0 && (!hasModel || isConvert);
  // Facts need neither storage nor runtime: elsewhere than on the paper they are shown before all else.
  const looked = isCheckpoint || app.route.screen !== 'draw' ? look(app, files, saved, isCheckpoint) : null;
  // Weights without a graph are looked into and not kept: the library holds what runs.
  if (isCheckpoint) return;
  const records = await app.library.take(files);
  const [first] = records;
  // Something else may have been dropped meanwhile.
  if (first && looked && app.looking.at === looked && app.route.screen === 'inspect') {
    app.looking.keptAs(first);
    app.route.replace('inspect', first.id);
  }
  let reads: ModelRecord | null = null;
  for (const record of records) {
    const tried = await tryOnDigits(app, record);
    if (tried.reading.kind === 'reader') reads = tried;
  }
  if (reads && app.route.screen === 'draw') await put(app, reads);
  else if (first && app.route.screen === 'draw') app.route.go('inspect', first.id);
}

/** Shows the first model among dropped files, or else the first checkpoint; the others may hold its weights. */
function look(
  app: App,
  files: readonly TakenFile[],
  saved: readonly TakenFile[],
  isCheckpoint: boolean,
): Looked | null {
  const among = files.filter((file) => MODEL.test(file.name) || saved.includes(file));
  // Weights first, then arrays, which may be what was recorded of a run.
  const checkpoint = saved.find((each) => !isArrays(each)) ?? saved[0];
  const file = isCheckpoint ? checkpoint : among.find(({ name }) => MODEL.test(name));
  if (!file) return null;
  const { route, looking } = app;
  // A checkpoint dropped on Convert is converted; anything else is looked into.
  const isConverted = isCheckpoint && route.screen === 'convert';
  // What has an address of its own stays in the history.
  const goes = !isConverted && (route.screen !== 'inspect' || route.id !== null);
  const beside = files.filter((each) => each !== file);
  const looked = { file, beside, among, isKept: !isCheckpoint, cameFromElsewhere: goes };
  looking.start(looked);
  if (goes) route.go('inspect');
  return looked;
}

/** The checkpoints among files: by their names, or by the first bytes of what PyTorch saves. */
async function savedIn(files: readonly TakenFile[]): Promise<TakenFile[]> {
  const saved: TakenFile[] = [];
  for (const file of files) {
    const isNamed = MODEL.test(file.name) || BESIDE.test(file.name);
    if (CHECKPOINT.test(file.name) || (!isNamed && (await looksSaved(file)))) saved.push(file);
  }
  return saved;
}

/** Whether a file whose name says nothing begins as a zip archive or a pickle of protocol 2 to 5. */
async function looksSaved({ blob }: TakenFile): Promise<boolean> {
  try {
    const [first, second = 0] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    return first === 0x80 ? second >= 2 && second <= 5 : first === 0x50 && second === 0x4b;
  } catch {
    // It was moved since: who reads it says so.
    return false;
  }
}

/** Puts a model on the paper and goes there; one whose tab was closed before it was tried on digits is tried now. */
export async function put(app: App, record: ModelRecord): Promise<void> {
  const tried = await tryOnDigits(app, record);
  if (app.route.screen !== 'draw') app.route.go('draw');
  await app.draw.show(tried);
  await app.draw.settle();
}

/** Finds out whether a kept model reads digits, unless that is known. */
export async function tryOnDigits(app: App, record: ModelRecord): Promise<ModelRecord> {
  const [original] = record.variants;
  if (record.reading.kind !== 'unknown' || !original) return record;
  try {
    const model = await app.library.runnable(record, original);
    const tried = { ...record, reading: await tryReading(record, model, app.engine, app.digits) };
    await app.library.change(record.id, { reading: tried.reading });
    return tried;
  } catch (error) {
    app.problems.show(error);
    return record;
  }
}
