import type { ChannelRange, Histogram, Statistics } from '../core/tensor-report';

/** Gathers statistics from numbers that come piece by piece. */
export class Gathering {
  #count = 0;
  #finite = 0;
  #min = Infinity;
  #max = -Infinity;
  #mean = 0;
  #squares = 0;
  #zeros = 0;
  #nans = 0;
  #infinities = 0;

  add(values: ArrayLike<number>): void {
    let finite = 0;
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? NaN;
      if (value - value !== 0) {
        if (Number.isNaN(value)) this.#nans += 1;
        else this.#infinities += 1;
        continue;
      }
      finite += 1;
      sum += value;
      if (value === 0) this.#zeros += 1;
      if (value < this.#min) this.#min = value;
      if (value > this.#max) this.#max = value;
    }
    this.#count += values.length;
    if (finite > 0) this.#merge(values, finite, sum / finite);
  }

  /** Chan, Golub and LeVeque: means and squares of pieces put together without losing digits. */
  #merge(values: ArrayLike<number>, finite: number, mean: number): void {
    let squares = 0;
    for (let i = 0; i < values.length; i += 1) {
      const away = (values[i] ?? NaN) - mean;
      if (away - away === 0) squares += away * away;
    }
    const total = this.#finite + finite;
    const apart = mean - this.#mean;
    this.#squares += squares + (apart * apart * this.#finite * finite) / total;
    this.#mean += (apart * finite) / total;
    this.#finite = total;
  }

  get statistics(): Statistics {
    const any = this.#finite > 0;
    return {
      count: this.#count,
      min: any ? this.#min : null,
      max: any ? this.#max : null,
      mean: any ? this.#mean : null,
      deviation: any ? Math.sqrt(this.#squares / this.#finite) : null,
      zeros: this.#zeros,
      nans: this.#nans,
      infinities: this.#infinities,
    };
  }
}

/** Statistics of numbers that are all there. */
export function statisticsOf(values: ArrayLike<number>): Statistics {
  const gathering = new Gathering();
  gathering.add(values);
  return gathering.statistics;
}

/** An empty histogram over a range; one stretch where all numbers are the same. */
export function emptyHistogram({ min, max }: Pick<Statistics, 'min' | 'max'>, stretches = 64): Histogram {
  const from = min ?? 0;
  const to = max ?? 0;
  return { from, to, counts: new Array<number>(from === to ? 1 : stretches).fill(0) };
}

/** Counts numbers into a histogram; those outside its range and those not finite are left out. */
export function countInto(histogram: Histogram, values: ArrayLike<number>): void {
  const { from, to, counts } = histogram;
  const last = counts.length - 1;
  // Halved where the whole range is beyond the largest double; divided last, for the smallest.
  const half = Number.isFinite(to - from) ? 1 : 0.5;
  const span = to * half - from * half;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!(value >= from && value <= to)) continue;
    const share = span > 0 ? (value * half - from * half) / span : 0;
    const at = Math.min(last, Math.floor(share * counts.length));
    counts[at] = (counts[at] ?? 0) + 1;
  }
}

/** Widens the ranges of channels by numbers of a tensor `[outer, channels, inner]`, of which `first` is the place. */
export function widen(ranges: ChannelRange[], values: ArrayLike<number>, first: number, inner: number): void {
  for (let i = 0; i < values.length; i += 1) {
    const range = ranges[Math.floor((first + i) / inner) % ranges.length];
    const value = values[i] ?? NaN;
    if (!range || value - value !== 0) continue;
    if (value < range.min) range.min = value;
    if (value > range.max) range.max = value;
  }
}
