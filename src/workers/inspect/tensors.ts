import { createJob, type Job } from '../../core/job';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import type { TypedArray } from '../../core/tensor';
import type { ChannelRange, Heat, TensorPlace, TensorReport } from '../../core/tensor-report';
import { countInto, emptyHistogram, Gathering, widen } from '../../evaluate/statistics';
import { numberPieces, readNumbers, readPiece, tensorBlob } from '../../ir/data';
import type { Model, Tensor } from '../../ir/model';
import { locateGraphs } from '../../ir/places';
import { npyFile, writeNpy } from '../../formats/npy';

/** Pixels along one side of a heat map at most. */
const MOST_PIXELS = 512;
/** Channels whose ranges are told at most. */
const MOST_CHANNELS = 65_536;

/** A constant of one of the model's graphs, attributes of its nodes included; throws `graph_no_value`. */
export function findTensor(model: Model, { path, name }: TensorPlace): Tensor {
  for (const located of locateGraphs(model)) {
    if (located.path !== path) continue;
    const nodes = located.kind === 'function' ? located.body.nodes : located.graph.nodes;
    const { initializers, sparse } =
      located.kind === 'function' ? { initializers: [], sparse: [] } : located.graph;
    const constants = [...initializers, ...sparse.map(({ values }) => values)];
    const found =
      constants.find((tensor) => tensor.name === name) ??
      nodes.find(({ outputs }) => outputs.includes(name))?.attributes.get('value');
    if (found && !('kind' in found)) return found;
    if (found && 'kind' in found && found.kind === 'tensor') return found.value;
  }
  throw new AppError('graph_no_value', { file: model.file, value: name });
}

/** Reads a tensor twice from front to back: for its range, then for what lies where in it. */
export async function reportTensor(tensor: Tensor, job: Job): Promise<TensorReport | null> {
  const gathering = new Gathering();
  for await (const { numbers } of numberPieces(tensor, job)) gathering.add(numbers);
  const { statistics } = gathering;
  if (statistics.count !== elementCount(tensor.dims)) return null;
  const histogram = emptyHistogram(statistics);
  const { axis, count, inner } = channelsOf(tensor.dims);
  const ranges: ChannelRange[] = Array.from({ length: count }, () => ({ min: Infinity, max: -Infinity }));
  for await (const { from, numbers } of numberPieces(tensor, createJob())) {
    countInto(histogram, numbers);
    if (count > 0) widen(ranges, numbers, from, inner);
  }
  return { statistics, histogram, channels: { axis, ranges } };
}

/** The outputs of a layer: rows of a convolution's weight, columns of a matrix that is multiplied from the right. */
function channelsOf(dims: readonly number[]): { axis: number; count: number; inner: number } {
  const axis = dims.length === 2 ? 1 : 0;
  const count = dims.length < 2 ? 0 : (dims[axis] ?? 0);
  if (count > MOST_CHANNELS) return { axis, count: 0, inner: 1 };
  return { axis, count, inner: elementCount(dims.slice(axis + 1)) };
}

/** The last two dimensions of a tensor at `leading`; a vector is one row. */
export async function heatOf(tensor: Tensor, leading: readonly number[]): Promise<Heat | null> {
  const { dims } = tensor;
  const columns = dims.at(-1) ?? 1;
  const rows = dims.at(-2) ?? 1;
  const outer = dims.slice(0, -2);
  const plane = outer.reduce((at, dim, axis) => at * dim + Math.min(dim - 1, leading[axis] ?? 0), 0);
  const [down, across] = [Math.ceil(rows / MOST_PIXELS) || 1, Math.ceil(columns / MOST_PIXELS) || 1];
  const [height, width] = [Math.ceil(rows / down), Math.ceil(columns / across)];
  const values = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const first = row * down;
    const taken = Math.min(down, rows - first);
    const numbers = await readNumbers(tensor, (plane * rows + first) * columns, taken * columns);
    if (numbers === null) return null;
    for (let i = 0; i < taken * columns; i += 1) {
      const at = row * width + Math.floor((i % columns) / across);
      const value = numbers[i] ?? 0;
      if (!(Math.abs(value) <= Math.abs(values[at] ?? 0))) values[at] = value;
    }
  }
  return { width, height, values, rows, columns };
}

/** Elements as people read them. */
export async function valuesOf(tensor: Tensor, from: number, count: number): Promise<string[]> {
  const total = elementCount(tensor.dims);
  const taken = Math.max(0, Math.min(count, total - from));
  if (tensor.data.kind === 'strings') {
    return tensor.data.values.slice(from, from + taken).map((text) => new TextDecoder().decode(text));
  }
  if (tensor.dtype === 'int64' || tensor.dtype === 'uint64') {
    return Array.from(await readPiece(tensor, from, taken), String);
  }
  const numbers = await readNumbers(tensor, from, taken);
  if (numbers === null) return complexTexts(await readPiece(tensor, from, taken));
  return Array.from(numbers, (value) =>
    tensor.dtype === 'bool' ? (value ? 'true' : 'false') : short(value),
  );
}

/** Pairs of real and imaginary parts as people write them: `1+2i`. */
function complexTexts(parts: TypedArray): string[] {
  return Array.from({ length: parts.length / 2 }, (_, at) => {
    const [real, imaginary] = [Number(parts[2 * at]), Number(parts[2 * at + 1])];
    return `${short(real)}${imaginary < 0 ? '−' : '+'}${short(Math.abs(imaginary))}i`;
  });
}

/** Seven significant digits: what a float32 holds. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
}

/** A tensor as NumPy keeps it; 16-bit floats that NumPy lacks, and narrower elements, as float32. */
export async function npyOf(tensor: Tensor): Promise<Blob> {
  if (tensor.data.kind !== 'strings') return npyFile({ ...tensor, blob: tensorBlob(tensor) });
  const data = tensor.data.values.map((text) => new TextDecoder().decode(text));
  return new Blob([writeNpy({ dtype: 'string', dims: [...tensor.dims], data })]);
}
