import type { Checkpoint } from '../../../core/checkpoint';
import { isKnownCall } from '../../torch/operators';
import type { FoundGap } from '../../report';
import { Tape } from '../../tape/tape';
import type { Frontend } from '../frontend';
import { argumentsOf } from './arguments';
import { foundGap } from '../programs';
import { openProgram } from './program';

/**
 * A TorchScript archive: its code is evaluated on tensors without elements, so that methods are inlined and loops over
 * what is known are unrolled.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md
 */
export const torchscript: Frontend = {
  id: 'torchscript',
  label: 'TorchScript program',
  declines: ({ checkpoint }) =>
    checkpoint.format === 'torchscript' && checkpoint.module ? null : 'it is no TorchScript archive',
  async translate(request, freedom) {
    const { checkpoint, opset, read } = request;
    const args = argumentsOf(request, freedom);
    if ('questions' in args) return { kind: 'questions', questions: args.questions };
    const tape = new Tape({ opset });
    const program = await openProgram(tape, checkpoint, read);
    const given = args.make(tape);
    try {
      const outputs = program.run(given);
      return { kind: 'recorded', tape, outputs, notes: program.notes() };
    } catch (thrown) {
      const stopped = foundGap(thrown, checkpoint.file);
      const others = unknownOperators(checkpoint).filter(({ operator }) => operator !== stopped.operator);
      return { kind: 'gaps', gaps: [stopped, ...others] };
    }
  },
};

/** Operators of the code that nobody has written down, whether the program comes to them or not. */
function unknownOperators(checkpoint: Checkpoint): FoundGap[] {
  const gaps = new Map<string, FoundGap>();
  for (const { name: file, text } of checkpoint.sources) {
    for (const [at, line] of text.split('\n').entries()) {
      for (const [, namespace = '', name = ''] of line.matchAll(/\b(torch|ops\.quantized)\.(\w+)\(/g)) {
        const library = namespace === 'torch' ? 'aten' : 'quantized';
        const operator = `${library}::${name}`;
        if (gaps.has(operator) || isKnownCall(library, name)) continue;
        const reason = 'the program may come to it; no such operator is known here';
        gaps.set(operator, { operator, reason, file, line: at + 1, module: '' });
      }
    }
  }
  return [...gaps.values()];
}
