/** The characters of a text as Python counts them: one for those that JavaScript keeps as two halves. */
export function charactersOf(text: string): readonly string[] {
  return HALVES.test(text) ? Array.from(text) : text.split('');
}

/** How many characters Python counts. */
export function characterCount(text: string): number {
  return HALVES.test(text) ? Array.from(text).length : text.length;
}

const HALVES = /[\ud800-\udfff]/;
