import type { ModelRecord } from '../library/record';
import type { App } from './context';
import { tryReading } from './reading';

/** Takes dropped files: kept, tried on digits, and shown where they are most telling. */
export async function take(app: App, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  // Facts need neither storage nor runtime: elsewhere than on the paper they are shown before all else.
  const looking = app.route.screen === 'draw' ? null : look(app, files);
  const records = await app.library.take(files);
  const [first] = records;
  await looking;
  if (first && app.route.screen !== 'draw') {
    app.inspection.keptAs(first);
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

/** Opens the first model among dropped files on the Inspect screen, the others as its weights. */
async function look(app: App, files: readonly File[]): Promise<void> {
  const model = files.find(({ name }) => name.toLowerCase().endsWith('.onnx'));
  if (!model) return;
  const beside = files.filter((file) => file !== model);
  app.route.go('inspect');
  await app.inspection.openFile(
    { name: model.name, blob: model },
    beside.map((file) => ({ name: file.name, blob: file })),
  );
  // What is no model is told by the one that keeps it.
  if (app.inspection.problem) app.inspection.close();
}

/** Puts a model on the paper and goes there. */
export async function put(app: App, record: ModelRecord): Promise<void> {
  if (app.route.screen !== 'draw') app.route.go('draw');
  await app.draw.show(record);
  await app.draw.settle();
}

async function tryOnDigits(app: App, record: ModelRecord): Promise<ModelRecord> {
  const [original] = record.variants;
  if (record.reading.kind !== 'unknown' || !original) return record;
  try {
    const model = await app.library.runnable(record, original);
    const tried = { ...record, reading: await tryReading(record, model, app.engine, app.digits) };
    await app.library.change(tried);
    return tried;
  } catch (error) {
    app.problems.show(error);
    return record;
  }
}
