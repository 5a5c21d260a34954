import type { Dtype } from './dtype';

/** A node of one of two models. */
export interface NodeMention {
  /** Its name, or that of its first output. */
  name: string;
  operator: string;
}

/** A node that both models have, not quite alike. */
export interface NodeChange extends NodeMention {
  /** What is different, each in a few words. */
  changes: string[];
}

/** A constant of one of two models. */
export interface TensorMention {
  name: string;
  dtype: Dtype;
  dims: readonly number[];
}

/** A constant that both models have, with other numbers or of another kind. */
export interface TensorChange extends TensorMention {
  /** Its name, dtype and dimensions in the other model. */
  other: TensorMention;
  /** How far apart the numbers are; `null` where kinds or sizes do not allow to say. */
  distance: Distance | null;
}

export interface Distance {
  /** Largest absolute difference. */
  largest: number;
  /** Root of the mean square difference, relative to that of the first tensor. */
  relative: number;
  /** 1 for the same direction. */
  cosine: number;
}

/** What is different between two models: the second as seen from the first. */
export interface ModelDifference {
  nodes: { same: number; added: NodeMention[]; removed: NodeMention[]; changed: NodeChange[] };
  tensors: { same: number; added: TensorMention[]; removed: TensorMention[]; changed: TensorChange[] };
  /** Identity, operator sets, inputs, outputs and `metadata_props`; `null` for what one of them lacks. */
  metadata: { key: string; before: string | null; after: string | null }[];
}
