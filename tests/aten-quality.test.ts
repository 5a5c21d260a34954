import { expect, test } from 'vitest';
import { callAten, finishModel, Tape, type Argument, type Tensor } from '../src/convert';
import { contiguous, storageOf } from '../src/formats/checkpoint/storage';
import { printModel } from '../src/ir/print';

/** A parameter that stays in its file. */
function parameter(tape: Tape, name: string, dims: number[], blob = bytes(dims)): Tensor {
  return tape.parameter(name, contiguous('float32', dims, storageOf(name, 'float32', blob)));
}

function bytes(dims: readonly number[]): Blob {
  return new Blob([new Uint8Array(dims.reduce((product, dim) => product * dim, 4))]);
}

function calls(tape: Tape) {
  return (name: string, ...args: Argument[]) => callAten(tape, `aten::${name}`, args) as Tensor;
}

async function printed(
  tape: Tape,
  y: Tensor,
  read = () => Promise.resolve(new Float32Array(64)),
): Promise<string[]> {
  const model = await finishModel(tape, [{ name: 'y', tensor: y }], { file: 'y.onnx', read });
  return printModel(model).split('\n').slice(1);
}

test('heads are split and joined with constants only, and names come from scopes', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['batch', 'length', 8]);
  const y = tape.scope('encoder.layers.0', () =>
    tape.scope('self_attn', () => {
      const heads = call('view', x, [x.size(0), x.size(1), 2n, -1n]);
      const turned = call('transpose', heads, 1n, 2n);
      return call('view', call('contiguous', call('transpose', turned, 1n, 2n)), [x.size(0), -1n, 8n]);
    }),
  );
  expect(await printed(tape, y)).toEqual([
    'main (x: float32[batch × length × 8]) => (y: float32[batch × length × 8])',
    '  int64_0_0_2_4 = int64[4]',
    '  int64_0_0_8 = int64[3]',
    '  encoder.layers.0.self_attn/Reshape = Reshape(x, int64_0_0_2_4)',
    '  encoder.layers.0.self_attn/Transpose = Transpose <perm=[0, 2, 1, 3]>(encoder.layers.0.self_attn/Reshape)',
    '  encoder.layers.0.self_attn/Transpose_1 = Transpose <perm=[0, 2, 1, 3]>(encoder.layers.0.self_attn/Transpose)',
    '  y = Reshape(encoder.layers.0.self_attn/Transpose_1, int64_0_0_8)',
  ]);
});

test('sizes are computed once, and only those that data need', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['batch', 'length']);
  const mask = call('ones', [x.size(0), x.size(1)]);
  const y = call('add', call('mul', mask, x), call('zeros', [x.size(0), x.size(1)]));
  expect(await printed(tape, y)).toEqual([
    'main (x: float32[batch × length]) => (y: float32[batch × length])',
    '  float32_1 = float32[scalar]',
    '  float32_0 = float32[scalar]',
    '  Shape = Shape <start=0, end=2>(x)',
    '  Expand = Expand(float32_1, Shape)',
    '  Mul = Mul(Expand, x)',
    '  Expand_1 = Expand(float32_0, Shape)',
    '  y = Add(Mul, Expand_1)',
  ]);
});

test('gates in another order are slices of the file, and shared storage is one constant', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['length', 'batch', 3]);
  const shapes = { weight_ih_l0: [16, 3], weight_hh_l0: [16, 4], bias_ih_l0: [16], bias_hh_l0: [16] };
  const weights = Object.entries(shapes).map(([name, dims]) => parameter(tape, name, dims));
  const zeros = call('zeros', [1n, 1n, 4n]);
  const [output] = callAten(tape, 'aten::lstm', [
    x,
    [zeros, zeros],
    weights,
    true,
    1n,
    0,
    false,
    false,
    false,
  ]) as Tensor[];
  const blob = bytes([4, 8]);
  const [first, second] = ['head.weight', 'tied.weight'].map((name) => parameter(tape, name, [4, 8], blob));
  const wide = call('matmul', output!, first!);
  const y = call('matmul', wide, call('t', second!));
  const lines = await printed(tape, y);
  expect(
    lines.filter((line) => / = (LSTM|MatMul|Squeeze|Slice|Concat|Transpose|Unsqueeze)/.test(line)),
  ).toEqual([
    '  LSTM, LSTM.1, LSTM.2 = LSTM <hidden_size=4>(x, weight_ih_l0/Slice/Concat/Unsqueeze, weight_hh_l0/Slice/Concat/Unsqueeze, bias_ih_l0/Slice/Concat/Concat/Unsqueeze, , float32_0_0_0_0, float32_0_0_0_0)',
    '  Squeeze = Squeeze(LSTM, int64_1)',
    '  MatMul = MatMul(Squeeze, head.weight)',
    '  y = MatMul(MatMul, tied.weight/Transpose)',
  ]);
  expect(lines.filter((line) => line.includes('tied.weight ='))).toEqual([]);
});

test('a linear layer of rows is one Gemm with the weight as it is stored', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['batch', 8]);
  const y = call(
    'relu',
    call('linear', x, parameter(tape, 'fc.weight', [4, 8]), parameter(tape, 'fc.bias', [4])),
  );
  expect(await printed(tape, y)).toEqual([
    'main (x: float32[batch × 8]) => (y: float32[batch × 4])',
    '  fc.weight = float32[4 × 8]',
    '  fc.bias = float32[4]',
    '  Gemm = Gemm <transB=1>(x, fc.weight, fc.bias)',
    '  y = Relu(Gemm)',
  ]);
});

test('a layer that is called twice has its weights once', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['batch', 'length', 8]);
  const weight = parameter(tape, 'fc.weight', [8, 8]);
  const y = call('linear', call('linear', x, weight), weight);
  expect(await printed(tape, y)).toEqual([
    'main (x: float32[batch × length × 8]) => (y: float32[batch × length × 8])',
    '  fc.weight/Transpose = float32[8 × 8]',
    '  MatMul = MatMul(x, fc.weight/Transpose)',
    '  y = MatMul(MatMul, fc.weight/Transpose)',
  ]);
});

test('gates that are put in order twice are one constant', async () => {
  const tape = new Tape();
  const call = calls(tape);
  const x = tape.input('x', 'float32', ['length', 'batch', 4]);
  const state = tape.input('h', 'float32', [1, 'batch', 4]);
  const weights = [parameter(tape, 'w', [12, 4]), parameter(tape, 'r', [12, 4])];
  const layer = (input: Tensor) =>
    callAten(tape, 'aten::gru', [input, state, weights, false, 1n, 0, false, false, false]) as Tensor[];
  const [first] = layer(x);
  const [second] = layer(first!);
  const lines = await printed(tape, call('relu', second!));
  expect(lines.filter((line) => line.includes(' = float32'))).toEqual([
    '  w/Slice/Concat/Unsqueeze = float32[1 × 12 × 4]',
    '  r/Slice/Concat/Unsqueeze = float32[1 × 12 × 4]',
  ]);
});
