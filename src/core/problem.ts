import type { Code, Detail } from './problems';

/**
 * A failure a person can cause or meet: thrown with a code of the catalogue and the detail its sentence needs. The
 * sentences themselves are in `describe.ts`, so that code which only throws does not carry them.
 */
export class AppError<C extends Code = Code> extends Error {
  readonly code: C;
  readonly detail: Detail<C>;

  constructor(code: C, detail: Detail<C>, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(detail)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/** A problem as plain data: crosses workers, fits a record, is rendered by `ProblemCard`. */
export type Problem = { [C in Code]: { code: C; detail: Detail<C> } }[Code];

/** Any thrown value as a problem: an `AppError` keeps its code, everything else is a `bug`. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof AppError) {
    const { code, detail } = thrown as AppError;
    return { code, detail } as Problem;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { code: 'bug', detail: { message: error.message, stack: error.stack ?? '' } };
}

/** A part of the page that comes when it is first needed and did not, as a problem. */
export function incomplete(thrown: unknown): Problem {
  return {
    code: 'page_incomplete',
    detail: { reason: thrown instanceof Error ? thrown.message : String(thrown) },
  };
}

/** The error that carries a problem onwards; the way back from `toProblem`. */
export function toError(problem: Problem): AppError {
  return new AppError(problem.code, problem.detail);
}

/** Asserts what the code itself must guarantee; a failure is a bug, never a person's doing. */
export function invariant(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new Error(`It must hold that ${whatMustHold}.`);
}
