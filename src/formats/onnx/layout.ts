/**
 * The messages of onnx.proto that can hold a tensor or nest, and the fields through which they do. Whatever is
 * not named here is copied by the walkers (skeleton.ts, splice.ts) without a look inside.
 */
export type Message =
  | 'model'
  | 'graph'
  | 'node'
  | 'attribute'
  | 'tensor'
  | 'sparse tensor'
  | 'function'
  | 'training step'
  | 'value'
  | 'type'
  | 'element type';

export const nested: Record<Message, Readonly<Record<number, Message>>> = {
  model: { 7: 'graph', 20: 'training step', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 11: 'value', 12: 'value', 13: 'value', 15: 'sparse tensor' },
  node: { 5: 'attribute' },
  attribute: {
    5: 'tensor',
    6: 'graph',
    10: 'tensor',
    11: 'graph',
    14: 'type',
    15: 'type',
    22: 'sparse tensor',
    23: 'sparse tensor',
  },
  tensor: {},
  'sparse tensor': { 1: 'tensor', 2: 'tensor' },
  function: { 7: 'node', 11: 'attribute', 12: 'value' },
  'training step': { 1: 'graph', 2: 'graph' },
  value: { 2: 'type' },
  type: { 4: 'element type', 5: 'element type', 9: 'element type' },
  'element type': { 1: 'type', 2: 'type' },
};

/** Fields of TensorProto. */
export const tensorField = { floats: 4, name: 8, raw: 9, doubles: 10, cut: 1_000_000 } as const;

/** Wire types of protobuf: https://protobuf.dev/programming-guides/encoding/#structure */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
