/** Reads from ONNX Runtime's verbose log which nodes it left on the CPU; it tells nowhere else. */

let lines: string[] | null = null;

/**
 * Puts an ear on the console. Before ONNX Runtime's first session: it keeps the console's functions from then on.
 */
export function attachEar(): void {
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    const original = console[name].bind(console);
    console[name] = (...args: unknown[]) => {
      if (lines) lines.push(args.map(String).join(' '));
      else original(...args);
    };
  }
}

/** Runs `use` with the console unheard, and gives `operator (node)` for every node it was told lies on the CPU. */
export async function hearPlacement<T>(use: () => Promise<T>): Promise<{ result: T; onCpu: string[] }> {
  const heard: string[] = [];
  lines = heard;
  try {
    const result = await use();
    return { result, onCpu: parsePlacement(heard) };
  } finally {
    lines = null;
  }
}

/** Nodes listed after `Node(s) placed on [CPUExecutionProvider]`, up to the next provider's list. */
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
    if (isOnCpu && node?.[1]) nodes.push(node[2] ? `${node[1]} (${node[2]})` : node[1]);
  }
  return nodes;
}
