/** The bundled CNN behind a bare `postMessage`: a picture `[28, 28]` in, ten probabilities out; the first message is empty. */
import { fetchCnn, openBare } from './bare-session';

const run = await openBare(await fetchCnn());
self.onmessage = async ({ data }: MessageEvent<Float32Array>) => {
  const logits = [...(await run(data))];
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((all, power) => all + power, 0);
  self.postMessage(Float32Array.from(powers, (power) => power / sum));
};
self.postMessage(new Float32Array(0));
