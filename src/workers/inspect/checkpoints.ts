import type { Checkpoint, ModuleNode, NamedTensor, StoredTensor } from '../../core/checkpoint';
import type { CheckpointOutline, ModuleOutline } from '../../core/checkpoint-outline';
import { byteLength } from '../../core/dtype';
import type { TensorOutline } from '../../core/outline';
import { AppError } from '../../core/problem';
import { elementCount } from '../../core/shape';
import type { TensorPlace } from '../../core/tensor-report';
import { parameterCount } from '../../formats/checkpoint/describe';
import { isContiguous } from '../../core/strides';
import { readable } from '../../formats/checkpoint/readable';
import { elementsBlob } from '../../formats/checkpoint/save';
import { scalarsIn } from '../../formats/checkpoint/scalars';
import { tensorIn } from '../../ir/data';
import type { Tensor } from '../../ir/model';

/** A checkpoint as the screen shows it. */
export async function outlineCheckpoint(checkpoint: Checkpoint, bytes: number): Promise<CheckpointOutline> {
  const { tensors, entries, optimizers, module } = checkpoint;
  const scalars = await scalarsIn(entries.values());
  return {
    format: checkpoint.format,
    layout: checkpoint.layout,
    bytes,
    tensors: tensors.map(describeTensor),
    parameters: parameterCount(tensors),
    entries: Object.fromEntries(Array.from(entries, ([name, value]) => [name, readable(value, scalars)])),
    optimizers: optimizers.map(({ entry, algorithm, step, groups, tensors }) => ({
      ...{ entry, algorithm, step },
      groups: groups.map((group) =>
        Object.fromEntries(Array.from(group, ([name, value]) => [name, readable(value)])),
      ),
      tensors: tensors.map(describeTensor),
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
      Role: role,
      Device: storage.device,
      ...(isContiguous(tensor) ? {} : { Strides: tensor.strides.join(', ') }),
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

/** A tensor of a checkpoint by the entry it lies in, '' for the weights, and its name; throws `graph_no_value`. */
export async function checkpointTensor(checkpoint: Checkpoint, { path, name }: TensorPlace): Promise<Tensor> {
  const optimizer = checkpoint.optimizers.find(({ entry }) => entry === path);
  const tensors = optimizer?.tensors ?? checkpoint.tensors;
  const found = tensors.find((each) => each.name === name);
  if (!found) throw new AppError('graph_no_value', { file: checkpoint.file, value: name });
  const { dtype, dims } = found.tensor;
  return tensorIn(name, dtype, dims, await elementsBlob(found.tensor, name));
}
