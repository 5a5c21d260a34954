import type { FunctionParameter, Value } from '../../../python';
import type { Setting } from './settings';
import { isPartOf, meaningOf } from './spelling';

/** An argument of a constructor, and how sure it is. */
export interface Argument {
  name: string;
  value: Value;
  /** A person's answer, a setting of a file, the sizes of the weights, or the source's own default. */
  origin: 'answer' | 'setting' | 'sizes' | 'default';
  /** Where it stands and what it is called there. */
  setting: Setting | null;
  /** Whether somebody or the weights tell it, or the source's default is taken for it, or it has to be asked. */
  certainty: Certainty;
  /** Arguments that the weights tell only together with it, as the product. */
  partners: readonly string[];
  /** What it may be, where the source lists that. */
  choices: readonly Value[];
}

type Certainty = 'told' | 'assumed' | 'asked';

/** What somebody says of a parameter, by its name or another that means the same, or else its default. */
export function said(
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
    return { name, value: setting.value, origin, setting, choices, certainty: 'told', partners: [] };
  }
  if (otherwise === undefined) return null;
  return {
    name,
    value: otherwise,
    origin: 'default',
    setting: null,
    choices,
    certainty: 'assumed',
    partners: [],
  };
}

/** A value that is tried where nobody says one. */
export function suggested(name: string, value: Value, choices: readonly Value[] = []): Argument {
  return { name, value, origin: 'sizes', setting: null, choices, certainty: 'asked', partners: [] };
}
