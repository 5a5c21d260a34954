import { describe } from '../../core/describe';
import { AppError, toProblem } from '../../core/problem';
import { Gap } from '../gap';
import type { FoundGap } from '../report';

/** A gap or a problem of Python, as what a report says of it; throws anything else. */
export function foundGap(thrown: unknown, file: string): FoundGap {
  if (thrown instanceof Gap) {
    const { operator, reason, place } = thrown;
    const { line = null, module = '' } = place ?? {};
    return { operator, reason, file: place?.file || file, line, module };
  }
  const error: AppError | null = thrown instanceof AppError ? thrown : null;
  if (!error?.code.startsWith('python_')) throw thrown;
  const detail = error.detail as {
    file?: string;
    line?: number;
    what?: string;
    error?: string;
    reason?: string;
  };
  const reason = detail.what ?? detail.error ?? detail.reason ?? describe(toProblem(error)).text;
  return { operator: '', reason, file: detail.file ?? file, line: detail.line ?? null, module: '' };
}
