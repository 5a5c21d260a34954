/** Checkpoints for the page's tests, made by the project's own writers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors } from '../../src/formats/safetensors/write';
import { writeZip } from '../../src/formats/zip';

const models = join(import.meta.dirname, '../../models');

/** A zip archive of a folder of models: PyTorch, safetensors, a pickle that would run something, and notes. */
export async function savedFolder(): Promise<Uint8Array> {
  const weights = {
    name: 'w',
    dtype: 'float32' as const,
    dims: [2, 2],
    blob: new Blob([Float32Array.of(1, 2, 3, 4)]),
  };
  // cos / system / ( / S'echo' / tR. : what unpickling calls is on the stack as a name and its arguments.
  const unsafe = "(dS'w'\ncos\nsystem\n(S'echo'\ntRs.";
  const files = [
    { name: 'run/notes.txt', blob: new Blob(['Epoch 3']) },
    { name: 'run/weights.pt', blob: new Blob([readFileSync(join(models, 'mnist-mlp/mnist-mlp.pt'))]) },
    { name: 'run/inner/weights.safetensors', blob: writeSafetensors([weights]) },
    { name: 'run/bad.pkl', blob: new Blob([unsafe]) },
  ];
  return new Uint8Array(await (await writeZip(files, false)).arrayBuffer());
}
