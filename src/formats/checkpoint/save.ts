import type { Checkpoint, NamedTensor, StoredTensor } from '../../core/checkpoint';
import type { SavedAs } from '../../core/checkpoint-outline';
import { byteLength } from '../../core/dtype';
import type { Job } from '../../core/job';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { sliceOf } from '../../core/strides';
import { bytesOf } from '../../core/tensor';
import { npyFile } from '../npy';
import { canSave, writeSafetensors, type SavedTensor } from '../safetensors/write';
import { writeZip } from '../zip';
import { readElements, readValues } from './elements';

/**
 * The weights of a checkpoint alone: no optimizer, no code, nothing that a reader could be made to run. Quantized
 * tensors become the float32 numbers they stand for, sparse ones get their zeros. Throws `save_type` for a dtype
 * that the format has not, and as `readElements` does.
 */
export async function saveWeights(checkpoint: Checkpoint, as: SavedAs, job: Job): Promise<Blob> {
  const { tensors, file } = checkpoint;
  const saved: SavedTensor[] = [];
  const total = tensors.length;
  for (const [done, named] of tensors.entries()) {
    const tensor = await plainTensor(named);
    if (as === 'safetensors' && !canSave(tensor.dtype)) {
      throw new AppError('save_type', { tensor: tensor.name, dtype: tensor.dtype, format: 'safetensors' });
    }
    saved.push(tensor);
    await job.progress({ step: 'save', done, total, unit: 'tensors' });
  }
  if (as === 'safetensors') return writeSafetensors(saved, { format: 'pt', source: file });
  const files = await Promise.all(
    saved.map(async (tensor) => ({ name: `${tensor.name || 'tensor'}.npy`, blob: await npyFile(tensor) })),
  );
  return writeZip(files);
}

async function plainTensor({ name, tensor }: NamedTensor): Promise<SavedTensor> {
  const { dims } = tensor;
  if (tensor.quantization === null)
    return { name, dtype: tensor.dtype, dims, blob: await elementsBlob(tensor, name) };
  const values = await readValues(tensor, name);
  return { name, dtype: 'float32', dims, blob: new Blob([Float32Array.from(values ?? [])]) };
}

/**
 * The elements of a tensor row-major and little-endian: a slice of the file where they lie so, else read. Throws as
 * `readElements` does.
 */
export async function elementsBlob(tensor: StoredTensor, name: string): Promise<Blob> {
  const { dtype, dims } = tensor;
  const slice = sliceOf(tensor);
  if (slice === null) return new Blob([bytesOf(await readElements(tensor, name))]);
  const expected = byteLength(dtype, elementCount(dims));
  if (slice.size === expected) return slice;
  throw new AppError('file_tensor_length', { tensor: name, dims, dtype, expected, found: slice.size });
}
