/**
 * The meaning of a constructor's parameter by its words, so that `n_heads` is `num_heads` and `nhead`: guides and
 * code call one thing by several names.
 */
export function meaningOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^(n|num)(?=head|hid|layer|class|feature)/, 'num_')
    .split('_')
    .filter((word) => word !== '' && word !== 'of');
  const known = words.map((word) => synonyms.get(word) ?? word);
  const whole = known.join(' ');
  return wholes.get(whole) ?? whole;
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ...['n', 'nb', 'number', 'nr'].map((word) => [word, 'num'] as const),
  ...['size', 'features', 'feature', 'channels', 'channel', 'units', 'dims', 'width', 'ch', 'chans'].map(
    (word) => [word, 'dim'] as const,
  ),
  ...([
    ['hid', 'hidden'],
    ['emb', 'embed'],
    ['embedding', 'embed'],
    ['input', 'in'],
    ['output', 'out'],
    ['layer', 'layers'],
    ['head', 'heads'],
    ['class', 'classes'],
    ['kernels', 'kernel'],
    ['block', 'blocks'],
  ] as const),
]);

const wholes: ReadonlyMap<string, string> = new Map([
  ['d model', 'embed dim'],
  ['model dim', 'embed dim'],
  ['hidden', 'hidden dim'],
  ['heads', 'num heads'],
  ['attention heads', 'num heads'],
  ['num attention heads', 'num heads'],
  ['layers', 'num layers'],
  ['depth', 'num layers'],
  ['num blocks', 'num layers'],
  ['classes', 'num classes'],
  ['num dim', 'in dim'],
]);

/** Whether one name is another with a number or a word more: `gru_hidden` for `hidden1`. */
export function isPartOf(name: string, other: string): boolean {
  const words = new Set(meaningOf(name).split(' '));
  const stem = meaningOf(other.replace(/\d+$/, ''));
  return (
    /\d$/.test(other) && stem.split(' ').some((word) => word !== 'dim' && word !== 'num' && words.has(word))
  );
}
