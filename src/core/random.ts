/**
 * Uniform numbers from 0 to below 1 that are the same for the same seed everywhere.
 * @see https://doi.org/10.18637/jss.v008.i14 (Marsaglia, Xorshift RNGs, 2003)
 */
export function uniform(seed: number): () => number {
  // Xorshift never leaves 0, and small seeds begin alike: a large odd factor spreads them.
  let state = Math.imul((seed >>> 0) + 1, 0x9e3779b1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Numbers of the standard normal distribution, the same for the same seed (Box and Muller). */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
