/** A key that the outermost object of a valid JSON text has twice; `null` where there is none. */
export function duplicateKey(text: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  let before = '';
  // Texts, brackets and what separates: all of JSON that says where a key is. In runs: a text of millions of single
  // steps is more than the engine of expressions can go back through.
  for (const [token] of text.matchAll(/"[^"\\]*(?:(?:\\.)+[^"\\]*)*"|[{}[\],:]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1) {
      const key = JSON.parse(before) as string;
      if (seen.has(key)) return key;
      seen.add(key);
    }
    before = token;
  }
  return null;
}
