import type { PortFacts } from '../core/facts';
import type { PlainTensor, TypedArray } from '../core/tensor';
import type { Dim } from '../core/shape';
import { formatShape } from '../core/shape';
import { scalings, type Scaling } from './scaling';

/** One way of handing the 28 × 28 ink to a model and of reading its scores. Plain data. */
export interface DigitReader {
  input: string;
  dtype: 'float32' | 'uint8';
  /** The input's dimensions; `null` stands for the number of digits. */
  dims: (number | null)[];
  /** Digits of one run: a fixed number, or `null` for any. */
  batch: number | null;
  scaling: Scaling;
  /** Whether columns are handed over as rows, as EMNIST has them. */
  transposed: boolean;
  output: string;
  /** Scores per digit; the first ten are 0 to 9. */
  classes: number;
  /** What the scores are; found out from the first that are seen. */
  scores: 'unknown' | 'logits' | 'log-softmax' | 'probabilities';
}

/** Pixels of one digit. */
export const INK_PIXELS = 784;

/** Score counts of models that read digits: ten, ten and "none", digits and letters, EMNIST's sets. */
const CLASSES = [10, 11, 36, 47, 62];

/**
 * Every way of reading digits with a model of these inputs and outputs, the likeliest first; or, for any other
 * model, what it is instead as the end of a sentence: `takes 3 × 416 × 416 …; it is no digit reader`.
 */
export function readerCandidates(
  inputs: readonly PortFacts[],
  outputs: readonly PortFacts[],
): DigitReader[] | string {
  const [input] = inputs;
  const [output] = outputs;
  const images = inputs.filter((port) => inputLayout(port) !== null);
  if (input === undefined || output === undefined || inputs.length > 1) return refusal(inputs, outputs);
  const layout = images.length === 1 ? inputLayout(input) : null;
  if (!layout || outputs.length > 1) return refusal(inputs, outputs);
  const classes = scoreCount(output, layout.batch);
  if (classes === null) return refusal(inputs, outputs);
  const dtype = input.dtype === 'uint8' ? 'uint8' : 'float32';
  const usable = scalings.filter(({ bytes }) => dtype === 'float32' || bytes);
  return [false, true].flatMap((transposed) =>
    usable.map(({ id }) => ({
      ...{ input: input.name, dtype, ...layout, scaling: id, transposed },
      ...{ output: output.name, classes, scores: 'unknown' as const },
    })),
  );
}

/** The dimensions as they are fed and how many digits they take; `null` for what is no stack of 28 × 28 images. */
function inputLayout(port: PortFacts): Pick<DigitReader, 'dims' | 'batch'> | null {
  if (port.dtype !== 'float32' && port.dtype !== 'uint8') return null;
  const dims = port.shape?.map(freeOrFixed);
  if (dims === undefined || dims.length === 0 || dims.length > 4) return null;
  const pixels = dims.findIndex((_, at) => isImage(dims.slice(at)));
  if (pixels < 0) return null;
  const leading = dims.slice(0, pixels);
  // Of several leading dimensions only the first counts digits.
  if (leading.slice(1).some((dim) => dim !== 1 && dim !== null)) return null;
  const [first] = leading;
  const batch = first === undefined ? 1 : first;
  const fed = dims.map((dim, at) => (at < pixels ? (at === 0 ? dim : 1) : (dim ?? 28)));
  return { dims: fed, batch };
}

/** `[784]`, `[28, 28]`, `[28, 28, 1]`, `[1, 28, 28]`; not `[1, 784]`, whose 1 is a batch. */
function isImage(dims: readonly (number | null)[]): boolean {
  if (dims.length === 1) return dims[0] === INK_PIXELS;
  const [height, width, channels] = dims;
  return height === 28 && width === 28 && (dims.length === 2 || (dims.length === 3 && channels === 1));
}

function freeOrFixed(dim: Dim): number | null {
  return typeof dim === 'number' && dim > 0 ? dim : null;
}

/** Scores per digit; `null` for an output that is not one row of them a digit. */
function scoreCount(port: PortFacts, batch: number | null): number | null {
  if (port.dtype !== 'float32' || port.shape === null) return null;
  const dims = port.shape.map(freeOrFixed);
  const classes = dims.filter((dim) => dim !== null && CLASSES.includes(dim)).at(-1);
  if (classes === undefined || classes === null) return null;
  const at = dims.lastIndexOf(classes);
  const others = dims.filter((_, index) => index !== at);
  const fits = others.every((dim) => dim === null || dim === 1 || dim === batch);
  return fits && others.filter((dim) => dim !== 1).length <= 1 ? classes : null;
}

function refusal(inputs: readonly PortFacts[], outputs: readonly PortFacts[]): string {
  const takes = inputs.length === 0 ? 'takes no input' : `takes ${list(inputs)}`;
  const gives = outputs.length === 0 ? 'gives nothing' : `gives ${list(outputs)}`;
  return `${takes} and ${gives}; it is no digit reader`;
}

function list(ports: readonly PortFacts[]): string {
  if (ports.length > 3) return `${ports.length} tensors`;
  return ports.map(describePort).join(' and ');
}

function describePort(port: PortFacts): string {
  const shape = port.shape?.map((dim) => (typeof dim === 'number' && dim < 0 ? null : dim)) ?? null;
  const free = shape?.[0];
  const item = shape && (free === 1 || typeof free !== 'number') ? shape.slice(1) : shape;
  if (item === null) return `${port.name} (${port.dtype})`;
  if (item.length === 0) return shape?.length ? `one ${port.dtype} each` : `one number (${port.name})`;
  const isImageLike = item.length === 3 && (item[0] === 3 || item[0] === 1 || item[2] === 3 || item[2] === 1);
  if (isImageLike && port.dtype === 'float32') return `an image of ${formatShape(item)}`;
  const words = port.dtype === 'float32' ? 'numbers' : `values of ${port.dtype}`;
  return `${formatShape(item)} ${words}`;
}

/** The feeds of one run: `digits` images of 784 pixels each, 0 paper to 1 ink, padded to a fixed batch. */
export function encodeInk(
  pixels: Float32Array,
  digits: number,
  reader: DigitReader,
): { dtype: 'float32' | 'uint8'; data: TypedArray; dims: number[] } {
  const count = reader.batch ?? digits;
  const scale = scalings.find(({ id }) => id === reader.scaling)?.scale ?? identity;
  const data =
    reader.dtype === 'uint8'
      ? new Uint8Array(count * INK_PIXELS)
      : new Float32Array(count * INK_PIXELS).fill(scale(0));
  for (let i = 0; i < Math.min(digits, count) * INK_PIXELS; i++) {
    data[reader.transposed ? transposedIndex(i) : i] = scale(pixels[i] ?? 0);
  }
  return { dtype: reader.dtype, data, dims: reader.dims.map((dim) => dim ?? count) };
}

function transposedIndex(index: number): number {
  const pixel = index % INK_PIXELS;
  return index - pixel + (pixel % 28) * 28 + Math.floor(pixel / 28);
}

function identity(value: number): number {
  return value;
}

/** Runs a model once: feeds by name in, outputs by name out. */
export type Run = (feeds: Record<string, PlainTensor>) => Promise<Record<string, PlainTensor>>;

/** How a candidate did on labelled samples. */
export interface Said {
  reader: DigitReader;
  right: number;
  of: number;
  /** Mean natural logarithm of the probability given to the right digit, at the best sharpness. */
  logLikelihood: number;
}
