/** Methods of tensors that nothing here knows: calling one is a gap. What tensors do not have is an AttributeError. */
export const tensorNames: ReadonlySet<string> = new Set(
  (
    'H align_as align_to allclose angle apply_ as_strided_scatter as_subclass backward bfloat16 byte cauchy_ ' +
    'ccol_indices cdouble cfloat chalf char cholesky cholesky_inverse cholesky_solve coalesce col_indices ' +
    'conj conj_physical conj_physical_ copysign_ corrcoef crow_indices data_ptr dense_dim det diagflat ' +
    'diagonal_scatter digamma digamma_ dim_order double eig equal erfinv erfinv_ fill_diagonal_ frexp gcd ' +
    'gcd_ geometric_ geqrf half has_names heaviside_ histc histogram i0 i0_ igamma igamma_ igammac igammac_ ' +
    'imag indices inverse ipu is_coalesced is_conj is_cpu is_distributed is_inference is_ipu is_mkldnn is_neg ' +
    'is_nonzero is_ort is_set_to is_shared is_signed is_sparse_csr is_vulkan is_xpu isreal istft itemsize lcm ' +
    'lcm_ ldexp_ lgamma lgamma_ log_normal_ logdet long lstsq lu lu_solve mH map2_ map_ masked_scatter ' +
    'masked_scatter_ matrix_exp matrix_power mode module_load mvlgamma mvlgamma_ name names nanmedian ' +
    'nanquantile narrow_copy nbytes new new_empty_strided nextafter nextafter_ numpy orgqr ormqr output_nr ' +
    'pinverse polygamma polygamma_ put put_ q_per_channel_axis q_per_channel_scales q_per_channel_zero_points ' +
    'qr qscheme record_stream refine_names register_hook reinforce rename rename_ renorm renorm_ resize ' +
    'resize_ resize_as resize_as_ resize_as_sparse_ resolve_conj resolve_neg retains_grad row_indices set_ ' +
    'short slogdet smm solve sparse_dim sparse_mask sparse_resize_ sparse_resize_and_clear_ sspaddmm stft ' +
    'storage storage_offset storage_type svd symeig to_dense to_mkldnn to_padded_tensor to_sparse ' +
    'to_sparse_bsc to_sparse_bsr to_sparse_coo to_sparse_csc to_sparse_csr triangular_solve unique ' +
    'unique_consecutive unsafe_split_with_sizes untyped_storage values volatile xlogy_ xpu'
  ).split(' '),
);
