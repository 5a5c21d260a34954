import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/problem';
import { createPython, type Value } from '../../python';
import { Tape } from '../tape/tape';
import { Operators } from './operators';
import { TensorValue } from './values';

/** Whether an expression holds, or 'unknown', over `n`, `m` (sizes of an input) and `k` (a size counted in the data) gives. */
function evaluated(text: string): Value {
  const tape = new Tape();
  const source = `def forward(x, nonzero):
    n = torch.size(x, 0)
    m = torch.size(x, 1)
    k = torch.size(nonzero, 0)
    return True if (${text}) else False
`;
  const python = createPython({
    sources: [{ file: 'net.py', text: source }],
    builtins: () => [['torch', new Operators(tape, 'aten')]],
  });
  const x = tape.input('x', 'float32', ['n', 'm', 3]);
  const nonzero = tape.node('Transpose', [tape.node('NonZero', [x])]);
  const args = [x, nonzero].map((tensor) => new TensorValue(tape, tensor));
  try {
    return python.run((machine) => machine.call(python.load('net').members.get('forward') ?? null, args));
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'python_unknown') return 'unknown';
    throw thrown;
  }
}

describe('comparisons of free sizes', () => {
  it.each<[string, Value]>([
    ['n == 0', false],
    ['n == 1', false],
    ['1 == n', false],
    ['n != 1', true],
    ['n > 1', true],
    ['1 < n', true],
    ['n >= 2', true],
    ['n < 2', false],
    ['2 <= n', true],
    ['n <= 1', false],
    ['n == n', true],
    ['n != n', false],
    ['n <= n', true],
    ['n < n + 1', true],
    ['n - 1 == n', false],
    ['n // 2 == 0', false],
    ['n * m > n', 'unknown'],
    ['n == None', false],
    ['bool(n)', true],

    ['n == 2', 'unknown'],
    ['n == 9', 'unknown'],
    ['9 == n', 'unknown'],
    ['n != 9', 'unknown'],
    ['n < 9', 'unknown'],
    ['9 > n', 'unknown'],
    ['n >= 3', 'unknown'],
    ['n <= 2', 'unknown'],
    ['2 < n', 'unknown'],
    ['n == m', 'unknown'],
    ['n != m', 'unknown'],
    ['n < m', 'unknown'],
    ['n % 2 == 0', 'unknown'],
    ['n in [1, 2]', 'unknown'],
    ['n == 9 or n == 8', 'unknown'],
    ['not n == 9', 'unknown'],
    ['not n == 1', true],

    ['k == 0', 'unknown'],
    ['k > 0', 'unknown'],
    ['k >= 0', true],
    ['k < 0', false],
    ['k == 1', 'unknown'],

    ['torch.eq(n, 1)', false],
    ['torch.eq(n, 4)', 'unknown'],
    ['torch.__not__(torch.ne(n, 1))', false],
  ])('%s is %s', (text, answer) => {
    expect(evaluated(text)).toBe(answer);
  });
});
