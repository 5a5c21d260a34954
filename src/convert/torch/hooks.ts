import type { Hooks } from '../../python';
import type { Tape } from '../tape/tape';
import { decideBranch } from './branches';
import { decideLoop } from './loops';

/** What becomes of conditions and loops that only running the model decides; `told` hears what is taken for granted. */
export function graphHooks(tape: Tape, told: (remark: string) => void): Hooks {
  return {
    branch: (branch) =>
      decideBranch(tape, branch, (text) => {
        told(`${branch.file}, line ${branch.line}: ${text}.`);
      }),
    loop: (loop) => decideLoop(tape, loop),
  };
}
