/**
 * The same text, as long as before, for a grammar that reads no number which ends in a point: `1.` becomes `10`,
 * outside strings and comments. What a number is worth is read from the text itself.
 */
export function fillGaps(text: string): string {
  return text.replaceAll(STRING_COMMENT_OR_NUMBER, (whole, plain?: string, exponent?: string) => {
    const digits = plain ?? exponent;
    return digits === undefined ? whole : `${digits}0`;
  });
}

const STRING_COMMENT_OR_NUMBER = new RegExp(
  [
    /"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''/,
    /"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/,
    /#.*/,
    /(?<![\w.])(\d[\d_]*)\.(?![\w.])/,
    /(?<![\w.])(\d[\d_]*)\.(?=[eE][+-]?\d|[jJ]\b)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
