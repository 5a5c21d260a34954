/** What the numbers of a tensor are like; `null` where there are none to say it of. */
export interface Statistics {
  count: number;
  /** Over the finite ones. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Standard deviation of the whole population. */
  deviation: number | null;
  zeros: number;
  nans: number;
  infinities: number;
}

/** How many finite numbers lie in each of equally wide stretches from `from` to `to`. */
export interface Histogram {
  from: number;
  to: number;
  counts: number[];
}

/** The range of one channel, which is what quantization must cover. */
export interface ChannelRange {
  min: number;
  max: number;
}

/** Which tensor: a graph's path, and the name of a constant of it. */
export interface TensorPlace {
  path: string;
  name: string;
}

/** What a tensor holds, read once from front to back. */
export interface TensorReport {
  statistics: Statistics;
  histogram: Histogram;
  /** By channel of `axis`, which is where a layer's outputs lie; empty for vectors and scalars. */
  channels: { axis: number; ranges: ChannelRange[] };
}

/** The last two dimensions of a tensor at one place of the others, made smaller where they are large. */
export interface Heat {
  width: number;
  height: number;
  /** Row by row; of several elements behind one the one furthest from zero. */
  values: Float32Array<ArrayBuffer>;
  /** Rows and columns as they are. */
  rows: number;
  columns: number;
}
