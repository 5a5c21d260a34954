import { AppError } from '../../core/problem';
import { sha256 } from '../../core/sha256';
import type { Model } from '../../ir/model';
import { externalKey } from '../../library/keys';
import { RECORD_VERSION, type ModelRecord, type Precision, type Variant } from '../../library/record';
import { describeModel } from '../../passes/facts';
import type { TakenFile } from '../../core/taken-file';

/** Larger files are not compressed only to tell their size over the wire: it stays unknown. */
const GZIP_WHOLE_BYTES = 32 * 1024 * 1024;

/** The record of a dropped model, and the bytes to keep with it. Throws `file_external_missing`. */
export async function describeTaken(
  { name, blob }: TakenFile,
  model: Model,
  files: readonly TakenFile[],
): Promise<{ record: ModelRecord; bytes: Map<string, Blob> }> {
  const digest = await sha256(blob);
  const id = digest.slice(0, 16);
  const facts = await describeModel(model, blob, digest);
  const bytes = new Map([[id, blob]]);
  const locations = new Set(facts.externalData.map(({ location }) => baseName(location)));
  const external = files.filter((file) => locations.has(file.name));
  const missing = [...locations].filter((location) => !external.some((file) => file.name === location));
  if (missing.length > 0) throw new AppError('file_external_missing', { file: name, locations: missing });
  for (const file of external) bytes.set(externalKey(id, file.name), file.blob);
  const record: ModelRecord = {
    version: RECORD_VERSION,
    id,
    name: name.replace(/\.onnx$/i, ''),
    file: name,
    origin: 'dropped',
    addedAt: Date.now(),
    facts,
    card: null,
    reading: { kind: 'unknown' },
    external: external.map((file) => file.name),
    variants: [await describeVariant('fp32', id, blob)],
  };
  return { record, bytes };
}

/** What is known of one stored form. */
export async function describeVariant(precision: Precision, key: string, blob: Blob): Promise<Variant> {
  return { precision, key, bytes: blob.size, gzip: await gzipBytes(blob), accuracy: null };
}

async function gzipBytes(blob: Blob): Promise<number | null> {
  if (blob.size > GZIP_WHOLE_BYTES) return null;
  let bytes = 0;
  const reader = blob.stream().pipeThrough(new CompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.byteLength;
  }
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
