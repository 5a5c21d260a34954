/** What axe finds wrong with a page for people who use it with other means than eyes and mouse. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { html: string }[];
}

/** A tablet by day and a phone by night. */
export const sizes = [
  { width: 1180, height: 820, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

/** A line for each kind of violation, with its first place. */
export async function violations(raw: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  const found = await raw.evaluate<{ violations: Violation[] }>(`${axe}; axe.run(document)`);
  return found.violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes[0]?.html ?? ''}`);
}
