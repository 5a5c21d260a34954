/** Sizes of letters in px, shared by whoever measures and whoever draws. */
export const TITLE_SIZE = 12;
export const LINE_SIZE = 10.5;
/** From one line of a box to the next, and from its edge to its words. */
export const LINE_HEIGHT = 15;
export const PADDING_X = 12;
export const PADDING_Y = 8;

/**
 * How wide a text is at most, in px. Letters are measured as the widest of the page's fonts has them: the layout is
 * made where there is no font to ask.
 */
export function measure(text: string, size: number): number {
  let ems = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    ems += WIDTHS[code] ?? (code > 0x2e7f ? 1.05 : 0.65);
  }
  return ems * size;
}

const WIDTHS = Array.from({ length: 128 }, (_, code) => widthOf(String.fromCharCode(code)));

function widthOf(letter: string): number {
  if ("iIjl|'`.,:;!()[]{}/\\ftr- ".includes(letter)) return 0.41;
  if ('mMW@%w'.includes(letter)) return 0.97;
  if (letter >= 'A' && letter <= 'Z') return 0.74;
  return 0.65;
}

/** A text of at most `length` letters; the middle of a longer one is left out. */
export function shorten(text: string, length: number): string {
  const letters = Array.from(
    text.length > 4 * length ? text.slice(0, 2 * length) + text.slice(-2 * length) : text,
  );
  if (letters.length <= length) return letters.join('');
  const head = Math.ceil((length - 1) / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (length - 1 - head)).join('')}`;
}
