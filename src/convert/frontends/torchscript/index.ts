import type { Checkpoint } from '../../../core/checkpoint';
import { AppError } from '../../../core/problem';
import type { Value } from '../../../python';
import { examplesOf, freed } from '../../examples';
import { Gap } from '../../gap';
import { isKnownCall } from '../../torch/operators';
import type { FoundGap, Question } from '../../report';
import { Tape } from '../../tape';
import { TensorValue } from '../../torch/values';
import type { Frontend } from '../frontend';
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
    const parameters = parametersOf(checkpoint);
    const given = examplesOf(request);
    const examples = freed(
      parameters.flatMap(({ name, type }, at) => {
        const example = given.find((one) => one.name === name) ?? (type === 'Tensor' ? given[at] : undefined);
        return example ? [{ ...example, name }] : [];
      }),
      freedom,
    );
    const missing = parameters.filter(
      ({ name, type }) => type === 'Tensor' && !examples.some((one) => one.name === name),
    );
    if (missing.length > 0) return { kind: 'questions', questions: missing.map(({ name }) => sizeOf(name)) };
    const tape = new Tape({ opset });
    const program = await openProgram(tape, checkpoint, read);
    const args = parameters.map(({ name, type, otherwise }): Value => {
      const example = examples.find((one) => one.name === name);
      if (example) return new TensorValue(tape, tape.input(name, example.dtype, example.dims));
      if (otherwise !== undefined) return otherwise;
      if (type.startsWith('Optional')) return null;
      throw new Gap(`its argument ${name} is of the type ${type}, which is no tensor`);
    });
    try {
      const outputs = program.run(args);
      return { kind: 'recorded', tape, outputs, notes: program.notes() };
    } catch (thrown) {
      const stopped = gapOf(thrown, checkpoint);
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

/** What `forward` takes: `forward(self, x: Tensor, lengths: Optional[Tensor]=None) -> Tensor`. */
function parametersOf({ module }: Checkpoint): { name: string; type: string; otherwise?: Value }[] {
  const forward = module?.methods.find((method) => method.startsWith('forward('));
  const list = /^forward\(self,?\s*(.*)\)(?: ->.*)?$/.exec(forward ?? '')?.[1] ?? '';
  return list
    .split(/,\s*(?![^[]*\])/)
    .filter(Boolean)
    .map((parameter) => {
      const [name = '', type = 'Tensor'] = parameter.split(/\s*:\s*/);
      const [, said = ''] = /=\s*(.*)$/.exec(type) ?? [];
      const otherwise = literals.get(said);
      return { name, type: type.replace(/\s*=.*$/, ''), ...(otherwise !== undefined && { otherwise }) };
    });
}

/** Defaults that need no reading. */
const literals = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
]);

function sizeOf(name: string): Question {
  return {
    ...{ id: `input.${name}`, label: `Size of ${name}`, kind: 'shape', usual: null, isAssumed: false },
    why: 'A TorchScript program does not say what its tensors are like.',
  };
}

function gapOf(thrown: unknown, { file }: Checkpoint): FoundGap {
  if (thrown instanceof Gap) {
    const { operator, reason, place } = thrown;
    return { operator, reason, ...(place ?? { file, line: null, module: '' }) };
  }
  const error: AppError | null = thrown instanceof AppError ? thrown : null;
  if (error?.code.startsWith('python_')) {
    const { code } = error;
    const detail = error.detail as {
      file?: string;
      line?: number;
      what?: string;
      error?: string;
    };
    return {
      operator: '',
      reason: detail.what ?? detail.error ?? code,
      ...{ file: detail.file ?? file, line: detail.line ?? null, module: '' },
    };
  }
  throw thrown;
}
