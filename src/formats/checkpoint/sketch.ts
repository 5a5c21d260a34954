import type { NamedTensor, Sketch, SketchedLayer } from '../../core/checkpoint';
import { elementCount } from '../../core/shape';

/** The layers that names and shapes tell of, in the file's order, and what they cannot tell. */
export function sketch(tensors: readonly NamedTensor[]): Sketch {
  const groups = new Map<string, Group>();
  for (const { name, tensor } of tensors) {
    const dot = name.lastIndexOf('.');
    const prefix = dot < 0 ? leanPrefix(name) : name.slice(0, dot);
    const group = groups.get(prefix) ?? new Map<string, readonly number[]>();
    group.set(
      dot < 0 ? name.slice(prefix.length).toLowerCase().replace('weights', 'weight') : name.slice(dot + 1),
      tensor.dims,
    );
    groups.set(prefix, group);
  }
  const layers = [...groups].flatMap(([name, group]) => layerOf(name, group));
  return { layers, unknown: unknownOf(layers) };
}

type Group = Map<string, readonly number[]>;

/** `layer1Weights` names a layer without a dot. */
function leanPrefix(name: string): string {
  return /^(.*?)(Weights|Bias)$/.exec(name)?.[1] ?? '';
}

function layerOf(name: string, group: Group): SketchedLayer[] {
  const parameters = [...group].reduce(
    (sum, [key, dims]) => sum + (isCounted(key) ? elementCount(dims) : 0),
    0,
  );
  const layer = (type: string, says: string): SketchedLayer[] => [{ name, type, says, parameters }];
  const weight = group.get('weight');
  const recurrent = recurrentOf(group);
  if (recurrent) return layer(...recurrent);
  const projection = group.get('in_proj_weight');
  if (projection) return layer('MultiheadAttention', `${projection[1] ?? '?'} wide`);
  const norm = group.get('gamma');
  if (norm && group.has('beta')) return layer('LayerNorm', `${elementCount(norm)} wide`);
  if (weight?.length === 1 && group.has('running_mean'))
    return layer('BatchNorm', `${weight[0] ?? 0} channels`);
  if (weight?.length === 1) return layer('LayerNorm or GroupNorm', `${weight[0] ?? 0} wide`);
  if (weight?.length === 2) {
    const [rows = 0, columns = 0] = weight;
    if (!group.has('bias') && /emb/i.test(name)) return layer('Embedding', `${rows} entries of ${columns}`);
    return layer('Linear', `${columns} → ${rows}`);
  }
  if (weight && weight.length >= 3 && weight.length <= 5) {
    const [outputs = 0, inputs = 0, ...kernel] = weight;
    return layer(`Conv${kernel.length}d`, `${kernel.join(' × ')}, ${inputs} → ${outputs}`);
  }
  const shapes = [...group].map(([key, dims]) => `${key} ${dims.join(' × ') || 'one'}`);
  return parameters > 0 ? layer('parameters', shapes.slice(0, 4).join(', ')) : [];
}

/** Statistics are not learned. */
function isCounted(key: string): boolean {
  return !['running_mean', 'running_var', 'num_batches_tracked'].includes(key);
}

/** Recurrent layers keep all gates in one matrix: how many there are tells the kind. */
function recurrentOf(group: Group): [string, string] | null {
  const hidden = group.get('weight_hh_l0') ?? group.get('weight_hh');
  const input = group.get('weight_ih_l0') ?? group.get('weight_ih');
  if (!hidden || !input) return null;
  const [rows = 0, width = 1] = hidden;
  const kind = { 4: 'LSTM', 3: 'GRU', 1: 'RNN' }[rows / width] ?? 'recurrent layer';
  const layers = [...group.keys()].filter((key) => /^weight_hh_l\d+$/.test(key)).length;
  const both = group.has('weight_ih_l0_reverse') ? ', both ways' : '';
  return [kind, `${input[1] ?? '?'} → ${width}${layers > 1 ? `, ${layers} layers` : ''}${both}`];
}

function unknownOf(layers: readonly SketchedLayer[]): string[] {
  const has = (type: RegExp) => layers.some((layer) => type.test(layer.type));
  return [
    ...(layers.length > 0
      ? ['the order in which the layers run and the functions between them (activations, pooling, skips)']
      : []),
    ...(has(/^Conv/) ? ['strides, padding, dilation and groups of the convolutions'] : []),
    ...(has(/Attention/) ? ['how many heads the attention has'] : []),
    ...(has(/Norm/) ? ['the epsilon of the normalizations'] : []),
    ...(has(/^(Linear|Conv)/) ? ['what the inputs mean and how they were scaled'] : []),
  ];
}
