/** Reads from ONNX Runtime's verbose log which nodes it left on the CPU; it tells nowhere else. */

/** Listens to the console until stopped; `onCpu` lists `operator (node)` for every node placed on the CPU. */
export function listenToPlacement(): { onCpu: () => string[]; stop: () => void } {
  const names = ['log', 'info', 'debug', 'warn', 'error'] as const;
  const originals = names.map((name) => console[name].bind(console));
  const lines: string[] = [];
  for (const name of names) {
    console[name] = (...args: unknown[]) => {
      lines.push(args.map(String).join(' '));
    };
  }
  return {
    onCpu: () => parsePlacement(lines),
    stop: () => {
      names.forEach((name, i) => {
        const original = originals[i];
        if (original) console[name] = original;
      });
    },
  };
}

/** Nodes named after `Node(s) placed on [CPUExecutionProvider]`, up to the next provider's list. */
export function parsePlacement(lines: readonly string[]): string[] {
  const nodes: string[] = [];
  let onCpu = false;
  for (const line of lines) {
    const place = /placed on \[(\w+)\]/.exec(line);
    if (place) {
      onCpu = place[1] === 'CPUExecutionProvider';
      continue;
    }
    const node = /\]\s+(\w+) \(([^)]*)\)/.exec(line);
    if (onCpu && node?.[1]) nodes.push(node[2] ? `${node[1]} (${node[2]})` : node[1]);
  }
  return nodes;
}
