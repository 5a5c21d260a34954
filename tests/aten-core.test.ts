import { expect, test } from 'vitest';
import { isKnownOperator } from '../src/convert';

/**
 * The Core ATen operator set, by name.
 * @see https://pytorch.org/docs/stable/torch.compiler_ir.html
 */
const core = `
_adaptive_avg_pool2d _adaptive_avg_pool2d_backward _adaptive_avg_pool3d _cdist_forward _embedding_bag
_fft_r2c _local_scalar_dense _log_softmax _native_batch_norm_legit _native_batch_norm_legit_no_training _pdist_forward
_softmax _to_copy abs acos acosh adaptive_avg_pool1d add addmm alias amax amin any arange argmax argmin as_strided
asin asinh atan atan2 atanh avg_pool1d avg_pool2d avg_pool2d_backward avg_pool3d bitwise_and bitwise_left_shift
bitwise_not bitwise_or bitwise_right_shift bitwise_xor bmm cat ceil clamp clone col2im constant_pad_nd convolution
convolution_backward copy cos cosh cumsum diagonal div elu embedding embedding_dense_backward empty empty_strided eq erf
exp expand expm1 fill flip floor fmod full full_like gather ge gelu grid_sampler_2d gt hardtanh index index_put
index_select isinf isnan le leaky_relu log log10 log1p log2 logical_and logical_not logical_or logical_xor lt
masked_scatter max max_pool2d_with_indices max_pool2d_with_indices_backward max_pool3d_with_indices maximum mean min
minimum mm mul native_dropout native_group_norm native_group_norm_backward native_layer_norm native_layer_norm_backward
ne neg nonzero permute pow prod rand randn randperm reciprocal reflection_pad1d reflection_pad2d reflection_pad3d relu
remainder repeat replication_pad2d replication_pad3d resize_ round rsqrt scalar_tensor scatter scatter_add scatter_reduce
select select_scatter sigmoid sign sin sinh slice slice_scatter sort split_with_sizes sqrt squeeze sub sum sym_is_contiguous
sym_numel sym_size sym_storage_offset sym_stride tan tanh topk trunc unsqueeze upsample_bilinear2d upsample_nearest2d
var view where
`
  .trim()
  .split(/\s+/);

/** What stays out, with the reason. */
const left: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    core.filter((name) => name.endsWith('_backward')).map((name) => [name, 'training is not converted']),
  ),
  rand: 'a model gives the same for the same input',
  randn: 'a model gives the same for the same input',
  randperm: 'a model gives the same for the same input',
  _fft_r2c: 'complex numbers',
  _pdist_forward: 'pairs of one tensor, which nobody asked for yet',
  masked_scatter: 'as many places as the mask finds when the model runs',
  resize_: 'sizes of memory',
  empty_strided: 'sizes of memory',
  sym_stride: 'sizes of memory',
  sym_storage_offset: 'sizes of memory',
  sym_is_contiguous: 'sizes of memory',
};

test('the Core ATen set is written down, but for what says why not', () => {
  const missing = core.filter((name) => !isKnownOperator(`aten::${name}`));
  expect(missing.toSorted()).toEqual(Object.keys(left).toSorted());
});
