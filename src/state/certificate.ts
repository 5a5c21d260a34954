import type { PlainTensor } from '../core/tensor';
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
      const compared = compare(numbers(tensor), numbers(theirs.outputs[name]));
      difference = Math.max(difference, compared.difference);
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

/** Largest absolute difference, relative where values are large, and whether the largest element is the same. */
export function compare(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { difference: number; sameWinner: boolean } {
  if (a.length !== b.length) return { difference: Infinity, sameWinner: false };
  let difference = 0;
  let scale = 1;
  let winnerA = 0;
  let winnerB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const left = a[i] ?? NaN;
    const right = b[i] ?? NaN;
    const delta = Math.abs(left - right);
    difference = Number.isNaN(delta) ? Infinity : Math.max(difference, delta);
    scale = Math.max(scale, Math.abs(left));
    if (left > (a[winnerA] ?? NaN)) winnerA = i;
    if (right > (b[winnerB] ?? NaN)) winnerB = i;
  }
  return { difference: difference / scale, sameWinner: winnerA === winnerB };
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
