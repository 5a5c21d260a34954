import type { Attribute } from '../../ir/model';
import { Gap } from '../gap';
import { bodyOf, describeContent, emptyFrame } from './frame';
import type { Size } from './size';
import { isSame, symbol } from './symint';
import type { Tape } from './tape';
import type { Tensor } from './tensor';

/** What one round of a loop gives: the states after it, and whether another round follows. */
export interface Round {
  states: readonly Tensor[];
  goesOn: Tensor | null;
}

/**
 * The states after as many rounds as a number or a condition says when the model runs: an ONNX Loop. The round's
 * number is an int64 tensor of no dimensions. Sizes that change from round to round are found out when the model
 * runs; dtypes and ranks stay.
 * @see https://onnx.ai/onnx/operators/onnx__Loop.html
 */
export function loop(
  tape: Tape,
  count: Tensor | null,
  states: readonly Tensor[],
  round: (number: Tensor, states: readonly Tensor[]) => Round,
  condition: Tensor | null = null,
): Tensor[] {
  let sizes = states.map((state): (Size | null)[] => [...state.sizes]);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const found = attempted(tape, states, sizes, round);
    const changed = found.sizes.map((list, at) =>
      list.map((size, axis) => (size !== null && isSame(size, sizes[at]?.[axis] ?? undefined) ? size : null)),
    );
    if (
      changed.every((list, at) =>
        list.every((size, axis) => (size === null) === ((sizes[at]?.[axis] ?? null) === null)),
      )
    ) {
      const made = states.map((state, at) => ({ dtype: state.dtype, sizes: sizes[at] ?? [] }));
      return tape.nodes('Loop', [count, condition, ...states], {}, made, { body: found.body });
    }
    sizes = changed;
  }
  throw new Gap('a loop whose sizes do not settle');
}

/** Each attempt frees at least one more size; beyond this the program does something else. */
const MOST_ATTEMPTS = 8;

function attempted(
  tape: Tape,
  states: readonly Tensor[],
  sizes: readonly (readonly (Size | null)[])[],
  round: (number: Tensor, states: readonly Tensor[]) => Round,
): { body: Attribute; sizes: (Size | null)[][] } {
  const frame = emptyFrame();
  return tape.enter(frame, () => {
    const inputOf = (label: string, like: { dtype: Tensor['dtype']; sizes: readonly (Size | null)[] }) => {
      const name = tape.names.scoped(label);
      const content = {
        ...{ dtype: like.dtype, elements: null, source: null, name },
        sizes: like.sizes.map((size, axis) => size ?? symbol(`${name}.${axis}`)),
      };
      tape.settle(content);
      frame.inputs.push(describeContent(content));
      return tape.tensor(content);
    };
    const number = inputOf('round', { dtype: 'int64', sizes: [] });
    inputOf('goes_on', { dtype: 'bool', sizes: [] });
    const inputs = states.map((state, at) =>
      inputOf('state', { dtype: state.dtype, sizes: sizes[at] ?? [] }),
    );
    const { states: after, goesOn } = round(number, inputs);
    if ([...frame.changed.keys()].some((tensor) => !tensor.isView))
      throw new Gap('a loop that writes to a tensor it does not carry');
    const outputs = [goesOn ?? tape.constant('bool', [], [true]), ...after].map((tensor, at) => {
      const dtype = at === 0 ? 'bool' : (states[at - 1]?.dtype ?? tensor.dtype);
      return tape.node('Identity', [tape.cast(tensor, dtype)], {}, { sizes: tensor.sizes }).content;
    });
    const given = after.map(({ sizes: list }) => list.map((size) => size));
    return { body: bodyOf('body', frame, outputs), sizes: given };
  });
}
