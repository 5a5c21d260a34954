import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import type { ArgumentsOf } from './schema-types';

/** What an operator gives: tensors, a number or size where it asks for a fact. */
export type Result = Tensor | Size | boolean | null | readonly (Tensor | null)[] | readonly Size[];

/** Records what an operator does, with arguments bound and of the types of its schema. */
type Emit<Arguments> = (tape: Tape, args: Arguments) => Result;

/** An operator that shows a part of its first argument. */
export interface ViewEmitter<Arguments> {
  read: Emit<Arguments>;
  /** The first argument with `value` where the view shows it; `index` counts in a list of views. */
  write: (tape: Tape, args: Arguments, value: Tensor, index: number) => Tensor;
}

type Emitter<Arguments> = Emit<Arguments> | ViewEmitter<Arguments>;

/** The operators of one file by their schemas. */
export type Family = Readonly<Record<string, Emitter<never>>>;

/**
 * Operators of torch by their schemas, word for word as PyTorch writes them: the schema names the overload, binds
 * arguments and types them. The one export of each file in `aten/`.
 *
 *     export default aten({
 *       'aten::relu(Tensor self) -> Tensor': (tape, { self }) => tape.node('Relu', [self]),
 *     });
 *
 * @see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/native_functions.yaml
 */
export function aten<Text extends string>(family: {
  readonly [Key in Text]: Emitter<ArgumentsOf<Key>>;
}): Readonly<Record<Text, Emitter<never>>> {
  return family;
}
