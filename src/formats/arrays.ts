import type { PlainTensor } from '../core/tensor';
import { AppError } from '../core/problem';
import { readNpy, readNpz } from './npy';
import { readTensorFile } from './onnx/tensor-file';
import type { TakenFile } from '../core/taken-file';

/** Texts of numbers longer than this are no inputs. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;

/** The arrays in a file by name; a single unnamed one under `''`. Throws `input_unreadable` and as the readers do. */
export async function readArrays({ name, blob }: TakenFile): Promise<Record<string, PlainTensor>> {
  const lower = name.toLowerCase();
  if (lower.endsWith('.npz')) return Object.fromEntries(await readNpz(blob, name));
  if (lower.endsWith('.npy')) return { '': await readNpy(blob, name) };
  if (lower.endsWith('.pb')) {
    const { name: said, value } = await readTensorFile(blob, name);
    if (value.kind === 'tensor') return { [said]: value.tensor };
  }
  return { '': await readNumbersText(blob, name) };
}

/** Numbers between spaces, commas, semicolons or new lines; rows of equal length are a matrix. */
async function readNumbersText(blob: Blob, name: string): Promise<PlainTensor> {
  const unreadable = (reason: string) => new AppError('input_unreadable', { file: name, reason });
  if (blob.size > MOST_TEXT_BYTES) throw unreadable('is too long for a text of numbers');
  const rows = (await blob.text())
    .split('\n')
    .map((line) => line.split(/[\s,;]+/).filter(Boolean))
    .filter((row) => row.length > 0);
  const numbers = rows.flat().map(Number);
  const wrong = rows.flat().find((_, at) => Number.isNaN(numbers[at]));
  if (numbers.length === 0) throw unreadable('holds no numbers');
  if (wrong !== undefined) throw unreadable(`holds “${wrong.slice(0, 40)}”, which is no number`);
  const columns = rows[0]?.length ?? 0;
  const even = rows.length > 1 && rows.every((row) => row.length === columns);
  return {
    dtype: 'float32',
    dims: even ? [rows.length, columns] : [numbers.length],
    data: Float32Array.from(numbers),
  };
}
