import type { Checkpoint, CheckpointFormat, ModuleNode, NamedTensor, Value } from '../../core/checkpoint';
import { formatBytes } from '../../core/format';
import { AppError } from '../../core/problem';
import { dtypes } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import type { Report } from './report';
import { arrange } from './layout';
import { describeOptimizers } from './optimizer';
import { moduleTree } from './modules';
import { sketch } from './sketch';
import { namedTensors } from './walk';

/** What a reader found in a file. */
export interface Found {
  file: string;
  bytes: number;
  format: CheckpointFormat;
  root: Value;
  report: Report;
  /** Where the reader knows better than the names tell. */
  layout?: Checkpoint['layout'];
  module?: ModuleNode | null;
  /** Beside what the root says of itself. */
  entries?: ReadonlyMap<string, Value>;
  /** Where the reader knows better than a walk through the root. */
  tensors?: readonly NamedTensor[];
}

/**
 * What a checkpoint is: which entries are weights, what lies beside them, what it takes. Throws `file_unsafe` for a
 * file that would run something and holds no tensor.
 */
export function describeCheckpoint({ file, bytes, format, root, report, ...known }: Found): Checkpoint {
  const arranged = arrange(root);
  const tensors = known.tensors ?? namedTensors(arranged.weights, arranged.leaves);
  const optimizers = [...arranged.optimizers].flatMap(([entry, value]) => describeOptimizers(entry, value));
  const held = optimizers.flatMap((optimizer) => optimizer.tensors);
  if (report.findings.length > 0 && tensors.length === 0) {
    throw new AppError('file_unsafe', {
      file,
      findings: report.findings,
      imports: [...report.imports].sort(),
    });
  }
  const sizes = { file: bytes, weights: storedBytes(tensors), optimizer: storedBytes(held) };
  return {
    ...{ file, format, tensors, root, optimizers, sizes },
    layout: known.layout ?? arranged.layout,
    entries: new Map([...arranged.entries, ...(known.entries ?? [])]),
    module: known.module ?? moduleTree(arranged.weights),
    sources: report.sources,
    imports: [...report.imports].sort(),
    findings: report.findings,
    droppable: droppable(tensors, sizes),
    sketch: sketch(tensors),
    problems: report.findings.map(({ text, place }) => ({
      code: 'file_unsafe',
      text: `Loading it in Python ${text} (${place}).`,
    })),
  };
}

/** Elements that a model would load; a tensor with two names counts for both, as in a state dict. */
export function parameterCount(tensors: readonly NamedTensor[]): number {
  return tensors.reduce((sum, { tensor }) => sum + elementCount(tensor.dims), 0);
}

/** Bytes of the storages under tensors, shared ones once. */
function storedBytes(tensors: readonly NamedTensor[]): number {
  const storages = new Set(
    tensors
      .flatMap(({ tensor }) => (tensor.sparse ? [...tensor.sparse.indices, tensor.sparse.values] : [tensor]))
      .map(({ storage }) => storage),
  );
  return [...storages].reduce((sum, { bytes }) => sum + bytes, 0);
}

function droppable(tensors: readonly NamedTensor[], sizes: Checkpoint['sizes']): string[] {
  const viewed = new Map<object, number>();
  for (const { tensor } of tensors) {
    const bytes = (elementCount(tensor.dims) * dtypes[tensor.dtype].bits) / 8;
    viewed.set(tensor.storage, (viewed.get(tensor.storage) ?? 0) + bytes);
  }
  const storages = new Set(tensors.map(({ tensor }) => tensor.storage));
  const unseen = [...storages].reduce(
    (sum, storage) => sum + Math.max(0, storage.bytes - (viewed.get(storage) ?? 0)),
    0,
  );
  return [
    ...(sizes.optimizer > 0
      ? [`the optimizer's state, ${formatBytes(sizes.optimizer)}: only training on needs it`]
      : []),
    ...(unseen > 0 ? [`elements that no tensor shows, ${formatBytes(unseen)}`] : []),
  ];
}
