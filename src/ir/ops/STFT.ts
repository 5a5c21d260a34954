import { mapDim } from '../dims';
import { numbersOf } from '../families';
import { op } from '../op';

export default op({
  type: 'STFT',
  since: 17,
  says: 'Fourier transforms of overlapping stretches of a signal: which frequencies sound when.',
  inputs: [2, 4],
  infer(site) {
    const [{ dtype, shape }, window] = [site.input(0), site.input(2)];
    const [step] = numbersOf(site.input(1).elements) ?? [];
    const [length = window.shape?.[0] ?? null] = site.input(3).elements ?? [];
    const isHalf = site.int('onesided', 1) === 1;
    const frames = mapDim(shape?.[1], (samples) =>
      typeof length === 'number' && step ? Math.floor((samples - length) / step) + 1 : NaN,
    );
    const bins = isHalf ? mapDim(length, (size) => Math.floor(size / 2) + 1) : length;
    return [{ dtype, shape: [shape?.[0] ?? null, frames, bins, 2] }];
  },
});
