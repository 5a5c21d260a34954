import type { Proof } from '../../src/convert';
import { prove } from '../../src/convert/prove';
import type { PlainTensor } from '../../src/core/tensor';
import type { Model } from '../../src/ir/model';
import { cutAtSteps } from './steps';
import { TooSlow, type Webgpu } from './webgpu';

/** For a model that gives its inner values too: a hundred tensors come from the GPU then. */
const SECONDS_FOR_VALUES = 150;

/** How a converted model fared on WebGPU: against what was recorded, else against what WASM gave. */
export interface WebgpuOutcome {
  /** `null` where it was not run, or did not run. */
  maxAbsError: number | null;
  /** Kinds of operators that ran on the CPU. */
  elsewhere: string[];
  verdict: 'right' | 'wrong' | 'not tried';
  /** Why it was not tried, or is not right. */
  why: string;
}

type Tensors = Readonly<Record<string, PlainTensor>>;

/**
 * Where nothing was recorded, WebGPU has to give what WASM gives: at the outputs, and where a model computes in steps
 * of 8 bits, from each value in steps to the next.
 */
export async function runAsOnWasm(
  webgpu: Webgpu | null,
  model: Model,
  given: Tensors,
  { tolerance, run }: Pick<Proof, 'tolerance' | 'run'>,
): Promise<WebgpuOutcome> {
  const steps = cutAtSteps(model);
  const judged = steps?.cut ?? model;
  const feeds = steps?.feeds(given, await run(steps.open, given)) ?? given;
  const wanted = await run(judged, feeds);
  const outputs = new Map(Object.entries(wanted).filter(([name]) => !steps?.names.has(name)));
  const proof = { inputs: new Map(Object.entries(feeds)), outputs, tolerance, run };
  return runOnWebgpu(webgpu, judged, proof, {
    ...(steps && { seconds: SECONDS_FOR_VALUES, faults: (found: Tensors) => steps.apart(wanted, found) }),
  });
}

interface More {
  /** Longer than a run may usually take. */
  seconds?: number;
  /** What is wrong with outputs that `proof` does not speak of. */
  faults?: (found: Tensors) => string[];
}

/** How a model fares on WebGPU against what is known of it. */
export async function runOnWebgpu(
  webgpu: Webgpu | null,
  model: Model,
  proof: Proof,
  { seconds, faults = () => [] }: More = {},
): Promise<WebgpuOutcome> {
  const outcome: WebgpuOutcome = { maxAbsError: null, elsewhere: [], verdict: 'not tried', why: '' };
  if (webgpu === null) return { ...outcome, why: 'Chromium is not installed' };
  const wrong: string[] = [];
  try {
    const run: Proof['run'] = async (given, feeds) => {
      const { outputs, elsewhere } = await webgpu.run(given, feeds, seconds);
      outcome.elsewhere = [...new Set(elsewhere.map((node) => node.replace(/ .*/, '')))].sort();
      wrong.push(...faults(outputs));
      return outputs;
    };
    const { maxAbsError, notes } = await prove(model, { ...proof, run });
    return maxAbsError <= proof.tolerance && wrong.length === 0
      ? { ...outcome, maxAbsError, verdict: 'right' }
      : { ...outcome, maxAbsError, verdict: 'wrong', why: wrong[0] ?? notes.at(-1) ?? '' };
  } catch (error) {
    if (error instanceof TooSlow) return { ...outcome, why: error.message };
    return { ...outcome, verdict: 'wrong', why: error instanceof Error ? error.message : String(error) };
  }
}
