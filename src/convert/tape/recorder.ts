import type { Dtype } from '../../core/dtype';
import type { attributes } from '../../ir/attributes';
import type { Content } from './content';
import type { Home } from './frame';
import type { Size, SymInt } from './size';
import type { Tensor } from './tensor';

/** What a node takes: a tensor, a number of the first tensor's dtype, sizes as an int64 vector, nothing. */
export type Input = Tensor | number | readonly Size[] | null;

/** Plain values for the attributes of a node: `{ float }` is a float, other numbers are integers. */
export type Attributes = Parameters<typeof attributes>[0];

/** What the caller knows of an output and `ir` cannot tell. */
export interface Made {
  dtype?: Dtype;
  /** `null` for a size that is found out when the model runs. */
  sizes?: readonly (Size | null)[];
  elements?: readonly Size[];
}

/** A number of the program. Whole ones are bigints, so that 2 and 2.0 are told apart. */
export type Scalar = bigint | number | boolean | SymInt;

/** What sizes are turned into data with. */
export interface Recorder {
  constant(dtype: Dtype, dims: readonly number[], numbers: readonly number[]): Tensor;
  node(op: string, inputs: readonly Input[], attributes?: Attributes, made?: Made): Tensor;
  tensor(content: Content): Tensor;
  once(key: string, make: () => Tensor): Tensor;
  homeOf(name: string): Home | undefined;
  leastOf(name: string): number;
}
