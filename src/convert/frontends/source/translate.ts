import type { SourceText } from '../../../core/checkpoint';
import { invariant } from '../../../core/problem';
import type { Metadata } from '../../../ir/model';
import { createPython, type Python, type Value } from '../../../python';
import { examplesOf, freed } from '../../examples';
import type { Freedom, Request } from '../../request';
import { Tape } from '../../tape';
import { torchModules } from '../../torch/modules';
import { refuseDrawn } from '../../torch/random';
import type { Translation } from '../frontend';
import { foundGap, outputsIn } from '../programs';
import { construct, planOf, type Plan } from './constructed';
import { argumentsOf, assigned, forwardOf, missingInputs } from './inputs';
import { openPickled } from './network';
import { load, match, tensorsOf } from './weights';

/** Makes the network that sources define, with the weights of the checkpoint, and runs its `forward`. */
export async function translate(
  request: Request,
  freedom: Freedom,
  texts: readonly SourceText[],
): Promise<Translation> {
  const { checkpoint, opset } = request;
  const tape = new Tape({ opset });
  const sources = texts.map(({ name, text }) => ({ file: name, text }));
  const python = createPython({ sources, modules: torchModules(tape) });
  try {
    const plan = checkpoint.module ? null : planOf(request, sources);
    if (plan !== null && !('className' in plan)) return { kind: 'gaps', gaps: plan };
    const network = await open(python, tape, request, plan);
    return record(python, tape, network, request, freedom, plan);
  } catch (thrown) {
    return { kind: 'gaps', gaps: [foundGap(thrown, checkpoint.file)] };
  }
}

/** The network with its weights: made by its class, or put together again as it was pickled. */
async function open(python: Python, tape: Tape, request: Request, plan: Plan | null): Promise<Value> {
  const { checkpoint, read } = request;
  if (plan === null && checkpoint.module) return openPickled(python, tape, checkpoint.module, read);
  invariant(plan, 'a network that was not pickled has a plan');
  const network = construct(python, plan);
  const tensors = python.run((machine) => tensorsOf(machine, network));
  await load(tape, match(tensors, checkpoint.tensors), read);
  return network;
}

/** Runs `forward` on the inputs, unless something has to be asked first. */
function record(
  python: Python,
  tape: Tape,
  network: Value,
  request: Request,
  freedom: Freedom,
  plan: Plan | null,
): Translation {
  const { answers } = request;
  const parameters = python.run((machine) => forwardOf(machine, network));
  const given = assigned(parameters, freed(examplesOf(request), freedom));
  const questions = [...(plan?.questions ?? []), ...missingInputs(parameters, given)];
  const remarks = {
    notes: [...(plan?.notes ?? []), ...remarksOf(python)],
    questions,
    facts: factsOf(python, network),
  };
  if (questions.some(({ id, usual }) => usual === null && answers[id] === undefined))
    return { kind: 'questions', ...remarks };
  const result = python.run((machine) => {
    machine.callMethod(network, '_name', []);
    return machine.call(network, [], argumentsOf(tape, parameters, given));
  });
  const outputs = outputsIn(result);
  refuseDrawn(
    tape,
    outputs.map(({ tensor }) => tensor),
  );
  return { kind: 'recorded', tape, outputs, ...remarks };
}

/** What the evaluation left out or took for granted: the first of it, each once. */
function remarksOf({ notes }: Python): string[] {
  return [...new Set(notes.map(({ text }) => text))].slice(0, MOST_REMARKS);
}

const MOST_REMARKS = 8;

function factsOf(python: Python, network: Value): Metadata {
  return new Map([['class', python.machine.typeOf(network).name]]);
}
