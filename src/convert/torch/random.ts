import type { Dtype } from '../../core/dtype';
import type { Node } from '../../ir/model';
import { subgraphsOf, usesOf } from '../../ir/walk';
import { Gap } from '../gap';
import { filled } from '../tape/filled';
import type { Size } from '../tape/size';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** Numbers that a program draws: what parameters are before they are learned. */
export function drawn(tape: Tape, sizes: readonly Size[], dtype: Dtype): Tensor {
  return tape.node('RandomUniformLike', [filled(tape, sizes, 0n, dtype)], {}, { sizes });
}

/** Whether a node draws numbers, itself or in a branch or loop that it holds. */
function draws(node: Node): boolean {
  return node.op.startsWith('Random') || subgraphsOf(node).some(({ nodes }) => nodes.some(draws));
}

/** Throws a `Gap` where outputs depend on numbers that are drawn. */
export function refuseDrawn(tape: Tape, outputs: readonly Tensor[]): void {
  const wanted = new Set(outputs.map((tensor) => tensor.content.name));
  for (const node of tape.frame.nodes.toReversed()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    if (draws(node)) {
      const [module = ''] = node.name.split(/\/(?=[^/]*$)/);
      const place = { file: '', line: null, module: module === node.name ? '' : module };
      throw new Gap('it depends on random numbers, which no file holds', '', place);
    }
    for (const name of usesOf(node)) wanted.add(name);
  }
}
