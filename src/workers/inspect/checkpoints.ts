import type { Checkpoint, ModuleNode, NamedTensor, StoredTensor } from '../../core/checkpoint';
import type { CheckpointOutline, ModuleOutline } from '../../core/checkpoint-outline';
import { byteLength, dtypes } from '../../core/dtype';
import type { TensorOutline } from '../../core/outline';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import { parameterCount } from '../../formats/checkpoint/describe';
import { isContiguous, readElements } from '../../formats/checkpoint/elements';
import { readable } from '../../formats/checkpoint/readable';
import { tensorIn, tensorOf } from '../../ir/data';
import type { Tensor } from '../../ir/model';

/** A checkpoint as the screen shows it. */
export function outlineCheckpoint(checkpoint: Checkpoint, bytes: number): CheckpointOutline {
  const { tensors, entries, optimizers, module } = checkpoint;
  return {
    format: checkpoint.format,
    layout: checkpoint.layout,
    bytes,
    tensors: tensors.map(describeTensor),
    parameters: parameterCount(tensors),
    entries: Object.fromEntries(Array.from(entries, ([name, value]) => [name, readable(value)])),
    optimizers: optimizers.map(({ entry, algorithm, step, tensors }) => ({
      ...{ entry, algorithm, step },
      tensors: tensors.length,
    })),
    module: module && outlineModule(module),
    sources: checkpoint.sources,
    imports: checkpoint.imports,
    findings: checkpoint.findings,
    sizes: checkpoint.sizes,
    droppable: checkpoint.droppable,
    sketch: checkpoint.sketch,
    problems: checkpoint.problems,
  };
}

function describeTensor({ name, tensor }: NamedTensor): TensorOutline {
  const { dtype, dims, quantization, role, storage, sparse } = tensor;
  return {
    ...{ name, dtype, dims, doc: '' },
    bytes: byteLength(dtype, elementCount(dims)),
    location: null,
    present: storage.blob !== null || sparse !== null || elementCount(dims) === 0,
    sparse: sparse !== null,
    metadata: {
      role,
      device: storage.device,
      ...(isContiguous(tensor) ? {} : { strides: tensor.strides.join(', ') }),
    },
    quantization: quantization === null ? {} : scalesOf(quantization),
  };
}

function scalesOf(quantization: NonNullable<StoredTensor['quantization']>): Record<string, string> {
  return quantization.kind === 'tensor'
    ? { scale: String(quantization.scale), 'zero point': String(quantization.zeroPoint) }
    : { axis: String(quantization.axis), scales: quantization.scales.dims.join(' × ') };
}

function outlineModule({ name, type, parameters, children }: ModuleNode): ModuleOutline {
  return { name, type, parameters: parameterCount(parameters), children: children.map(outlineModule) };
}

/** A tensor of a checkpoint by its name: a slice of the file where its elements lie in order, else read. */
export async function checkpointTensor({ file, tensors }: Checkpoint, name: string): Promise<Tensor> {
  const found = tensors.find((each) => each.name === name);
  if (!found) throw new AppError('graph_no_value', { file, value: name });
  const { dtype, dims, offset, storage, sparse } = found.tensor;
  const size = dtypes[dtype].bits / 8;
  const isSlice =
    storage.blob !== null && storage.packed === null && !storage.bigEndian && sparse === null && size >= 1;
  if (isSlice && isContiguous(found.tensor) && storage.blob) {
    const from = offset * size;
    return tensorIn(
      name,
      dtype,
      dims,
      storage.blob.slice(from, from + byteLength(dtype, elementCount(dims))),
    );
  }
  return tensorOf(name, dtype, dims, await readElements(found.tensor, name));
}
