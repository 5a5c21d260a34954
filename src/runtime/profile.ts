import type { PlainTensor } from '../core/tensor';
import type { RunnableModel } from '../core/runnable';
import type { BackendId } from './backend';
import { hear } from './ear';
import type { OrtModule } from './ort';
import { createSession, runSession } from './session';

/** One node's time in a profile. */
interface ProfiledNode {
  name: string;
  operator: string;
  ms: number;
}

/** Opens a model with profiling on, runs it, and gives each node's median time in the order they ran. */
export async function profileModel(
  ort: OrtModule,
  backend: BackendId,
  model: RunnableModel,
  feeds: Readonly<Record<string, PlainTensor>>,
  runs: number,
): Promise<ProfiledNode[]> {
  const session = await createSession(ort, model, { executionProviders: [backend], enableProfiling: true });
  try {
    // The first run allocates; it is profiled with the others and the median leaves it out.
    for (let run = 0; run <= runs; run += 1) await runSession(ort, session, model.name, feeds, []);
    const { said } = await hear(() => session.endProfiling());
    return parseProfile(said);
  } finally {
    await session.release();
  }
}

/**
 * Kernel times in ONNX Runtime's profile, which it prints as lines of a JSON list (Chrome's trace event format).
 * @see https://onnxruntime.ai/docs/performance/tune-performance/profiling-tools.html
 */
export function parseProfile(said: readonly string[]): ProfiledNode[] {
  const nodes = new Map<string, { operator: string; times: number[] }>();
  for (const line of said.flatMap((text) => text.split('\n'))) {
    const event = eventOf(line);
    const name = event?.cat === 'Node' ? /^(.*)_kernel_time$/.exec(event.name ?? '')?.[1] : undefined;
    if (event === null || name === undefined) continue;
    const node = nodes.get(name) ?? { operator: event.args?.op_name ?? '', times: [] };
    node.times.push((event.dur ?? 0) / 1000);
    nodes.set(name, node);
  }
  return Array.from(nodes, ([name, { operator, times }]) => ({ name, operator, ms: middle(times) }));
}

interface ProfileEvent {
  cat?: string;
  name?: string;
  /** Microseconds. */
  dur?: number;
  args?: { op_name?: string };
}

function eventOf(line: string): ProfileEvent | null {
  try {
    return JSON.parse(line.trim().replace(/,$/, '')) as ProfileEvent;
  } catch {
    return null;
  }
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
