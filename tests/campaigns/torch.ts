import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { PlainTensor } from '../../src/core/tensor';
import { readNpz, writeNpz } from '../../src/formats/npy';

/** The interpreter that Debian's python3-torch belongs to. */
const python = '/usr/bin/python3';

/** A saved model, and what is needed to make it again. */
interface Saved {
  file: string;
  format: string;
  source: string | null;
  class: string | null;
  constructor: Record<string, unknown> | null;
}

/** PyTorch in a process of its own; `null` where it is not on this machine. */
export async function startTorch(): Promise<Torch | null> {
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) return null;
  return new Torch(await mkdtemp(join(tmpdir(), 'inkling-')));
}

/** Runs saved models one after the other. */
export class Torch {
  readonly #folder: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  constructor(folder: string) {
    this.#folder = folder;
    this.#process = spawn(python, [join(import.meta.dirname, 'torch_outputs.py')]);
    this.#process.stderr.resume();
    this.#lines = createInterface(this.#process.stdout);
    this.#process.once('exit', () => this.#lines.emit('line', '{"error":"PyTorch ended"}'));
  }

  /** What a model gives, in its order; a text says why it gives nothing. */
  async outputs(saved: Saved, inputs: ReadonlyMap<string, PlainTensor>): Promise<PlainTensor[] | string> {
    const paths = { inputs: join(this.#folder, 'inputs.npz'), outputs: join(this.#folder, 'outputs.npz') };
    await writeFile(paths.inputs, new Uint8Array(await (await writeNpz(inputs)).arrayBuffer()));
    this.#process.stdin.write(`${JSON.stringify({ ...saved, ...paths })}\n`);
    const line = await new Promise<string>((resolve) => this.#lines.once('line', resolve));
    const { error } = JSON.parse(line) as { error?: string };
    if (error !== undefined) return error;
    return [...(await readNpz(await openAsBlob(paths.outputs), 'outputs.npz')).values()];
  }

  async close(): Promise<void> {
    this.#process.stdin.end();
    this.#lines.close();
    await rm(this.#folder, { recursive: true });
  }
}
