import { storedBytes } from '../../ir/data';
import type { Model, Tensor } from '../../ir/model';

/** One stored weight: the tensor it makes, how its numbers are stored, and the bytes that takes with its scales. */
export interface Layer {
  name: string;
  precision: string;
  bytes: number;
}

/** The constants of a model by the tensor they make, the largest part of each giving the precision. */
export function layersOf(model: Model): Layer[] {
  const parts = new Map<string, Tensor[]>();
  for (const tensor of model.graph.initializers) {
    const name = tensor.name.replace(/(:(int8|int4|fp16|scale))+$/, '');
    parts.set(name, [...(parts.get(name) ?? []), tensor]);
  }
  return Array.from(parts, ([name, tensors]) => {
    const sized = tensors.map((tensor) => ({ tensor, bytes: storedBytes(tensor) }));
    const main = sized.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const packed = main.tensor.name.endsWith(':int4') ? 'int4' : main.tensor.dtype;
    return { name, precision: packed, bytes: sized.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}
