import type { Job } from '../core/job';
import { AppError, invariant, toProblem, type Problem } from '../core/problem';
import { checkModel } from '../ir/check';
import { knownOf } from '../ir/known';
import type { Model, Value } from '../ir/model';
import { checkTypes } from '../passes/check-types';
import { simplify } from '../passes/simplify';
import { splitBiases } from '../passes/split-biases';
import { finishModel } from './finish';
import { frontends } from './frontends';
import type { Frontend, Translation } from './frontends/frontend';
import { Gap } from './gap';
import { provenance } from './provenance';
import { prove } from './prove';
import { Stages, type Conversion, type FoundGap, type Port, type Report } from './report';
import type { Freedom, Request } from './request';
import { FixedSize } from './tape/meeting';
import type { Tape } from './tape/tape';

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
      return simplify(await splitBiases(await finishModel(tape, outputs, finishing)), job);
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

const extents: readonly Freedom['extent'][] = ['all', 'likely', 'batch', 'none'];
/** Sizes that are found to be one number, one after the other, before fewer are left free at once. */
const MOST_FIXED = 4;

/** The translation that leaves the most sizes free; the gaps of the one that leaves none where all have some. */
async function translateFreely(frontend: Frontend, request: Request, job: Job): Promise<Translation> {
  let translation: Translation | null = null;
  let stopped: FoundGap | undefined;
  for (const extent of extents) {
    const fixed = new Map<string, string>();
    for (let tries = 0; tries <= MOST_FIXED; tries++) {
      const freedom = { extent, but: new Set(fixed.keys()) };
      const found = await attempt(frontend, request, freedom, job);
      translation = found.translation;
      if (translation.kind === 'recorded') {
        return {
          ...translation,
          notes: [...fixedNotes(translation.tape, fixed, stopped), ...(translation.notes ?? [])],
        };
      }
      if (translation.kind === 'questions') return translation;
      const more = found.fixed.filter((name) => name !== 'batch' && !fixed.has(name));
      for (const name of more) fixed.set(name, translation.gaps[0]?.reason ?? '');
      if (more.length === 0) break;
    }
    stopped ??= translation?.kind === 'gaps' ? translation.gaps[0] : undefined;
  }
  invariant(translation, 'something was tried');
  return translation;
}

/** What could not be left free, where that leaves no more than the batch. */
function fixedNotes(
  { frame }: Tape,
  fixed: ReadonlyMap<string, string>,
  stopped: FoundGap | undefined,
): string[] {
  const names = frame.inputs
    .flatMap(({ type }) => knownOf(type).shape ?? [])
    .filter((dim) => typeof dim === 'string');
  const [first] = fixed.values();
  const why = first ?? (stopped && [stopped.operator, stopped.reason].filter(Boolean).join(': '));
  if (why === undefined || names.some((name) => name !== 'batch')) return [];
  return [
    `${names.length === 0 ? 'Its sizes are fixed' : 'Only its batch is free'}: with more left free, ${why}.`,
  ];
}

/** A translation, and the free sizes that stopped it, if any did. */
interface Attempt {
  translation: Translation;
  fixed: readonly string[];
}

async function attempt(frontend: Frontend, request: Request, freedom: Freedom, job: Job): Promise<Attempt> {
  const gap = (operator: string, reason: string): Translation => ({
    kind: 'gaps',
    gaps: [{ operator, reason, file: request.checkpoint.file, line: null, module: '' }],
  });
  try {
    return { translation: await frontend.translate(request, freedom, job), fixed: [] };
  } catch (thrown) {
    if (thrown instanceof FixedSize) return { translation: gap('', thrown.message), fixed: thrown.names };
    if (!(thrown instanceof Gap)) throw thrown;
    return { translation: gap(thrown.operator, thrown.reason), fixed: [] };
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
