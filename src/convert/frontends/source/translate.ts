import type { SourceText } from '../../../core/checkpoint';
import { invariant } from '../../../core/problem';
import type { Metadata } from '../../../ir/model';
import { createPython, type Python, type SourceText as PythonSource, type Value } from '../../../python';
import { examplesOf, freed } from '../../examples';
import type { Freedom, Request } from '../../request';
import { Gap } from '../../gap';
import type { FoundGap } from '../../report';
import { Tape } from '../../tape/tape';
import { torchModules } from '../../torch/modules';
import { graphHooks } from '../../torch/hooks';
import { refuseDrawn } from '../../torch/random';
import { namedResults } from '../../torch/results';
import type { Translation } from '../frontend';
import { foundGap } from '../programs';
import { construct, planOf, type Plan } from './constructed';
import { argumentsOf, assigned, forwardOf, missingInputs } from './inputs';
import { openPickled } from './network';
import { unknownCalls } from './unknown-calls';
import { load, match, tensorsOf } from './weights';

/** A network with its weights, and how it came about. */
interface Opened {
  python: Python;
  tape: Tape;
  network: Value;
  /** `null` for one that was pickled whole. */
  plan: Plan | null;
}

/** Makes the network that sources define, with the weights of the checkpoint, and runs its `forward`. */
export async function translate(
  request: Request,
  freedom: Freedom,
  texts: readonly SourceText[],
): Promise<Translation> {
  const { checkpoint, opset } = request;
  const tape = new Tape({ opset });
  const taken = new Set<string>();
  const sources = texts.map(({ name, text }) => ({ file: name, text }));
  const hooks = graphHooks(tape, (remark) => taken.add(remark));
  const python = createPython({ sources, hooks, modules: torchModules(tape) });
  try {
    const plan = checkpoint.module ? null : planOf(request, sources);
    if (plan !== null && !('className' in plan)) return gapsOf(plan, python, sources);
    const network = await open(python, tape, request, plan);
    const translation = record({ python, tape, network, plan }, request, freedom);
    return { ...translation, notes: [...(plan?.notes ?? []), ...taken, ...remarksOf(python)] };
  } catch (thrown) {
    return gapsOf([foundGap(thrown, checkpoint.file)], python, sources);
  }
}

/** What stops the network, and all calls that nobody has written down. */
function gapsOf(
  stopping: readonly FoundGap[],
  python: Python,
  sources: readonly PythonSource[],
): Translation {
  const unknown = unknownCalls(python, sources);
  // What came of an unknown value stops the network later than the call that gave it.
  const others = stopping.filter(
    ({ reason }) => !unknown.some(({ operator }) => reason.includes(`<${operator}(`)),
  );
  return { kind: 'gaps', gaps: [...others, ...unknown] };
}

/** Makes the network by its class, or puts together again what was pickled. */
async function open(python: Python, tape: Tape, request: Request, plan: Plan | null): Promise<Value> {
  const { checkpoint, read } = request;
  if (plan === null && checkpoint.module) return openPickled(python, tape, checkpoint.module, read);
  invariant(plan, 'a network that was not pickled has a plan');
  const network = construct(python, plan, checkpoint.tensors);
  const tensors = python.run((machine) => tensorsOf(machine, network));
  await load(tape, match(tensors, checkpoint.tensors), read);
  return network;
}

/** Runs `forward` on the inputs, unless something has to be asked first. */
function record({ python, tape, network, plan }: Opened, request: Request, freedom: Freedom): Translation {
  const { answers } = request;
  const parameters = python.run((machine) => forwardOf(machine, network));
  const known = assigned(parameters, examplesOf(request));
  const given = new Map(freed([...known.values()], freedom).map((example) => [example.name, example]));
  const questions = [...(plan?.questions ?? []), ...missingInputs(parameters, given)];
  const facts: Metadata = new Map([['class', python.machine.typeOf(network).name]]);
  if (questions.some(({ id, usual }) => usual === null && answers[id] === undefined))
    return { kind: 'questions', questions, facts };
  const outputs = python.run((machine) => {
    machine.callMethod(network, '_begin', []);
    return namedResults(machine, machine.call(network, [], argumentsOf(tape, parameters, given)));
  });
  if (outputs.length === 0) throw new Gap('forward gives no tensor');
  refuseDrawn(
    tape,
    outputs.map(({ tensor }) => tensor),
  );
  return { kind: 'recorded', tape, outputs, questions, facts };
}

/** What the evaluation left out or took for granted: the first of it, each once. */
function remarksOf({ notes }: Python): string[] {
  return [...new Set(notes.map(({ text }) => text))].slice(0, MOST_REMARKS);
}

const MOST_REMARKS = 8;
