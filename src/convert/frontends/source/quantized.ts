import type { NamedTensor } from '../../../core/checkpoint';
import { PyList, type Machine, type Value } from '../../../python';

/** Gives a network of floats the quantized layers whose tensors are stored, where there are any. */
export function quantizeLike(machine: Machine, network: Value, stored: readonly NamedTensor[]): void {
  if (!stored.some(({ tensor }) => tensor.quantization !== null)) return;
  const like = machine.module('torch.nn.quantized.loading')?.members.get('_quantized_like');
  if (like !== undefined) machine.call(like, [network, new PyList(stored.map(({ name }) => name))]);
}
