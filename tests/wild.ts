import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What is known of a model file that nobody here wrote. */
export interface WildModel {
  /** Where it lies on this machine. */
  path: string;
  file: string;
  sha256: string;
  bytes: number;
  irVersion: number;
  opsets: Record<string, number>;
  nodes: number;
  inputs: { name: string; type: string; shape: (number | string | null)[] | null }[];
  outputs: { name: string; type: string; shape: (number | string | null)[] | null }[];
  initializers: number;
  parameters: number;
  tags: string[];
}

/** The folder beside the repository with files for tests, or the one SHARED_DIR names; not part of the project. */
export const shared = resolve(process.env['SHARED_DIR'] ?? '../shared');

/** The files of a folder of `wild/manifest.jsonl`; none where it is absent, and tests on them are skipped. */
export function wildModels(folder: 'onnx' | 'torch' = 'onnx'): WildModel[] {
  const manifest = join(shared, 'wild/manifest.jsonl');
  if (!existsSync(manifest)) return [];
  return readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WildModel)
    .filter(({ file }) => file.startsWith(`${folder}/`))
    .map((entry) => ({ ...entry, path: join(shared, 'wild', entry.file) }));
}
