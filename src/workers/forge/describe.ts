import { keyOf } from '../../core/locations';
import { AppError } from '../../core/problem';
import { sha256 } from '../../core/sha256';
import type { Model } from '../../ir/model';
import { tensorsOf } from '../../ir/walk';
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
): Promise<{ record: ModelRecord; bytes: Map<string, Blob> }> {
  const digest = await sha256(blob);
  const facts = await describeModel(model, blob, digest);
  const external = weightsOf(name, model);
  const id = await idOf(digest, external);
  const bytes = new Map([[id, blob]]);
  for (const [key, weights] of external) bytes.set(externalKey(id, key), weights);
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
    external: [...external.keys()],
    variants: [await describeVariant('fp32', id, [blob, ...external.values()])],
  };
  return { record, bytes };
}

/** 16 hex digits that tell a model by its bytes: those of its file, and of the weights beside it. */
async function idOf(digest: string, external: ReadonlyMap<string, Blob>): Promise<string> {
  if (external.size === 0) return digest.slice(0, 16);
  const parts = [digest];
  for (const [key, weights] of external) parts.push(`${await sha256(weights)} ${key}`);
  return (await sha256(new Blob([parts.join('\n')]))).slice(0, 16);
}

/** The files of weights beside a model, each under the place that its location names. */
function weightsOf(file: string, model: Model): Map<string, Blob> {
  const weights = new Map<string, Blob>();
  const missing = new Set<string>();
  for (const { data } of tensorsOf(model.graph)) {
    if (data.kind !== 'external') continue;
    if (data.blob) weights.set(keyOf(data.location), data.blob);
    else missing.add(data.location);
  }
  if (missing.size > 0) throw new AppError('file_external_missing', { file, locations: [...missing] });
  return weights;
}

/** What is known of one stored form: a file, and those of its weights that lie beside it. */
export async function describeVariant(
  precision: Precision,
  key: string,
  blobs: readonly Blob[],
): Promise<Variant> {
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  return {
    precision,
    key,
    bytes,
    gzip: bytes > GZIP_WHOLE_BYTES ? null : await gzipBytes(blobs),
    accuracy: null,
  };
}

/** Each compressed by itself, as a server sends them. */
async function gzipBytes(blobs: readonly Blob[]): Promise<number> {
  let bytes = 0;
  for (const blob of blobs) {
    const reader = blob.stream().pipeThrough(new CompressionStream('gzip')).getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read())
      bytes += value?.byteLength ?? 0;
  }
  return bytes;
}
