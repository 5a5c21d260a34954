import type { Argument } from '../../operators/bind';
import { Gap } from '../../gap';
import { callAten } from '../../operators/operators';
import { openParameter } from '../../tape/parameters';
import type { ReadElements } from '../../tape/initializers';
import type { Tape } from '../../tape/tape';
import { Tensor } from '../../tape/tensor';
import { isSizeFree, type Geometry } from './geometry';
import { hiddenBefore, type Layer } from './layers';

/** What is assumed or was answered of a chain. */
export interface Choices {
  /** After which layer, by its name. */
  activation: (after: string) => string;
  final: string;
  pool: string;
  eps: number;
  stride: number;
  geometry: Geometry | null;
}

/** The activations a chain can have between its layers, as torch calls them. */
export const activations: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ReLU: 'relu', LeakyReLU: 'leaky_relu', Tanh: 'tanh', Sigmoid: 'sigmoid', GELU: 'gelu' },
    ...{ ELU: 'elu', SiLU: 'silu', none: '' },
  }),
);

/** What may come behind the last layer. */
export const endings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ scores: '', softmax: 'softmax.int', 'log-softmax': 'log_softmax.int', sigmoid: 'sigmoid' },
  }),
);

/** Whether there may be an activation behind a layer: it is not the last, and there is room where places are numbered. */
export function isActivated(chain: readonly Layer[], at: number): boolean {
  const next = chain[at + 1];
  return next !== undefined && !next.kind.endsWith('norm') && hiddenBefore(chain, at + 1) !== 0;
}

/** Records the layers in their order, with what lies between them. */
export async function recordChain(
  tape: Tape,
  chain: readonly Layer[],
  input: Tensor,
  choices: Choices,
  read: ReadElements,
): Promise<Tensor> {
  let x = input;
  let convolution = '';
  const call = (name: string, ...args: Argument[]) => tensorOf(callAten(tape, `aten::${name}`, args));
  const between = (at: number) => {
    const next = chain[at + 1];
    if (next === undefined || next.kind.endsWith('norm')) return;
    const activation = isActivated(chain, at)
      ? activations.get(choices.activation(chain[at]?.name ?? ''))
      : '';
    if (activation) x = call(activation, x);
    const isPooled = choices.geometry?.pooled.includes(convolution);
    const rank = x.rank - 2;
    if (isPooled) x = call(`${choices.pool}_pool${rank}d`, x, [...new Array<bigint>(rank).fill(2n)]);
    convolution = '';
    if (next.kind === 'linear' && x.rank > 2) {
      if (isSizeFree(chain)) x = call(`adaptive_avg_pool${rank}d`, x, [...new Array<bigint>(rank).fill(1n)]);
      x = call('flatten.using_ints', x, 1n);
    }
  };
  for (const [at, layer] of chain.entries()) {
    const tensors = await open(tape, layer, read);
    x = tape.scope(layer.name, () => recordLayer(x, layer, tensors, choices, call));
    if (layer.kind === 'conv') convolution = layer.name;
    between(at);
  }
  const ending = endings.get(choices.final) ?? '';
  if (ending === '') return x;
  return ending === 'sigmoid' ? call(ending, x) : call(ending, x, 1n);
}

function recordLayer(
  x: Tensor,
  { kind, kernel, groups, gives }: Layer,
  tensors: (key: string) => Tensor | null,
  { eps, stride, geometry }: Choices,
  call: (name: string, ...args: Argument[]) => Tensor,
): Tensor {
  const [weight, bias] = [tensors('weight'), tensors('bias')];
  if (kind === 'linear') return call('linear', x, weight, bias);
  if (kind === 'layer norm') return call('layer_norm', x, [BigInt(gives)], weight, bias, eps);
  if (kind === 'batch norm') {
    return call(
      'batch_norm',
      x,
      weight,
      bias,
      tensors('running_mean'),
      tensors('running_var'),
      false,
      0.1,
      eps,
      false,
    );
  }
  const padding = kernel.map((width) => (geometry?.padding === 'none' ? 0n : BigInt(Math.floor(width / 2))));
  const each = (value: number) => kernel.map(() => BigInt(value));
  const args = [x, weight, bias, each(stride), padding, each(1), BigInt(groups)];
  return call(`conv${kernel.length}d`, ...args);
}

/** The tensors of a layer by their keys, with 32 bits where they have 16. */
async function open(
  tape: Tape,
  { name, tensors }: Layer,
  read: ReadElements,
): Promise<(key: string) => Tensor | null> {
  const opened = new Map<string, Tensor>();
  for (const [key, stored] of tensors) {
    const tensor = await openParameter(tape, `${name}.${key}`, stored, read);
    opened.set(key, /16$/.test(tensor.dtype) ? tape.cast(tensor, 'float32') : tensor);
  }
  return (key) => opened.get(key) ?? null;
}

function tensorOf(result: unknown): Tensor {
  if (result instanceof Tensor) return result;
  throw new Gap('a layer gives a tensor');
}
