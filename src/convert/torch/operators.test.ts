import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/problem';
import { createPython } from '../../python';
import { Gap } from '../gap';
import { Tape } from '../tape/tape';
import { Operators } from './operators';
import { TensorValue } from './values';

describe('operators by names that a source chooses', () => {
  it.each([
    ...['torch.constructor(x)', 'torch.constructor(1)', 'torch.__proto__(1)', 'torch.toString()'],
    ...['torch.hasOwnProperty("add")', 'torch.valueOf()', 'torch.__defineGetter__("add", x)'],
    ...['torch.pad(x, [1, 1], "constructor")', 'torch.zeros([2], dtype="constructor")'],
    'torch.scatter_reduce(x, 0, torch.ones([3], dtype="int64"), x, "constructor")',
  ])('%s is an operator that nobody knows', (text) => {
    const tape = new Tape();
    const python = createPython({
      sources: [{ file: 'net.py', text: `def forward(x):\n    return ${text}\n` }],
      builtins: () => [['torch', new Operators(tape, 'aten')]],
    });
    const forward = python.load('net').members.get('forward') ?? null;
    const x = new TensorValue(tape, tape.input('x', 'float32', [3]));
    let thrown: unknown = null;
    try {
      python.run((machine) => machine.call(forward, [x]));
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof Gap || (thrown instanceof AppError && thrown.code === 'python_unknown')).toBe(
      true,
    );
  });
});
