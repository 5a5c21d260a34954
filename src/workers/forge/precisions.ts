import type { Job } from '../../core/job';
import { AppError, toProblem } from '../../core/problem';
import { encodeOnnx, readOnnx } from '../../formats/onnx';
import { externalKey } from '../../library/keys';
import type { Library } from '../../library/library';
import type { ModelRecord, Variant } from '../../library/record';
import { schemes } from '../../passes/quantize';
import { describeVariant } from './describe';

/** Makes every precision a kept model lacks, and writes them with the grown record in one go; throws `storage_missing`. */
export async function addPrecisions(library: Library, id: string, job: Job): Promise<ModelRecord> {
  const record = await library.get(id);
  const original = await library.bytes(id);
  if (!record || !original) throw new AppError('storage_missing', { id });
  const external = new Map<string, Blob>();
  for (const location of record.external) {
    const blob = await library.bytes(externalKey(id, location));
    if (blob) external.set(location, blob);
  }
  const model = await readOnnx(original, { name: record.file, external }, job);
  const made: Variant[] = [];
  const bytes = new Map<string, Blob>();
  for (const scheme of schemes) {
    if (record.variants.some(({ precision }) => precision === scheme.id)) continue;
    try {
      const blob = await encodeOnnx(await scheme.apply(model, {}, null, job));
      const key = `${id}.${scheme.id}`;
      bytes.set(key, blob);
      made.push(await describeVariant(scheme.id, key, [blob]));
    } catch (error) {
      // Nothing to shrink, or operators that must not move to a newer opset: the model has fewer rows.
      if (!toProblem(error).code.startsWith('quantize_')) throw error;
    }
  }
  // It may have been renamed, tried or removed meanwhile.
  const grown = await library.update(
    id,
    (kept) => {
      const known = new Set(kept.variants.map(({ key }) => key));
      return { ...kept, variants: [...kept.variants, ...made.filter(({ key }) => !known.has(key))] };
    },
    bytes,
  );
  if (!grown) throw new AppError('storage_missing', { id });
  return grown;
}
