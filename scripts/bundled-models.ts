/** Makes what the page ships of `models/`: a record for each card, and the bytes of its precisions. */
import { openAsBlob } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createJob } from '../src/core/job';
import { sha256 } from '../src/core/sha256';
import { readerCandidates } from '../src/evaluate/digit-reader';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import type { Card } from '../src/library/card';
import { precisions, RECORD_VERSION, type ModelRecord, type Variant } from '../src/library/record';
import { describeModel } from '../src/passes/facts';
import { schemes } from '../src/passes/quantize';

/** What `models:measure` writes into a card for each precision. */
export interface MeasuredVariant {
  precision: Variant['precision'];
  bytes: number;
  gzip: number;
  brotli: number;
  sha256: string;
  accuracy: number;
}

export type MeasuredCard = Card & { files: { onnx: { file: string } }; variants?: MeasuredVariant[] };

export interface BundledModel {
  record: ModelRecord;
  /** Variant key → file name and bytes. */
  files: Record<string, { name: string; blob: Blob }>;
}

/** Every model under `folder` that has a card, the CNN first: it is the one a visit begins with. */
export async function bundledModels(folder: string): Promise<BundledModel[]> {
  const names = (await readdir(folder)).sort();
  const models: BundledModel[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name, 'card.json'), 'utf8').catch(() => null);
    if (text !== null) models.push(await bundle(join(folder, name), JSON.parse(text) as MeasuredCard));
  }
  return models;
}

/** The precisions of one model, made by the code the page uses: the same bytes every time. */
export async function makePrecisions(
  folder: string,
  card: MeasuredCard,
): Promise<Map<Variant['precision'], Blob>> {
  const original = await openAsBlob(join(folder, card.files.onnx.file));
  const model = await readOnnx(original, { name: card.files.onnx.file }, createJob());
  const made = new Map<Variant['precision'], Blob>([['fp32', original]]);
  for (const scheme of schemes) {
    made.set(scheme.id, await encodeOnnx(await scheme.apply(model, {}, null, createJob())));
  }
  return made;
}

async function bundle(folder: string, card: MeasuredCard): Promise<BundledModel> {
  const made = await makePrecisions(folder, card);
  const original = made.get('fp32');
  if (!original) throw new Error(`${card.name} has no original.`);
  const digest = await sha256(original);
  const id = digest.slice(0, 16);
  const model = await readOnnx(original, { name: card.files.onnx.file }, createJob());
  const facts = await describeModel(model, original, digest);
  const variants: Variant[] = [];
  const files: BundledModel['files'] = {};
  for (const precision of precisions) {
    const blob = made.get(precision);
    if (!blob) continue;
    const measured = await measuredOf(card, precision, blob);
    const key = precision === 'fp32' ? id : `${id}.${precision}`;
    files[key] = { name: `${card.name}.${precision}.onnx`, blob };
    variants.push({ precision, key, bytes: blob.size, gzip: measured.gzip, accuracy: measured.accuracy });
  }
  const candidates = readerCandidates(facts.inputs, facts.outputs);
  if (typeof candidates === 'string') throw new Error(`${card.name} ${candidates}.`);
  const reader = candidates.find(({ scaling, transposed }) => scaling === 'unit' && !transposed);
  if (!reader) throw new Error(`${card.name} does not take ink from 0 to 1.`);
  const record: ModelRecord = {
    ...{
      version: RECORD_VERSION,
      id,
      name: card.name,
      file: card.files.onnx.file,
      origin: 'bundled',
      addedAt: 0,
    },
    ...{ facts, card: shown(card), external: [], variants },
    reading: { kind: 'reader', reader: { ...reader, scores: 'logits' }, said: null },
  };
  return { record, files };
}

/** The card's figures for exactly these bytes; anything else was not measured and fails the build. */
async function measuredOf(card: MeasuredCard, precision: string, blob: Blob): Promise<MeasuredVariant> {
  const measured = card.variants?.find((variant) => variant.precision === precision);
  const digest = await sha256(blob);
  if (measured?.sha256 !== digest) {
    throw new Error(
      `${card.name} in ${precision} was not measured as it is made now (${digest.slice(0, 12)}…). ` +
        'Run `MNIST_DIR=… npm run models:measure` and commit the cards.',
    );
  }
  return measured;
}

/** What the page reads of a card. */
function shown({
  name,
  family,
  version,
  date,
  license,
  task,
  description,
  parameters,
  labels,
  ...card
}: MeasuredCard): Card {
  const { dataset, hyperparameters, accuracy, shippedSeed, shippedBecause, confusion, history } = card;
  return {
    ...{ name, family, version, date, license, task, description, parameters, labels },
    ...{ dataset, hyperparameters, accuracy, shippedSeed, shippedBecause, confusion, history },
  };
}
