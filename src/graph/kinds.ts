/** What sort of work an operator does, for colour. */
export const operatorKinds = {
  product: 'Convolutions and products',
  activation: 'Activations',
  norm: 'Normalisation',
  pool: 'Pooling and reduction',
  maths: 'Arithmetic',
  shape: 'Shaping and moving',
  convert: 'Conversion',
  control: 'Control flow and functions',
  other: 'Other',
} as const;

export type OperatorKind = keyof typeof operatorKinds;

const names: Record<Exclude<OperatorKind, 'other'>, string> = {
  product:
    'Conv ConvTranspose ConvInteger QLinearConv FusedConv DeformConv Gemm FusedGemm MatMul FusedMatMul MatMulInteger MatMulIntegerToFloat QLinearMatMul MatMulNBits Einsum LSTM GRU RNN Attention MultiHeadAttention GroupQueryAttention QAttention PackedAttention DynamicQuantizeMatMul GatherBlockQuantized MoE QMoE',
  activation:
    'Relu LeakyRelu PRelu Elu Celu Selu Gelu FastGelu BiasGelu QuickGelu Sigmoid QLinearSigmoid HardSigmoid HardSwish Swish Mish Softplus Softsign ThresholdedRelu Tanh Softmax LogSoftmax Hardmax Clip Erf Silu',
  norm: 'BatchNormalization LayerNormalization SkipLayerNormalization EmbedLayerNormalization SimplifiedLayerNormalization SkipSimplifiedLayerNormalization InstanceNormalization GroupNormalization RMSNormalization MeanVarianceNormalization LRN LpNormalization Dropout',
  pool: 'MaxPool AveragePool QLinearAveragePool LpPool GlobalAveragePool QLinearGlobalAveragePool GlobalMaxPool GlobalLpPool MaxRoiPool RoiAlign ArgMax ArgMin TopK NonMaxSuppression',
  maths:
    'Add Sub Mul Div Pow Sqrt Exp Log Neg Abs Ceil Floor Round Sign Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Min Max Mean Sum Mod Reciprocal And Or Not Xor Equal Greater GreaterOrEqual Less LessOrEqual Where CumSum BitShift BitwiseAnd BitwiseOr BitwiseNot BitwiseXor IsNaN IsInf Det QLinearAdd QLinearMul RotaryEmbedding Trilu',
  shape:
    'Reshape Flatten Transpose Squeeze Unsqueeze Concat QLinearConcat Split Slice Gather GatherElements GatherND Scatter ScatterElements ScatterND Expand Tile Pad Resize Upsample DepthToSpace SpaceToDepth Shape Size Identity ConstantOfShape Constant Range OneHot NonZero Compress ReverseSequence EyeLike GridSample CenterCropPad Unique Col2Im SplitToSequence SequenceAt SequenceConstruct SequenceInsert ConcatFromSequence',
  convert: 'Cast CastLike QuantizeLinear DequantizeLinear DynamicQuantizeLinear BitCast',
  control: 'If Loop Scan Optional OptionalGetElement OptionalHasElement SequenceMap',
};

const kinds = new Map(
  Object.entries(names).flatMap(([kind, list]) =>
    list.split(' ').map((name): [string, OperatorKind] => [name, kind as OperatorKind]),
  ),
);

/** The kind of an operator, whatever its domain. */
export function kindOf(operator: string): OperatorKind {
  const name = bareOperator(operator);
  return kinds.get(name) ?? (name.startsWith('Reduce') ? 'pool' : 'other');
}

/** An operator without its domain: `MatMulNBits` for `com.microsoft::MatMulNBits`. */
export function bareOperator(operator: string): string {
  return operator.slice(operator.lastIndexOf(':') + 1);
}
