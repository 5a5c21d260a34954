import type { Dtype } from '../src/core/dtype';
import { attributes } from '../src/ir/attributes';
import { buildModel, nodeOf, valueOf } from '../src/ir/build';
import type { Model } from '../src/ir/model';
import type { Operator } from '../src/ir/op';

/** What attributes may be that an operator demands; anything that makes the node valid. */
const demanded: Parameters<typeof attributes>[0] = {
  ...{ kernel_shape: [1, 1], pooled_shape: [1, 1], shape: [2], axes: [0], border: [0, 0, 0, 0] },
  ...{ to: 1, axis: 0, num_groups: 1, groups: 1, size: 1, keepdims: 1, opset: 13, activation: 0 },
  ...{ num_heads: 2, kv_num_heads: 2, q_num_heads: 2, num_scan_inputs: 1, sparse_block_size: 16 },
  ...{ K: 32, N: 32, block_size: 32, is_inner_broadcast: 0, mark: 0, mincharnum: 1, pad_value: '' },
  ...{ signal_ndim: 1, direction: 'LEFT', equation: 'ij->ij', quant_type: 0, n_targets: 1 },
  coefficients: { float: 1 },
};

/** Types that a node's inputs may have, first to last; the last one stands for all that follow. */
const types: readonly (readonly Dtype[])[] = [
  ['float32'],
  ['float32', 'int64'],
  ['float32', 'float32', 'int64'],
  ['float32', 'uint8', 'float32'],
  ['int64'],
  ['int32'],
  ['int32', 'int32', 'float32'],
  ['float32', 'float32', 'float32', 'float32', 'float32', 'int32'],
  ['int8', 'float32', 'int8', 'int8', 'float32', 'int8', 'float32', 'int8'],
  ['uint8', 'float32', 'uint8', 'uint8', 'float32', 'uint8', 'float32', 'uint8'],
  ['uint8', 'float32', 'uint8', 'float32', 'uint8'],
  ['uint8', 'int64', 'float32'],
  ['uint8', 'uint8', 'float32', 'float32'],
  ['float32', 'uint8', 'uint8', 'float32', 'uint8'],
  ['float32', 'int8', 'float32', 'int8'],
  ['float32', 'uint8', 'uint8', 'float32', 'float32'],
  ['float32', 'int64', 'float32', 'float32'],
  ['uint8'],
  ['string'],
  ['bool'],
];

/** Models of one node of an operator, its inputs of unknown shape, in all the types that it might take. */
export function madeModels(operator: Operator): Model[] {
  const { type, domain, inputs, outputs, requires } = operator;
  const given = Object.fromEntries(
    requires.flatMap((name) => Object.entries(demanded).filter(([key]) => key === name)),
  );
  const names = Array.from({ length: inputs[0] }, (_, at) => `x${at}`);
  const results = Array.from({ length: Math.max(1, outputs[0]) }, (_, at) => `y${at}`);
  const empty = buildModel(() => undefined);
  return types.map((dtypes) => ({
    ...empty,
    opsets: new Map([
      ['', 22],
      [domain, domain === 'ai.onnx.ml' ? 3 : domain === '' ? 22 : 1],
    ]),
    graph: {
      ...empty.graph,
      inputs: names.map((name, at) => valueOf(name, dtypes[at] ?? dtypes.at(-1) ?? null, null)),
      outputs: results.map((name) => ({ ...valueOf(name, null, null), type: null })),
      nodes: [nodeOf(type, names, results, attributes(given), domain)],
    },
  }));
}
