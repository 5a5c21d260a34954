import { describe, expect, test } from 'vitest';
import { branch, callAten, finishModel, loop, Tape, type Argument, type Tensor } from '../src/convert';
import { encodeOnnx } from '../src/formats/onnx';
import { checkModel } from '../src/ir/check';
import { printModel } from '../src/ir/print';
import { oracle } from './oracle';

const data = Float32Array.of(1, -2, 3, -4, 5, -6);

describe('Graphs inside a graph', () => {
  test.each([
    [1, [2, -4, 6, -8, 10, -12]],
    [-1, [1, 4, 9, 16, 25, 36]],
  ])('an If chooses when the model runs: %s', async (sign, expected) => {
    const found = await run(sign, (tape, x, s) =>
      branch(
        tape,
        call(tape, 'aten::gt', s, 0n),
        () => [call(tape, 'aten::mul', x, 2n)],
        () => [call(tape, 'aten::mul', x, x)],
      ),
    );
    expect(found).toEqual([expected]);
  });

  test.each([
    [1, [0, -2, 3, -4, 5, -6]],
    [-1, [2, -4, 6, -8, 10, -12]],
  ])('what branches write in place is merged: %s', async (sign, expected) => {
    const found = await run(sign, (tape, x, s) => {
      const whole = call(tape, 'aten::clone', x);
      const seen = call(tape, 'aten::view', whole, [-1n]);
      branch(
        tape,
        call(tape, 'aten::gt', s, 0n),
        () => {
          call(tape, 'aten::zero_', call(tape, 'aten::slice', seen, 0n, 0n, 1n));
          return [];
        },
        () => {
          call(tape, 'aten::mul_', whole, 2n);
          return [];
        },
      );
      return [seen, whole];
    });
    expect(found).toEqual([expected, expected]);
  });

  test('a condition that is known takes its branch at once', () => {
    const tape = new Tape();
    const x = tape.input('x', 'float32', ['n']);
    const [y] = branch(
      tape,
      tape.constant('bool', [], [true]),
      () => [x],
      () => [],
    );
    expect(y).toBe(x);
  });

  test('a Loop carries states and may let them grow', async () => {
    const found = await run(3, (tape, x, s) => {
      const count = call(tape, 'aten::to', s, 'int64');
      const start = call(tape, 'aten::slice', x, 0n, 0n, 1n);
      return loop(tape, count, [start, call(tape, 'aten::sum', x)], (number, [grown, sum]) => ({
        states: [
          call(tape, 'aten::cat', [grown!, call(tape, 'aten::mul', start, number)]),
          call(tape, 'aten::add', sum!, number),
        ],
        goesOn: null,
      }));
    });
    expect(found).toEqual([[1, -2, 3, 0, -0, 0, 1, -2, 3, 2, -4, 6], [0]]);
  });
});

function call(tape: Tape, name: string, ...args: Argument[]): Tensor {
  return callAten(tape, name, args) as Tensor;
}

/** Runs what is recorded on `[2, 3]` numbers of free sizes and one number. */
async function run(
  sign: number,
  record: (tape: Tape, x: Tensor, s: Tensor) => readonly Tensor[],
): Promise<number[][]> {
  const tape = new Tape();
  const x = tape.input('x', 'float32', ['n', 'm']);
  const s = tape.input('s', 'float32', []);
  const outputs = record(tape, x, s).map((tensor, at) => ({ name: `y${at}`, tensor }));
  const model = await finishModel(tape, outputs, { file: 'bodies.onnx' });
  expect(checkModel(model), printModel(model)).toEqual([]);
  const session = await oracle(await encodeOnnx(model));
  const feeds = {
    x: { dtype: 'float32' as const, dims: [2, 3], data },
    s: { dtype: 'float32' as const, dims: [], data: Float32Array.of(sign) },
  };
  const found = await session(feeds);
  return outputs.map(({ name }) => Array.from(found[name]!.data as Float32Array));
}
