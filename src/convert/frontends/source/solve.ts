import type { NamedTensor } from '../../../core/checkpoint';
import type { FunctionParameter, Value } from '../../../python';
import { Gap } from '../../gap';
import { numbersIn } from './candidates';
import type { Setting } from './settings';
import { isPartOf, meaningOf } from './spelling';
import { Trials, type Attempt } from './trials';
import type { Match } from './weights';

/** An argument of a constructor, and how sure it is. */
export interface Argument {
  name: string;
  value: Value;
  /** A person's answer, a setting of a file, the sizes of the weights, or the source's own default. */
  origin: 'answer' | 'setting' | 'sizes' | 'default';
  /** Where it stands and what it is called there. */
  setting: Setting | null;
  /** Whether the weights would fit with another value too, and nobody said which. */
  isOpen: boolean;
}

/** The best that was found for a class. */
export interface Solution {
  arguments: readonly Argument[];
  fit: Match;
}

/** Values that are tried to see whether the weights tell an argument. */
const PROBES = 12;

/**
 * Finds arguments with which a class has the tensors of the checkpoint: what people and files say, the source's own
 * defaults, and for the rest numbers that the sizes of the weights suggest.
 */
export function solve(
  parameters: readonly FunctionParameter[],
  settings: readonly Setting[],
  stored: readonly NamedTensor[],
  attempt: Attempt,
): Solution {
  const plain = parameters.filter(({ kind }) => kind === 'plain');
  const trials = new Trials(attempt);
  const numbers = numbersIn(stored);
  const args = new Map(
    plain.flatMap((parameter) => said(parameter, settings) ?? []).map((one) => [one.name, one]),
  );
  const tried = (more: Iterable<readonly [string, Value]> = []) =>
    trials.run(new Map([...Array.from(args.values(), ({ name, value }) => [name, value] as const), ...more]));

  const unknown = plain.filter(({ name }) => !args.has(name)).map(({ name }) => name);
  let best = unknown.length === 0 ? tried() : null;
  for (const value of unknown.length === 0 ? [] : numbers) {
    const fit = tried(unknown.map((name) => [name, value]));
    if (fit === null || (best !== null && scoreOf(fit) <= scoreOf(best))) continue;
    best = fit;
    for (const name of unknown) args.set(name, suggested(name, value));
  }
  if (best === null) throw trials.failure ?? new Gap('its constructor cannot be called');

  // What files say may be of another training run; what a person said stays.
  for (let before = -Infinity; !isExact(best) && scoreOf(best) > before;) {
    before = scoreOf(best);
    for (const { name, value, origin } of [...args.values()]) {
      for (const other of origin === 'answer' ? [] : othersFor(value, numbers)) {
        const fit = tried([[name, other]]);
        if (fit === null || scoreOf(fit) <= scoreOf(best)) continue;
        best = fit;
        args.set(name, suggested(name, other));
      }
    }
  }
  if (!isExact(best)) return { arguments: [...args.values()], fit: best };

  const judged = plain
    .flatMap(({ name }) => args.get(name) ?? [])
    .map((argument): Argument => {
      if (argument.setting !== null) return argument;
      const others = othersFor(argument.value, numbers).slice(0, PROBES);
      const fits = (other: Value) => {
        const fit = tried([[argument.name, other]]);
        return fit !== null && isExact(fit);
      };
      // Where nothing else can be tried, nothing is known of it.
      const isOpen = others.length === 0 || others.some(fits);
      return { ...argument, isOpen, origin: isOpen ? argument.origin : 'sizes' };
    });
  return { arguments: judged, fit: best };
}

/** Whether names and sizes are all the same. */
export function isExact({ missing, unexpected, misfits }: Match): boolean {
  return missing.length + unexpected.length + misfits.length === 0;
}

/** The more the better: tensors that fit, and few that do not. */
export function scoreOf({ pairs, missing, unexpected, misfits, likeness }: Match): number {
  return pairs.length * 2 + likeness - missing.length - unexpected.length - misfits.length;
}

/** What somebody says of a parameter, by its name or another that means the same, or else its default. */
function said({ name, otherwise }: FunctionParameter, settings: readonly Setting[]): Argument | null {
  const beside = settings.filter(({ from }) => from !== '');
  const setting =
    settings.find((one) => one.name === name) ??
    beside.find((one) => meaningOf(one.name) === meaningOf(name)) ??
    beside.find((one) => isPartOf(one.name, name));
  if (setting) {
    const origin = setting.from === '' ? 'answer' : 'setting';
    return { name, value: setting.value, origin, setting, isOpen: false };
  }
  if (otherwise === undefined) return null;
  return { name, value: otherwise, origin: 'default', setting: null, isOpen: true };
}

function suggested(name: string, value: Value): Argument {
  return { name, value, origin: 'sizes', setting: null, isOpen: true };
}

/** Other values of the same kind; none for texts and fractions, which seldom decide a size. */
function othersFor(value: Value, numbers: readonly bigint[]): Value[] {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'bigint' ? numbers.filter((number) => number !== value) : [];
}
