import type { Value } from '../../core/checkpoint';
import { bytesOf } from '../../core/tensor';
import { describeCheckpoint } from '../checkpoint/describe';
import { createReport } from '../checkpoint/report';
import { contiguous, storageOf } from '../checkpoint/storage';
import type { Format } from '../format';
import { dictionary } from '../pickle/values';
import { parseLean } from './parse';

export { parseLean } from './parse';
export { writeLean } from './write';

/**
 * A network as VerifiedNN writes it: a Lean 4 source with a definition for each matrix and vector, one arm a number,
 * and the training's facts in its doc comment.
 * @see https://github.com/e-vergo/LEAN_mnist (VerifiedNN/Network/Serialization.lean)
 */
export const lean: Format = {
  id: 'lean',
  label: 'Lean source of VerifiedNN',
  extensions: ['.lean'],
  spec: 'https://github.com/e-vergo/LEAN_mnist',
  async sniff(probe) {
    const text = new TextDecoder().decode(await probe.head());
    return /^\s*(import |namespace |\/-|--|def )/.test(text) && /\bdef \w+ : (Matrix|Vector) \d/.test(text);
  },
  async read(file, { name }) {
    const { definitions, metadata } = parseLean(await file.text(), name);
    const root = dictionary('dict');
    for (const [key, { dims, elements }] of definitions) {
      root.entries.set(
        key,
        contiguous('float64', dims, storageOf(key, 'float64', new Blob([bytesOf(elements)]))),
      );
    }
    const entries = new Map<string, Value>(metadata);
    const found = {
      file: name,
      bytes: file.size,
      format: 'lean',
      root,
      report: createReport(),
      layout: 'state dict',
      entries,
    } as const;
    return { kind: 'checkpoint', checkpoint: describeCheckpoint(found) };
  },
};
