import type { TakenFile } from '../core/taken-file';

/** Whether a file holds arrays: what was recorded of a run. */
export function isArrays({ name }: TakenFile): boolean {
  return /\.(npz|npy|pb)$/i.test(name);
}

/** Whether an array came out of a run rather than went in, by what it and its file are called. */
export function isOfOutputs(file: TakenFile, array: string): boolean {
  const name = file.name.replace(/^.*[\\/]/, '');
  if (/out|expected|result/i.test(name)) return true;
  return !/in(put)?s?\b/i.test(name) && /^(out|expected|result|y$|logits|scores|pred)/i.test(array);
}
