/** How ink (0 paper to 1 ink) becomes the numbers a model was trained on. */
export type Scaling =
  | 'unit'
  | 'normalised'
  | 'symmetric'
  | 'bytes'
  | 'unit-inverted'
  | 'normalised-inverted'
  | 'symmetric-inverted'
  | 'bytes-inverted';

interface Entry {
  id: Scaling;
  label: string;
  /** Whether the numbers are whole ones from 0 to 255. */
  bytes: boolean;
  scale: (ink: number) => number;
}

/** Every scaling in use, the commonest first; the inverted ones are for models of black ink on white paper. */
export const scalings: readonly Entry[] = [
  { id: 'unit', label: '0 to 1', bytes: false, scale: (ink) => ink },
  { id: 'normalised', label: '(x − 0.1307) / 0.3081', bytes: false, scale: normalise },
  { id: 'symmetric', label: '(x − 0.5) / 0.5', bytes: false, scale: (ink) => ink * 2 - 1 },
  { id: 'bytes', label: '0 to 255', bytes: true, scale: (ink) => Math.round(ink * 255) },
  { id: 'unit-inverted', label: '1 − x', bytes: false, scale: (ink) => 1 - ink },
  {
    id: 'normalised-inverted',
    label: '(1 − x − 0.1307) / 0.3081',
    bytes: false,
    scale: (ink) => normalise(1 - ink),
  },
  { id: 'symmetric-inverted', label: '(0.5 − x) / 0.5', bytes: false, scale: (ink) => 1 - ink * 2 },
  { id: 'bytes-inverted', label: '255 − 255 x', bytes: true, scale: (ink) => 255 - Math.round(ink * 255) },
];

/** A scaling as people write it, `x` being ink from 0 to 1: `(x − 0.1307) / 0.3081`. */
export function label(scaling: Scaling): string {
  return scalings.find(({ id }) => id === scaling)?.label ?? scaling;
}

/** Mean and standard deviation of MNIST's training images. */
function normalise(ink: number): number {
  return (ink - 0.1307) / 0.3081;
}
