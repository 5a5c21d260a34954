import { dtypes } from '../src/core/dtype';
import { elementCount } from '../src/core/shape';
import { viewElements, type PlainTensor } from '../src/core/tensor';
import type { Model } from '../src/ir/model';

/**
 * Something for every input with free dimensions at 1: zeros, or `float` for floats; `null` where an input is no
 * tensor of numbers.
 */
export function feedsOf(model: Model, float = 0): Record<string, PlainTensor> | null {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const feeds: Record<string, PlainTensor> = {};
  for (const { name, type } of model.graph.inputs) {
    if (constants.has(name)) continue;
    if (type?.kind !== 'tensor' || !type.dtype || type.dtype === 'string' || type.shape === null) return null;
    const dims = type.shape.map((dim) => (typeof dim === 'number' && dim >= 0 ? dim : 1));
    const data = viewElements(type.dtype, new Uint8Array((elementCount(dims) * dtypes[type.dtype].bits) / 8));
    if (data instanceof Float32Array) data.fill(float);
    feeds[name] = { dtype: type.dtype, dims, data };
  }
  return feeds;
}
