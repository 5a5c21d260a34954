import type { NamedTensor } from '../../../core/checkpoint';
import type { FunctionParameter, Value } from '../../../python';
import { Gap } from '../../gap';
import { countsIn, explained, numbersIn } from './candidates';
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
  /** What it may be, where the source lists that. */
  choices: readonly Value[];
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
  const counts = countsIn(stored);
  const args = new Map(
    plain.flatMap((parameter) => said(parameter, settings) ?? []).map((one) => [one.name, one]),
  );
  const tried = (more: Iterable<readonly [string, Value]> = []) =>
    trials.run(new Map([...Array.from(args.values(), ({ name, value }) => [name, value] as const), ...more]));

  for (const { name, choices } of plain) {
    const [first] = choices;
    if (!args.has(name) && first !== undefined) args.set(name, suggested(name, first, choices));
  }
  const unknown = plain.filter(({ name }) => !args.has(name)).map(({ name }) => name);
  let best = unknown.length === 0 ? tried() : null;
  for (const value of unknown.length === 0 ? [] : numbers) {
    best = tried(unknown.map((name) => [name, value]));
    if (best === null) continue;
    for (const name of unknown) args.set(name, suggested(name, value));
    break;
  }
  if (best === null) throw trials.failure ?? new Gap('its constructor cannot be called');

  // What files say may be of another training run; what a person said stays.
  for (let before = -Infinity; !isExact(best) && scoreOf(best) > before;) {
    before = scoreOf(best);
    for (const { name, value, origin, choices } of [...args.values()]) {
      if (origin === 'answer' || isExact(best)) continue;
      for (const other of likely(name, value, choices, best)) {
        const fit = tried([[name, other]]);
        if (fit === null || scoreOf(fit) <= scoreOf(best)) continue;
        best = fit;
        args.set(name, suggested(name, other, choices));
      }
    }
  }
  if (!isExact(best)) return { arguments: [...args.values()], fit: best };

  const judged = plain
    .flatMap(({ name }) => args.get(name) ?? [])
    .map((argument): Argument => {
      if (argument.setting !== null) return argument;
      const { value, choices } = argument;
      const near = typeof value === 'bigint' && choices.length === 0 ? [value * 2n, value + 1n] : [];
      const others = [...near, ...othersFor(value, choices, numbers)].slice(0, PROBES);
      // The first other value that can be tried tells; where none can, nothing is known of it.
      let isOpen = true;
      for (const other of others) {
        const fit = tried([[argument.name, other]]);
        if (fit === null) continue;
        isOpen = isExact(fit);
        break;
      }
      return { ...argument, isOpen, origin: isOpen ? argument.origin : 'sizes' };
    });
  return { arguments: judged, fit: best };

  /** Values of an argument that would explain sizes, or how many members a group has; none where it changes nothing. */
  function likely(name: string, value: Value, choices: readonly Value[], base: Match): Value[] {
    if (typeof value !== 'bigint' || choices.length > 0) return othersFor(value, choices, []);
    for (const probe of [value * 2n, value + 1n, ...numbers.slice(0, PROBES)]) {
      const other = probe === value ? null : tried([[name, probe]]);
      if (other === null) continue;
      const isCount = other.sizes.size !== base.sizes.size;
      const found = explained({ value, fit: base }, { value: probe, fit: other });
      return [...found.slice(0, PROBES), ...(isCount ? counts : [])].filter((one) => one !== value);
    }
    return [];
  }
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
function said(
  { name, otherwise, choices }: FunctionParameter,
  settings: readonly Setting[],
): Argument | null {
  const beside = settings.filter(({ from }) => from !== '');
  const setting =
    settings.find((one) => one.name === name) ??
    beside.find((one) => meaningOf(one.name) === meaningOf(name)) ??
    beside.find((one) => isPartOf(one.name, name));
  if (setting) {
    const origin = setting.from === '' ? 'answer' : 'setting';
    return { name, value: setting.value, origin, setting, isOpen: false, choices };
  }
  if (otherwise === undefined) return null;
  return { name, value: otherwise, origin: 'default', setting: null, isOpen: true, choices };
}

function suggested(name: string, value: Value, choices: readonly Value[] = []): Argument {
  return { name, value, origin: 'sizes', setting: null, isOpen: true, choices };
}

/** Other values: those that are listed, or of the same kind; none for other texts and fractions. */
function othersFor(value: Value, choices: readonly Value[], numbers: readonly bigint[]): Value[] {
  if (choices.length > 0) return choices.filter((choice) => choice !== value);
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'bigint' ? numbers.filter((number) => number !== value) : [];
}
