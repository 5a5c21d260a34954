import type { NamedTensor } from '../../../core/checkpoint';
import type { FunctionParameter, Value } from '../../../python';
import { Gap } from '../../gap';
import { said, suggested, type Argument } from './arguments';
import { countsIn, explained, numbersIn, othersFor, PROBES } from './candidates';
import { judge } from './judge';
import type { Setting } from './settings';
import { Trials, type Attempt } from './trials';
import { isExact, scoreOf, type Match } from './weights';

/** The best that was found for a class. */
export interface Solution {
  arguments: readonly Argument[];
  fit: Match;
}

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

  const fitting = plain.flatMap(({ name }) => args.get(name) ?? []);
  return { arguments: judge(fitting, plain, numbers, trials), fit: best };

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
