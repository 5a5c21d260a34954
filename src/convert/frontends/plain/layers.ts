import type { NamedTensor, StoredTensor } from '../../../core/checkpoint';

/** A layer that names and shapes tell of. */
export interface Layer {
  /** The path of its tensors: `conv1`, `features.0`. */
  name: string;
  kind: 'linear' | 'conv' | 'batch norm' | 'layer norm';
  /** Values or channels it takes and gives; a norm gives what it takes. */
  takes: number;
  gives: number;
  kernel: readonly number[];
  groups: number;
  tensors: ReadonlyMap<string, StoredTensor>;
}

/** The layers of a state dict as one chain, or why they are none, as a sentence without a full stop. */
export function chainOf(tensors: readonly NamedTensor[]): Layer[] | string {
  const groups = new Map<string, Map<string, StoredTensor>>();
  for (const { name, tensor } of tensors) {
    const dot = name.lastIndexOf('.');
    const prefix = name.slice(0, Math.max(0, dot));
    const group = groups.get(prefix) ?? new Map<string, StoredTensor>();
    groups.set(prefix, group.set(name.slice(dot + 1), tensor));
  }
  const layers: Layer[] = [];
  for (const [name, group] of groups) {
    const layer = layerOf(name, group);
    if (typeof layer === 'string') return layer;
    layers.push(layer);
  }
  if (layers.length === 0) return 'it holds no tensors';
  const straight = linked(layers);
  if (typeof straight !== 'string') return straight;
  // Safetensors keep no order; numbers in names often do.
  const sorted = linked(layers.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })));
  return typeof sorted === 'string' ? straight : sorted;
}

function layerOf(name: string, group: ReadonlyMap<string, StoredTensor>): Layer | string {
  const weight = group.get('weight');
  const strange = [...group.keys()].find((key) => !known.has(key));
  const label = name === '' ? 'a tensor without a layer' : name;
  if (strange !== undefined) return `${label} holds ${strange}, whose use its name does not tell`;
  if (!weight) return `${label} has no weight`;
  if (weight.quantization || !weight.dtype.includes('float')) return `${label} holds ${weight.dtype} numbers`;
  const [first = 0, second = 0, ...kernel] = weight.dims;
  const layer = (kind: Layer['kind'], takes: number) =>
    ({ name, kind, takes, gives: first, kernel, groups: 1, tensors: group }) satisfies Layer;
  if (group.has('running_mean')) return layer('batch norm', first);
  if (weight.dims.length === 1)
    return group.has('bias') && !/group|instance/i.test(name)
      ? layer('layer norm', first)
      : `${label} may be any norm`;
  if (/transpose|deconv/i.test(name)) return `${label} looks like a transposed convolution`;
  if (/emb/i.test(name) && !group.has('bias')) return `${label} looks like an embedding`;
  if (weight.dims.length === 2) return layer('linear', second);
  return kernel.length >= 1 && kernel.length <= 3
    ? layer('conv', second)
    : `${label} has ${weight.dims.length} dimensions`;
}

const known = new Set(['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']);

/** The layers where each takes what the one before gives, with the groups of convolutions; else where they do not fit. */
function linked(layers: readonly Layer[]): Layer[] | string {
  const chain: Layer[] = [];
  for (const layer of layers) {
    const before = chain.at(-1);
    const given = before?.gives ?? layer.takes;
    const isImage = chain.some(({ kind }) => kind === 'conv') && !chain.some(({ kind }) => kind === 'linear');
    const groups = layer.kind === 'conv' ? given / layer.takes : 1;
    const fits =
      layer.kind === 'conv'
        ? Number.isInteger(groups) &&
          layer.gives % groups === 0 &&
          !chain.some(({ kind }) => kind === 'linear')
        : isImage && layer.kind === 'linear'
          ? layer.takes % given === 0
          : layer.takes === given && !(isImage && layer.kind === 'layer norm');
    if (!fits) return `${layer.name} takes ${layer.takes} and ${before?.name ?? ''} before it gives ${given}`;
    chain.push({ ...layer, groups });
  }
  if (chain.every(({ kind }) => kind.endsWith('norm'))) return 'it holds norms and nothing between them';
  const ranks = new Set(chain.filter(({ kind }) => kind === 'conv').map(({ kernel }) => kernel.length));
  return ranks.size > 1 ? 'its convolutions are of different dimensions' : chain;
}

/** How many layers without weights lie before one, where names are places in an `nn.Sequential`; else `null`. */
export function hiddenBefore(chain: readonly Layer[], at: number): number | null {
  const [before, layer] = [chain[at - 1], chain[at]];
  const [a, b] = [before, layer].map((one) => /^(.*?)(\d+)$/.exec(one?.name ?? ''));
  if (!a || !b || a[1] !== b[1] || !(a[1] === '' || a[1]?.endsWith('.'))) return null;
  return Number(b[2]) - Number(a[2]) - 1;
}
