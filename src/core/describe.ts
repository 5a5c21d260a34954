import type { Problem } from './problem';
import { problems, type Code } from './problems';

/** The catalogue's words for a problem: what happened, where and why, what to do. */
export interface Described {
  code: Code;
  title: string;
  text: string;
  todo: string;
}

/** Fills the catalogue's sentences with a problem's detail. */
export function describe(problem: Problem): Described {
  const entry = problems[problem.code] as Entry;
  return {
    code: problem.code,
    title: entry.title,
    text: entry.text(problem.detail),
    todo: typeof entry.todo === 'string' ? entry.todo : entry.todo(problem.detail),
  };
}

interface Entry {
  title: string;
  text: (detail: unknown) => string;
  todo: string | ((detail: unknown) => string);
}
