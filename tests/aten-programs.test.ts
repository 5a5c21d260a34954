import { describe, expect, test } from 'vitest';
import { callAten, finishModel, Tape, type Argument, type Result, type Tensor } from '../src/convert';
import { readElements } from '../src/formats/checkpoint/elements';
import { encodeOnnx } from '../src/formats/onnx';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import type { PlainTensor } from '../src/core/tensor';
import { argumentsOn, expectedOf, freeing, recordedPrograms, type Program, type Reference } from './aten';
import { check, run } from './aten-run';

describe.each(recordedPrograms())('A torch program that $name', (program) => {
  // Sizes that several places take as numbers are known in both ways.
  const isPacked = program.name.includes('packed');
  const params = program.inputs.map((_, at) => at).filter((at) => at > 1);

  test.each([false, true])('gives what PyTorch gives, free sizes: %s', async (isFree) => {
    const needsSizes = /every other row|chunks|whole numbers|by index|column/.test(program.name);
    if (isFree && !needsSizes) await freeing(compare);
    else await compare(null);
  });

  async function compare(kept: ReadonlySet<string> | null) {
    const tape = new Tape();
    const one = { op: '', args: program.inputs, out: [], params: isPacked ? params : [] };
    const { given, feeds } = argumentsOn(tape, one, kept);
    const known = record(tape, program, given);
    const tensors = program.outputs.map((output) => resolve(output, known) as Tensor);
    const outputs = tensors.map((tensor, at) => ({ name: `y${at}`, tensor }));
    const model = await finishModel(tape, outputs, { file: 'program.onnx', read: readElements });
    const text = printModel(model);
    expect(
      checkModel(model).filter(({ code }) => code !== 'graph_empty'),
      text,
    ).toEqual([]);
    const found = await run(await encodeOnnx(model), feeds, text);
    for (const [at, encoded] of program.out.entries()) {
      check(found[`y${at}`], expectedOf(encoded) as PlainTensor, tensors[at], undefined, text);
    }
  }
});

/** Makes the calls one after another; what they give joins what later ones can name. */
function record(tape: Tape, program: Program, inputs: readonly Argument[]): Argument[] {
  const known = [...inputs];
  for (const { op, args, named } of program.steps) {
    const words = Object.entries(named).map(([key, value]) => [key, resolve(value, known)]);
    const result: Result = callAten(
      tape,
      op,
      args.map((one) => resolve(one, known)),
      Object.fromEntries(words) as Record<string, Argument>,
    );
    known.push(...(Array.isArray(result) ? (result as Tensor[]) : [result as Tensor]));
  }
  return known;
}

function resolve(value: Reference, known: readonly Argument[]): Argument {
  if (Array.isArray(value)) return value.map((one) => resolve(one, known));
  if (value === null || typeof value !== 'object') return typeof value === 'number' ? BigInt(value) : value;
  if ('r' in value) return known[value.r] ?? null;
  return 'd' in value ? value.d : 'f' in value ? Number(value.f) : null;
}
