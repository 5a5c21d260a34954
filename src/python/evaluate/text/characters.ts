/** The characters of a text as Python counts them: one for those that JavaScript keeps as two halves. */
export function charactersOf(text: string): readonly string[] {
  return HALVES.test(text) ? Array.from(text) : text.split('');
}

/** A text, or its characters where they are not the same: something with a length and characters at places. */
export function indexable(text: string): string | readonly string[] {
  return HALVES.test(text) ? Array.from(text) : text;
}

/** How many characters Python counts. */
export function characterCount(text: string): number {
  return HALVES.test(text) ? Array.from(text).length : text.length;
}

const HALVES = /[\ud800-\udfff]/;
