import type { NamedTensor } from '../../../core/checkpoint';
import { invariant } from '../../../core/problem';
import { createPython, type Python, type SourceText, type Value } from '../../../python';
import { Gap } from '../../gap';
import type { FoundGap, Question } from '../../report';
import type { Request } from '../../request';
import { Tape } from '../../tape/tape';
import { torchModules } from '../../torch/modules';
import { foundGap } from '../programs';
import type { Argument } from './arguments';
import { networkClasses, type NetworkClass } from './classes';
import { quantizeLike } from './quantized';
import { settingsOf } from './settings';
import { solve, type Solution } from './solve';
import { isExact, match, scoreOf, tensorsOf } from './weights';

/** A class of a source with arguments for its constructor, and what has to be said of that. */
export interface Plan {
  file: string;
  className: string;
  arguments: ReadonlyMap<string, Value>;
  questions: readonly Question[];
  notes: readonly string[];
}

/** Why no class of the sources has such tensors. */
type Failure = readonly FoundGap[];

/** Plans are found once for a request, which is translated several times. */
const plans = new WeakMap<Request, Plan | Failure>();

/** Finds the class that the weights belong to, and its arguments; what stops each where there is none. */
export function planOf(request: Request, sources: readonly SourceText[]): Plan | Failure {
  const plan = plans.get(request) ?? find(request, sources);
  plans.set(request, plan);
  return plan;
}

function find(request: Request, sources: readonly SourceText[]): Plan | Failure {
  const { checkpoint, answers } = request;
  const python = createPython({ sources, modules: torchModules(new Tape()) });
  const classes = networkClasses(python, sources);
  if (classes.length === 0) throw new Gap('no class of the source is derived from torch.nn.Module');
  const asked = classes.filter(({ type }) => type.name === answers.class);
  const settings = settingsOf(checkpoint, request.files, answers);
  const found: { one: NetworkClass; solution: Solution }[] = [];
  const failures: FoundGap[] = [];
  // Parts of others are tried where nothing else fits.
  const groups =
    asked.length > 0
      ? [asked]
      : [classes.filter(({ isPart }) => !isPart), classes.filter(({ isPart }) => isPart)];
  for (const one of groups.flat()) {
    if (one.isPart && found.some(({ solution }) => isExact(solution.fit))) break;
    try {
      const fits = (args: ReadonlyMap<string, Value>) => attempt(python, one, args, request);
      found.push({ one, solution: solve(one.parameters, settings, checkpoint.tensors, fits) });
    } catch (thrown) {
      // What others are derived from need not be a network by itself.
      const isBase = classes.some(({ type }) => type !== one.type && type.isDerivedFrom(one.type));
      if (!isBase) failures.push(foundGap(thrown, one.file));
    }
  }
  const ranked = found.toSorted((a, b) => scoreOf(b.solution.fit) - scoreOf(a.solution.fit));
  const [best] = ranked;
  if (best === undefined) return failures;
  const { type, file } = best.one;
  const { fit } = best.solution;
  if (!isExact(fit)) {
    const isNear = fit.pairs.length > 0 || failures.length === 0;
    return [...failures, ...(isNear ? [misfitOf(best.one, fit)] : [])];
  }
  const exact = ranked.filter(({ solution }) => isExact(solution.fit)).map(({ one }) => one.type.name);
  return {
    ...{ file, className: type.name },
    // Defaults are left to the source: they may be objects of the evaluation that tried them.
    arguments: new Map(
      best.solution.arguments.flatMap(({ name, value, origin }) =>
        origin === 'default' ? [] : [[name, value]],
      ),
    ),
    questions: [
      ...(exact.length > 1 ? [classQuestion(exact)] : []),
      ...best.solution.arguments.flatMap((argument) => questionOf(argument, python) ?? []),
    ],
    notes: [
      ...(fit.prefix === '' ? [] : [`Names begin with ${fit.prefix} in the file, which is taken off.`]),
      ...notesOf(best.solution.arguments, python),
    ],
  };
}

