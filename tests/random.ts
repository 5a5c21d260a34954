/** Numbers that look normally distributed around 0 with deviation `scale`, the same for the same seed. */
export function random(count: number, seed: number, scale = 0.1): Float32Array<ArrayBuffer> {
  let state = seed * 2654435761;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => (next() + next() + next() + next() - 2) * scale * 1.73);
}
