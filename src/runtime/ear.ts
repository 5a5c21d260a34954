/** Hears what ONNX Runtime says on the console: some things it tells nowhere else. */

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

/** Runs `use` with the console unheard by anybody else, and gives what was said. */
export async function hear<T>(use: () => T | Promise<T>): Promise<{ result: T; said: string[] }> {
  const said: string[] = [];
  lines = said;
  try {
    return { result: await use(), said };
  } finally {
    lines = null;
  }
}