function attempt(python: Python, { type }: NetworkClass, args: ReadonlyMap<string, Value>, request: Request) {
  python.renew();
  const { tensors } = request.checkpoint;
  return python.run((machine) => {
    const network = machine.call(type, [], args);
    quantizeLike(machine, network, tensors);
    return match(tensorsOf(machine, network), tensors);
  });
}

/** Keys that do not fit, as PyTorch lists them. */
function misfitOf({ type, file }: NetworkClass, { missing, unexpected, misfits }: Solution['fit']): FoundGap {
  const parts = [
    ...(missing.length > 0 ? [`missing keys: ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`unexpected keys: ${unexpected.join(', ')}`] : []),
    ...(misfits.length > 0 ? [`other sizes: ${misfits.join(', ')}`] : []),
  ];
  const reason = `${type.name} does not fit the weights: ${parts.join('; ')}`;
  return { operator: '', reason, file, line: null, module: '' };
}

function classQuestion(names: readonly string[]): Question {
  const [usual = ''] = names;
  return {
    ...{ id: 'class', label: 'Class', kind: 'choice', choices: names, usual, isAssumed: true },
    why: 'Several classes of the source have these very tensors.',
  };
}

/** What nothing in the file tells is asked, or assumed where the source has a default; dropout does nothing. */
function questionOf(argument: Argument, python: Python): Question | null {
  const { name, value, certainty, partners, choices } = argument;
  if (certainty === 'told' || isIdle(argument) || isObject(argument)) return null;
  const text = python.run((machine) => machine.str(value));
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  const kind = choices.length > 0 ? 'choice' : isNumber ? 'number' : 'text';
  const listed = choices.map((choice) => python.run((machine) => machine.str(choice)));
  const isAssumed = certainty === 'assumed';
  const told =
    partners.length > 0 ? `The weights tell only its product with ${partners.join(' and ')}` : null;
  const why = isAssumed
    ? `${told ?? 'No weights tell it'}; this is what the source takes where nothing is said.`
    : `${told ?? 'The weights fit whatever it is'}, and the source has no usual value for it.`;
  return {
    ...{ id: name, label: name, kind, usual: isAssumed ? text : null, isAssumed, why },
    ...(choices.length > 0 && { choices: listed }),
  };
}

/** Arguments that change nothing when a network answers. */
function isIdle({ name }: Argument): boolean {
  return /drop/i.test(name);
}

/** Classes, functions and None, which nobody could type. */
function isObject({ value }: Argument): boolean {
  return typeof value === 'object';
}

function notesOf(args: readonly Argument[], python: Python): string[] {
  const kept = args.filter((one) => one.certainty === 'assumed' && isObject(one) && !isIdle(one));
  const names = kept.map(({ name, value }) => `${name} (${python.run((machine) => machine.repr(value))})`);
  return [
    ...args.flatMap((argument) => noteOf(argument, python) ?? []),
    ...(kept.length > 0 ? [`No weights tell ${names.join(', ')}: the source's own defaults are taken.`] : []),
  ];
}

function noteOf({ name, value, setting, origin, certainty }: Argument, python: Python): string | null {
  const text = () => python.run((machine) => machine.repr(value));
  if (setting === null && certainty === 'told')
    return `${name} is ${text()}, as the sizes of the weights tell.`;
  if (setting === null || origin !== 'setting') return null;
  if (setting.name === name) return `${name} is ${text()}, as ${setting.from} says.`;
  return `${name} is ${text()}: ${setting.from} calls it ${setting.name}.`;
}

/** The network of a plan, with quantized layers where the checkpoint has such. */
export function construct(
  python: Python,
  { file, className, arguments: args }: Plan,
  stored: readonly NamedTensor[],
): Value {
  const type = python.load(file).members.get(className);
  invariant(type !== undefined, `${className} is in ${file}`);
  return python.run((machine) => {
    const network = machine.call(type, [], args);
    quantizeLike(machine, network, stored);
    return network;
  });
}
