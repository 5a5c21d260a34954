import { basename } from 'node:path';
import type { Checkpoint } from '../../core/checkpoint';
import { formatBytes, formatCount } from '../../core/format';
import { AppError } from '../../core/problem';
import { formatShape } from '../../core/shape';
import { sha256 } from '../../core/sha256';
import { readArtifact } from '../../formats';
import { parameterCount } from '../../formats/checkpoint/describe';
import { readable } from '../../formats/checkpoint/readable';
import { openBeside, terminalJob } from '../files';
import { indent, table } from '../print';

/** A checkpoint and what only its bytes tell. */
export interface OpenedCheckpoint {
  path: string;
  file: Blob;
  checkpoint: Checkpoint;
  sha256: string;
}

/** Reads a file that is no ONNX model, with the files beside it that it names; throws what the reader throws. */
export async function openCheckpoint(path: string, file: Blob): Promise<OpenedCheckpoint> {
  const name = basename(path);
  const read = async (external?: ReadonlyMap<string, Blob>) =>
    readArtifact(file, { name, ...(external && { external }) }, terminalJob());
  const artifact = await read().catch(async (error: unknown) => {
    const beside = await filesBeside(path, error);
    if (beside === null) throw error;
    return read(beside);
  });
  if (artifact.kind !== 'checkpoint')
    throw new AppError('file_unknown', { file: name, looksLike: 'is a model' });
  return { path, file, checkpoint: artifact.checkpoint, sha256: await sha256(file) };
}

/** The files that a reader missed, where they lie around it. */
async function filesBeside(path: string, error: unknown): Promise<Map<string, Blob> | null> {
  if (!(error instanceof AppError) || error.code !== 'file_external_missing') return null;
  const { locations } = (error as AppError<'file_external_missing'>).detail;
  return openBeside(path, locations);
}

/** A checkpoint as `inspect --json` prints it. */
export function checkpointJson({ path, file, checkpoint, sha256: digest }: OpenedCheckpoint): object {
  const { tensors, entries, imports, findings, problems } = checkpoint;
  return {
    file: path,
    format: checkpoint.format,
    bytes: file.size,
    sha256: digest,
    tensors: tensors.map(({ name, tensor }) => ({ name, dtype: tensor.dtype, shape: tensor.dims })),
    entries: Object.fromEntries(Array.from(entries, ([name, value]) => [name, readable(value)])),
    imports,
    unsafe: findings.length > 0,
    parameters: parameterCount(tensors),
    problems,
  };
}

/** Lists longer than a screen are cut in text; JSON has all of them. */
const MAX_LINES = 60;

/** A checkpoint as people read it. */
export function checkpointText({ path, file, checkpoint, sha256: digest }: OpenedCheckpoint): string {
  const { tensors, entries, imports, findings, optimizers, sizes, sketch, sources } = checkpoint;
  const rows = tensors.map(({ name, tensor }) => [name, tensor.dtype, formatShape(tensor.dims)]);
  const counts: [string, string][] = [
    [
      'parameters',
      `${formatCount(parameterCount(tensors))} in ${formatCount(tensors.length)} tensors, ${formatBytes(sizes.weights)}`,
    ],
    ...optimizers.map(({ entry, algorithm }): [string, string] => [
      entry,
      `${algorithm ?? 'an optimizer'}, ${formatBytes(sizes.optimizer)}`,
    ]),
    ...(sources.length > 0
      ? ([['sources', sources.map(({ name }) => name).join(', ')]] as [string, string][])
      : []),
    ['sha256', digest],
  ];
  const kept = [...entries].map(([name, value]): [string, string] => [
    name,
    short(JSON.stringify(readable(value))),
  ]);
  const layers = sketch.layers.map(({ name, type, says }) => [name, type, says]);
  const part = (title: string, lines: string) => (lines === '' ? [] : [title, indent(lines)]);
  return [
    `${basename(path)}  ${formatBytes(file.size)}  ${checkpoint.format} (${checkpoint.layout})`,
    ...part(
      'unsafe: Python would run something; nothing was run here',
      findings.map(({ text, place }) => `it ${text} (${place})`).join('\n'),
    ),
    ...part('holds', table(counts)),
    ...part('entries', table(kept)),
    ...part('tensors', cut(table(rows))),
    ...part('looks like', cut(table(layers))),
    ...part('names and shapes do not tell', sketch.unknown.join('\n')),
    ...part('can be dropped', checkpoint.droppable.join('\n')),
    ...part('imports', imports.join('\n')),
  ].join('\n');
}

function short(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function cut(text: string): string {
  const lines = text.split('\n');
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more`].join('\n')
    : text;
}
