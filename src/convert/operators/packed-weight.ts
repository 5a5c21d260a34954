import type { Tensor } from '../tape/tensor';

/** Weights that quantized layers keep together: the weight's steps, a bias of floats, and how a convolution moves. */
export class PackedWeight {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;

  constructor(
    weight: Tensor,
    bias: Tensor | null,
    moves: {
      stride?: readonly number[];
      padding?: readonly number[];
      dilation?: readonly number[];
      groups?: number;
    } = {},
  ) {
    this.weight = weight;
    this.bias = bias;
    this.stride = moves.stride ?? [1, 1];
    this.padding = moves.padding ?? [0, 0];
    this.dilation = moves.dilation ?? [1, 1];
    this.groups = moves.groups ?? 1;
  }
}

/** What one direction of a quantized recurrent layer keeps together: weights for its input and for its last state. */
export class PackedCell {
  readonly weights: readonly [PackedWeight, PackedWeight];
  /** Biases of the input and of the last state. */
  readonly biases: readonly [Tensor, Tensor];

  constructor(weights: readonly [PackedWeight, PackedWeight], biases: readonly [Tensor, Tensor]) {
    this.weights = weights;
    this.biases = biases;
  }
}
