import type { Job } from '../core/job';
import { AppError, toProblem, type Problem } from '../core/problem';
import { checkModel } from '../ir/check';
import { knownOf } from '../ir/known';
import type { Model, Value } from '../ir/model';
import { checkTypes } from '../passes/check-types';
import { simplify } from '../passes/simplify';
import { finishModel } from './finish';
import { frontends } from './frontends';
import type { Frontend, Translation } from './frontends/frontend';
import { Gap } from './gap';
import { provenance } from './provenance';
import { prove } from './prove';
import { Stages, type Conversion, type Port, type Report } from './report';
import type { Freedom, Request } from './request';

/**
 * Makes a model of a checkpoint: the first frontend that does not decline translates it. What a person can cause
 * never throws; the report says what is missing, all at once.
 *
 *     const { report, model } = await convert({ checkpoint, read: readElements, ...rest }, job);
 *     if (model === null) show(report.gaps, report.questions, report.problem);
 */
export async function convert(request: Request, job: Job): Promise<Conversion> {
  const stages = new Stages();
  const report: Omit<Report, 'stages'> = {
    ...{ frontend: null, tried: [], gaps: [], questions: [], notes: [], inputs: [], outputs: [] },
    ...{ maxAbsError: null, problem: null },
  };
  let model: Model | null = null;
  const note = (more: Partial<Report>) => Object.assign(report, more);
  try {
    const frontend = await stages.run('read', () => choose(request, (tried) => note({ tried })));
    note({ frontend: { id: frontend.id, label: frontend.label } });
    const translation = await stages.run(
      'translate',
      () => translateFreely(frontend, request, job),
      ({ kind }) => kind === 'recorded',
    );
    note({ notes: translation.notes ?? [], questions: translation.questions ?? [] });
    if (translation.kind === 'gaps') note({ gaps: translation.gaps });
    if (translation.kind !== 'recorded') {
      return { report: { ...report, problem: reasonOf(request, translation), stages: stages.list }, model };
    }
    const finished = await stages.run('simplify', async () => {
      const { tape, outputs, named = [], facts } = translation;
      const metadata = provenance(request, frontend, facts);
      const file = request.checkpoint.file.replace(
        /(\.(pth|pt2?|tar|bin|ckpt|pkl|safetensors|lean|ptl|jit))*$/i,
        '',
      );
      const finishing = { file: `${file}.onnx`, metadata, read: request.read, named };
      return simplify(await finishModel(tape, outputs, finishing), job);
    });
    note({ inputs: finished.graph.inputs.map(portOf), outputs: finished.graph.outputs.map(portOf) });
    model = await stages.run('check', () => checked(finished));
    const { proof } = request;
    if (proof) {
      const result = await stages.run(
        'prove',
        () => prove(finished, proof),
        ({ maxAbsError }) => maxAbsError <= proof.tolerance,
      );
      note({ maxAbsError: result.maxAbsError, notes: [...report.notes, ...result.notes] });
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    note({ problem: toProblem(thrown) });
  }
  return { report: { ...report, stages: stages.list }, model };
}

/** The first frontend that applies; `told` hears what the others say. Throws `convert_unknown` where none does. */
function choose(request: Request, told: (tried: Report['tried']) => void): Frontend {
  const tried: { id: string; label: string; why: string }[] = [];
  for (const frontend of frontends) {
    const why = frontend.declines(request);
    if (why === null) {
      told(tried);
      return frontend;
    }
    tried.push({ id: frontend.id, label: frontend.label, why });
  }
  told(tried);
  throw new AppError('convert_unknown', { file: request.checkpoint.file, tried });
}

const freedoms: readonly Freedom[] = ['all', 'batch', 'none'];

/** The translation that leaves the most sizes free; the gaps of the one that leaves none where all have some. */
async function translateFreely(frontend: Frontend, request: Request, job: Job): Promise<Translation> {
  const [first = 'all', ...fewer] = freedoms;
  let translation = await attempt(frontend, request, first, job);
  const stopped = translation.kind === 'gaps' ? translation.gaps[0] : undefined;
  for (const freedom of fewer) {
    if (translation.kind !== 'gaps') break;
    translation = await attempt(frontend, request, freedom, job);
    if (translation.kind !== 'recorded' || stopped === undefined) continue;
    const what = freedom === 'none' ? 'Its sizes are fixed' : 'Only its batch is free';
    const reason = [stopped.operator, stopped.reason].filter(Boolean).join(': ');
    const notes = [`${what}: with more left free, ${reason}.`, ...(translation.notes ?? [])];
    translation = { ...translation, notes };
  }
  return translation;
}

async function attempt(
  frontend: Frontend,
  request: Request,
  freedom: Freedom,
  job: Job,
): Promise<Translation> {
  const gaps = (operator: string, reason: string): Translation => ({
    kind: 'gaps',
    gaps: [{ operator, reason, file: request.checkpoint.file, line: null, module: '' }],
  });
  try {
    const translation = await frontend.translate(request, freedom, job);
    const fixed = translation.kind === 'recorded' && freedom !== 'none' ? translation.tape.fixed : null;
    return fixed === null ? translation : gaps('', fixed);
  } catch (thrown) {
    if (!(thrown instanceof Gap)) throw thrown;
    return gaps(thrown.operator, thrown.reason);
  }
}

function reasonOf({ checkpoint, answers }: Request, translation: Translation): Problem {
  const { file } = checkpoint;
  if (translation.kind === 'gaps') {
    return { code: 'convert_gaps', detail: { file, gaps: translation.gaps } };
  }
  const needed = (translation.questions ?? []).filter(({ id, usual }) => usual === null && !answers[id]);
  const asked = needed.map(({ id, label, kind, why, choices = [] }) => ({ id, label, kind, why, choices }));
  return { code: 'convert_unanswered', detail: { file, needed: asked } };
}

/** The model itself; throws `convert_unsound` where the specification or its own shapes contradict it. */
function checked(model: Model): Model {
  const findings = [...checkModel(model), ...checkTypes(model)].filter(({ code }) => code !== 'graph_empty');
  if (findings.length > 0) {
    throw new AppError('convert_unsound', { file: model.file, findings: findings.map(({ text }) => text) });
  }
  return model;
}

function portOf({ name, type }: Value): Port {
  const { dtype, shape } = knownOf(type);
  return { name, dtype, shape };
}
