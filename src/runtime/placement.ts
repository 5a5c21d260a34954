/** Reads from ONNX Runtime's verbose log which nodes it left on the CPU; it tells nowhere else. */
import { HELPER } from '../core/runnable';
import { hear } from './ear';

/** Runs `use`, and gives `operator (node)` for every node it was told lies on the CPU. */
export async function hearPlacement<T>(use: () => Promise<T>): Promise<{ result: T; onCpu: string[] }> {
  const { result, said } = await hear(use);
  return { result, onCpu: parsePlacement(said) };
}

/**
 * Nodes listed after `Node(s) placed on [CPUExecutionProvider]`, up to the next provider's list, without those that
 * are not the model's own.
 */
export function parsePlacement(log: readonly string[]): string[] {
  const nodes: string[] = [];
  let isOnCpu = false;
  for (const line of log) {
    const place = /placed on \[(\w+)\]/.exec(line);
    if (place) {
      isOnCpu = place[1] === 'CPUExecutionProvider';
      continue;
    }
    const node = /VerifyEachNodeIsAssignedToAnEp\w*\]\s+(\w+) \(([^)]*)\)/.exec(line);
    if (!isOnCpu || !node?.[1] || node[2]?.startsWith(HELPER)) continue;
    nodes.push(node[2] ? `${node[1]} (${node[2]})` : node[1]);
  }
  return nodes;
}
