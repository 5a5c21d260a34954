import type { OperatorKind } from './kinds';

/** A graph as it is drawn: plain data, every length in px at full size. */
export interface Picture {
  width: number;
  height: number;
  /** In the order of the file: inputs, then nodes and folded groups, then outputs. */
  boxes: readonly Box[];
  /** Groups that are open, outer ones before inner ones. */
  frames: readonly Frame[];
  /** Node index → the box that shows it: its own, that of a folded group, or that of what takes a constant. */
  boxOf: Int32Array;
  links: Links;
}

/** What is drawn as one rectangle with words in it. */
export interface Box {
  /** `n12`, `g/layer1/0`, `i/image`, `e/mask` for a value from outside, `o/scores`; stable between pictures. */
  id: string;
  kind: 'node' | 'group' | 'input' | 'outer' | 'output';
  /** Index of the node; -1 for others. */
  node: number;
  /** Path of the folded group, or of the group that the box lies in. */
  group: string;
  operator: OperatorKind;
  title: string;
  lines: readonly string[];
  x: number;
  y: number;
  width: number;
  height: number;
  /** Nodes it stands for. */
  nodes: number;
  /** Multiply-accumulates and bytes of all of them; `null` where unknown. */
  macs: number | null;
  weightBytes: number;
  activationBytes: number | null;
  /** Graphs that can be entered here, as `GraphOutline.path`. */
  opens: readonly string[];
}

/** An open group around its members. */
export interface Frame {
  id: string;
  group: string;
  title: string;
  nodes: number;
  depth: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Values on their way between boxes, one entry a value and pair of boxes. */
export interface Links {
  /** Boxes, by their place in `Picture.boxes`. */
  from: Int32Array;
  to: Int32Array;
  /** Name and type of the value: `image`, `1 × 1 × 28 × 28`. */
  names: readonly string[];
  types: readonly string[];
  /** Link `i` goes through `points[2 * starts[i]] … points[2 * starts[i + 1] - 1]`, x and y by turns. */
  starts: Uint32Array;
  points: Float32Array;
}

/** A piece of a link's way, in the words of paths. */
export type Stroke = (x1: number, y1: number, x2: number, y2: number, isCurve: boolean) => void;

/** Goes along a link: straight where two points stand above or beside each other, else a curve that sets out and arrives upright. */
export function trace({ starts, points }: Links, link: number, stroke: Stroke): void {
  const end = starts[link + 1] ?? 0;
  for (let i = (starts[link] ?? 0) + 1; i < end; i += 1) {
    const x1 = points[2 * i - 2] ?? 0;
    const y1 = points[2 * i - 1] ?? 0;
    const x2 = points[2 * i] ?? 0;
    const y2 = points[2 * i + 1] ?? 0;
    stroke(x1, y1, x2, y2, Math.abs(x1 - x2) > 0.5 && Math.abs(y1 - y2) > 0.5);
  }
}
