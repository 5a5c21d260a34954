import type { PlainTensor } from '../core/tensor';
import { apart } from '../evaluate/apart';
import type { RunJob } from '../workers/runtime/api';
import type { RuntimeClient } from '../workers/runtime/client';

/** The parity certificate: the same inputs on both backends, compared and timed on this machine. */
export interface Certificate {
  /** Inputs compared. */
  inputs: number;
  /** Largest absolute difference of any output element, relative to the largest output where that is over 1. */
  difference: number;
  tolerance: number;
  /** No difference over the tolerance, and the same winner everywhere. */
  agrees: boolean;
  /** Median milliseconds of `session.run`, over `runs` runs each. */
  wasmMs: number;
  webgpuMs: number;
  runs: number;
  /** GPU dispatches of one run. */
  dispatches: number;
}

/** float32 sums in another order differ by some 1e-6; wrong kernels by far more than this. */
const TOLERANCE = 1e-3;
const TIMED_RUNS = 15;

/** Runs `inputs` on both backends, compares every output and takes the time of each. */
export async function certify(
  id: string,
  inputs: Record<string, PlainTensor>[],
  wasm: RuntimeClient,
  webgpu: RuntimeClient,
): Promise<Certificate> {
  const first = inputs[0] ?? {};
  const job = (feeds: Record<string, PlainTensor>): RunJob => ({ id, feeds, fetches: [] });
  // The first run compiles the shaders.
  await webgpu.run([job(first)]);
  let difference = 0;
  let sameWinner = true;
  let dispatches = 0;
  for (const feeds of inputs) {
    const [ours] = await wasm.run([job(feeds)]);
    const [theirs] = await webgpu.run([job(feeds)]);
    if (!ours || !theirs) continue;
    dispatches = theirs.dispatches;
    for (const [name, tensor] of Object.entries(ours.outputs)) {
      const compared = apart(numbers(tensor), numbers(theirs.outputs[name]));
      difference = Math.max(difference, compared.relative);
      sameWinner &&= compared.sameWinner;
    }
  }
  return {
    inputs: inputs.length,
    difference,
    tolerance: TOLERANCE,
    agrees: difference <= TOLERANCE && sameWinner,
    wasmMs: await time(wasm, job(first)),
    webgpuMs: await time(webgpu, job(first)),
    runs: TIMED_RUNS,
    dispatches,
  };
}

/** The middle value; of an even count the lower one. NaN for none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}

async function time(client: RuntimeClient, job: RunJob): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < TIMED_RUNS; i += 1) {
    const [result] = await client.run([job]);
    if (result) times.push(result.ms);
  }
  return median(times);
}

function numbers(tensor: PlainTensor | undefined): ArrayLike<number> {
  if (!tensor || Array.isArray(tensor.data)) return [];
  return tensor.data instanceof BigInt64Array || tensor.data instanceof BigUint64Array
    ? Array.from(tensor.data, Number)
    : tensor.data;
}
