import { AppError } from '../../core/problem';
import { PyDict, PyList, PyTuple, type Value } from '../../python';
import { Gap } from '../gap';
import type { FoundGap } from '../report';
import { TensorValue } from '../torch/values';
import type { Named } from './frontend';

/** The tensors that a program returned: one, several in their order, or by their keys. */
export function outputsIn(result: Value): Named[] {
  const found = [...tensorsIn(result, '')];
  return found.map(({ name, tensor }, at) => ({
    name: name || (found.length === 1 ? 'output' : `output_${at}`),
    tensor,
  }));
}

function* tensorsIn(value: Value, name: string): Generator<Named> {
  if (value instanceof TensorValue) yield { name, tensor: value.tensor };
  else if (value instanceof PyList || value instanceof PyTuple) {
    for (const item of value.items) yield* tensorsIn(item, '');
  } else if (value instanceof PyDict) {
    for (const [key, item] of value.entries.values())
      yield* tensorsIn(item, typeof key === 'string' ? key : '');
  }
}

/** A gap or a problem of Python, as what a report says of it; throws anything else. */
export function foundGap(thrown: unknown, file: string): FoundGap {
  if (thrown instanceof Gap) {
    const { operator, reason, place } = thrown;
    const { line = null, module = '' } = place ?? {};
    return { operator, reason, file: place?.file || file, line, module };
  }
  const error: AppError | null = thrown instanceof AppError ? thrown : null;
  if (!error?.code.startsWith('python_')) throw thrown;
  const detail = error.detail as { file?: string; line?: number; what?: string; error?: string };
  const reason = detail.what ?? detail.error ?? error.code;
  return { operator: '', reason, file: detail.file ?? file, line: detail.line ?? null, module: '' };
}
