import { attend, causal, joinHeads, splitHeads, type Mask } from '../parts/attention';
import { aten } from '../operators/aten';
import { Gap } from '../gap';
import { reshape, unsqueeze } from '../parts/rearrange';
import { reduce } from '../parts/reduce';
import { quotient, times } from '../tape/symint';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';
import { gelu } from './gelu';
import { linear } from './linear';
import { layerNorm } from './normalization';
import { split } from './splitting';

/** Each place of a sequence as a mean of others, weighted by how well they answer it; and layers made of that. */
export default aten({
  'aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor':
    (tape, args) => {
      const { query } = args;
      const [key, value] = args.enable_gqa
        ? [args.key, args.value].map((one) => spread(tape, one, query))
        : [args.key, args.value];
      if (!key || !value) throw new Gap('attention without keys');
      const mask = args.is_causal ? causal(tape, query.size(-2), key.size(-2)) : args.attn_mask;
      return attend(tape, query, key, value, mask, args.scale).output;
    },
  'aten::_native_multi_head_attention(Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None, bool need_weights=True, bool average_attn_weights=True, int? mask_type=None) -> (Tensor, Tensor)':
    (tape, args) => {
      const found = multiHead(tape, args);
      const mean = args.average_attn_weights
        ? reduce(tape, 'ReduceMean', found.weights, [1], false)
        : found.weights;
      return [found.output, args.need_weights ? mean : null];
    },
  'aten::_transformer_encoder_layer_fwd(Tensor src, int embed_dim, int num_heads, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, bool use_gelu, bool norm_first, float eps, Tensor norm_weight_1, Tensor norm_bias_1, Tensor norm_weight_2, Tensor norm_bias_2, Tensor ffn_weight_1, Tensor ffn_bias_1, Tensor ffn_weight_2, Tensor ffn_bias_2, Tensor? mask=None, int? mask_type=None) -> Tensor':
    (tape, args) => {
      const norm = (x: Tensor, weight: Tensor, bias: Tensor) =>
        layerNorm(tape, x, [args.embed_dim], weight, bias, args.eps);
      const self = (x: Tensor) =>
        multiHead(tape, { ...args, query: x, key: x, value: x, num_head: args.num_heads }).output;
      const feed = (x: Tensor) => {
        const wide = linear(tape, x, args.ffn_weight_1, args.ffn_bias_1);
        const bent = args.use_gelu ? gelu(tape, wide) : tape.node('Relu', [wide]);
        return linear(tape, bent, args.ffn_weight_2, args.ffn_bias_2);
      };
      const first = (x: Tensor) => norm(x, args.norm_weight_1, args.norm_bias_1);
      const second = (x: Tensor) => norm(x, args.norm_weight_2, args.norm_bias_2);
      if (args.norm_first) {
        const middle = tape.node('Add', [args.src, self(first(args.src))]);
        return tape.node('Add', [middle, feed(second(middle))]);
      }
      const middle = first(tape.node('Add', [args.src, self(args.src)]));
      return second(tape.node('Add', [middle, feed(middle)]));
    },
});

interface MultiHead {
  query: Tensor;
  key: Tensor;
  value: Tensor;
  num_head: number;
  qkv_weight: Tensor;
  qkv_bias: Tensor;
  proj_weight: Tensor;
  proj_bias: Tensor;
  mask: Tensor | null;
  mask_type: number | null;
}

function multiHead(tape: Tape, args: MultiHead): { output: Tensor; weights: Tensor } {
  const [query, key, value] = projected(tape, args).map((one) => splitHeads(tape, one, args.num_head));
  if (!query || !key || !value) throw new Gap('attention without keys');
  const { output, weights } = attend(tape, query, key, value, maskOf(tape, args), null);
  return { output: linear(tape, joinHeads(tape, output), args.proj_weight, args.proj_bias), weights };
}

/** One product for all three where they come from one tensor. */
function projected(
  tape: Tape,
  { query, key, value, qkv_weight: weight, qkv_bias: bias }: MultiHead,
): Tensor[] {
  const width = quotient(weight.size(0), 3);
  if (width === null) throw new Gap('weights for queries, keys and values of different widths');
  const parts = [width, width, width];
  if (query === key && key === value)
    return split(tape, linear(tape, query, weight, bias), parts, query.rank - 1);
  const [weights, biases] = [split(tape, weight, parts, 0), split(tape, bias, parts, 0)];
  return [query, key, value].map((one, at) => linear(tape, one, weights[at] ?? weight, biases[at] ?? bias));
}

/** These operators say what may not be attended to: for each pair of places (0), or for each key of a batch (1). */
function maskOf(tape: Tape, { mask, mask_type }: MultiHead): Mask {
  if (mask === null) return null;
  const shaped = mask_type === 1 ? unsqueeze(tape, mask, 1, 2) : mask;
  return shaped.dtype === 'bool' ? tape.node('Not', [shaped]) : shaped;
}

/** Fewer heads of keys and values, each for as many neighbouring heads of queries. */
function spread(tape: Tape, tensor: Tensor, query: Tensor): Tensor {
  const [batch = 1, heads = 1, length = 1, width = 1] = tensor.sizes;
  const each = quotient(query.size(1), heads);
  if (each === null) throw new Gap('heads of queries that are no multiple of those of keys');
  const sizes = [batch, heads, each, length, width];
  const apart = tape.node('Expand', [unsqueeze(tape, tensor, 2), [1, 1, each, 1, 1]], {}, { sizes });
  return reshape(tape, apart, [batch, times(heads, each), length, width]);
}
