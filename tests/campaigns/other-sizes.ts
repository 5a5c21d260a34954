import { elementCount } from '../../src/core/shape';
import type { PlainTensor, TypedArray } from '../../src/core/tensor';
import { knownOf } from '../../src/ir/known';
import type { Model } from '../../src/ir/model';

/** Inputs of other sizes than the recorded ones. */
export interface OtherSizes {
  /** As they were recorded: in their order, under their names. */
  inputs: ReadonlyMap<string, PlainTensor>;
  /** `batch 2 → 3`, for each size that the model leaves free. */
  changed: readonly string[];
}

/** Half as many again of everything that a model leaves free; `null` where it leaves nothing free. */
export function otherSizes(model: Model, recorded: ReadonlyMap<string, PlainTensor>): OtherSizes | null {
  const changed = new Map<string, string>();
  const ports = model.graph.inputs;
  const inputs = Array.from(recorded, ([name, tensor], at): [string, PlainTensor] => {
    const port = ports.find((one) => one.name === name) ?? ports[at];
    const shape = port ? knownOf(port.type).shape : null;
    const dims = tensor.dims.map((size, axis) => {
      const dim = shape?.[axis];
      if (typeof dim !== 'string') return size;
      const more = size + Math.ceil(size / 2);
      changed.set(dim, `${dim} ${String(size)} → ${String(more)}`);
      return more;
    });
    return [name, grown(tensor, dims)];
  });
  return changed.size === 0 ? null : { inputs: new Map(inputs), changed: [...changed.values()] };
}

/** A tensor that goes on from its beginning along every axis; fractions change on the way, indices stay valid. */
function grown({ dtype, dims, data }: PlainTensor, wanted: readonly number[]): PlainTensor {
  const from = data as TypedArray;
  const to = new (from.constructor as Float32ArrayConstructor)(elementCount(wanted));
  for (let at = 0; at < to.length; at++) {
    let [left, source, stride, isNew] = [at, 0, 1, false];
    for (let axis = wanted.length - 1; axis >= 0; axis--) {
      const [size, more] = [dims[axis] ?? 1, wanted[axis] ?? 1];
      const place = left % more;
      left = Math.floor(left / more);
      source += (place % size) * stride;
      stride *= size;
      isNew ||= place >= size;
    }
    const value = from[source] ?? 0;
    to[at] = (isNew && dtype === 'float32' ? Number(value) * (1 + 0.3 * Math.sin(at)) : value) as number;
  }
  return { dtype, dims: [...wanted], data: to };
}
