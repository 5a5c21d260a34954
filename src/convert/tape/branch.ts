import type { Dtype } from '../../core/dtype';
import type { Attribute } from '../../ir/model';
import { Gap } from '../gap';
import { promoteTypes } from '../operators/promotion';
import type { Content } from './content';
import { bodyOf, emptyFrame, type Frame } from './frame';
import type { Size } from './size';
import { isSame } from './symint';
import type { Tape } from './tape';
import type { Tensor } from './tensor';

/**
 * What one of two branches gives, whichever the condition chooses when the model runs: an ONNX If. Each branch
 * records into a graph of its own that sees everything around it; both give as many tensors. A tensor from outside
 * that a branch writes to in place is merged like a result.
 * @see https://onnx.ai/onnx/operators/onnx__If.html
 */
export function branch(
  tape: Tape,
  condition: Tensor,
  then: () => readonly Tensor[],
  otherwise: () => readonly Tensor[],
): Tensor[] {
  const [known] = condition.numbers ?? [];
  if (known !== undefined) return [...(known === 0 ? otherwise() : then())];
  const first = recordWay(tape, then);
  const second = recordWay(tape, otherwise);
  if (first.results.length !== second.results.length)
    throw new Gap('branches that give different numbers of tensors');
  const given = first.results.map((one, at): [Content, Content] => [one, second.results[at] ?? one]);
  return mergeWays(tape, condition, [first, second], given);
}

/** What pairs of contents, one of each way, are when the condition has chosen; tensors that a way wrote to follow. */
export function mergeWays(
  tape: Tape,
  condition: Tensor,
  ways: readonly [Way, Way],
  given: readonly (readonly [Content, Content])[],
): Tensor[] {
  const [first, second] = ways;
  const written = [...new Set(ways.flatMap((way) => [...way.written.keys()]))];
  const pairs = [
    ...given,
    ...written.map((tensor): [Content, Content] => [
      first.written.get(tensor) ?? tensor.content,
      second.written.get(tensor) ?? tensor.content,
    ]),
  ];
  const dtypes = pairs.map(([a, b]) => promoteTypes(a.dtype, b.dtype));
  const [thenBody, elseBody] = ways.map((way, at) => {
    const outputs = tape.resume(way.frame, () =>
      pairs.map((pair, place) => output(tape, pair[at] ?? pair[0], dtypes[place] ?? 'float32')),
    );
    return bodyOf(at === 0 ? 'then' : 'else', way.frame, outputs);
  });
  const made = pairs.map(([a, b], at) => ({ dtype: dtypes[at] ?? a.dtype, sizes: commonSizes(tape, a, b) }));
  const bodies = { then_branch: thenBody, else_branch: elseBody } as Record<string, Attribute>;
  if (pairs.length === 0) return [];
  const merged = tape.nodes('If', [tape.cast(condition, 'bool')], {}, made, bodies);
  for (const [at, tensor] of written.entries()) {
    const value = merged[given.length + at];
    if (value) tensor.become(value);
  }
  return merged.slice(0, given.length);
}

/** A branch as it was recorded. */
export interface Way {
  frame: Frame;
  results: Content[];
  /** Tensors from outside, and what they hold at the branch's end. */
  written: Map<Tensor, Content>;
}

/** Records a branch into a graph of its own. */
export function recordWay(tape: Tape, body: () => readonly Tensor[]): Way {
  const frame = emptyFrame();
  return tape.enter(frame, () => {
    const results = body().map((tensor) => tensor.content);
    // Views follow what they show.
    const roots = [...frame.changed.keys()].filter((tensor) => !tensor.isView);
    const written = new Map(roots.map((tensor) => [tensor, tensor.content]));
    return { frame, results, written };
  });
}

/** A graph gives what its own nodes make: what comes from outside passes through one. */
function output(tape: Tape, content: Content, dtype: Dtype): Content {
  return tape.node('Identity', [tape.cast(tape.tensor(content), dtype)], {}, { sizes: content.sizes })
    .content;
}

/** Sizes that are the same in both branches and known outside; others are found out when the model runs. */
function commonSizes(tape: Tape, a: Content, b: Content): (Size | null)[] {
  if (a.sizes.length !== b.sizes.length) throw new Gap('branches that give tensors of different ranks');
  return a.sizes.map((size, at) => (isSame(size, b.sizes[at]) && tape.isKnownHere(size) ? size : null));
}
