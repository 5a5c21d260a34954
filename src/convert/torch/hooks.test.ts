import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/problem';
import { createPython } from '../../python';
import { Gap } from '../gap';
import { Tape } from '../tape/tape';
import { graphHooks } from './hooks';
import { Operators } from './operators';
import { TensorValue } from './values';

/** What running a body over `x` of free sizes ends in: its operators, or why it is none, and what is taken for granted. */
function ran(body: string): { operators: string[]; problem: string; told: string[] } {
  const tape = new Tape();
  const told: string[] = [];
  const lines = body.split('\n').map((line) => `    ${line}\n`);
  const text = `def forward(x):\n    n = torch.size(x, 0)\n${lines.join('')}    return x\n`;
  const python = createPython({
    sources: [{ file: 'net.py', text }],
    hooks: graphHooks(tape, (remark) => told.push(remark)),
    builtins: () => [['torch', new Operators(tape, 'aten')]],
  });
  const x = new TensorValue(tape, tape.input('x', 'float32', ['n', 3]));
  let problem = '';
  try {
    python.run((machine) => machine.call(python.load('net').members.get('forward') ?? null, [x]));
  } catch (thrown) {
    if (thrown instanceof Gap) problem = thrown.reason;
    else if (thrown instanceof AppError && thrown.code === 'python_unknown')
      problem = (thrown.detail as { what: string }).what;
    else throw thrown;
  }
  return { operators: tape.frame.nodes.map(({ op }) => op), problem, told };
}

const positive = 'torch.gt(torch.sum(x), 0)';

describe('what only running the model decides', () => {
  it('a condition whose sides give one kind of tensor becomes an If', () => {
    const { operators, problem } = ran(`if ${positive}:\n    x = torch.relu(x)\nelse:\n    x = torch.neg(x)`);
    expect(problem).toBe('');
    expect(operators).toContain('If');
  });

  it.each([
    [
      'a name that one side alone gives',
      `if ${positive}:\n    y = x\nx = torch.relu(y)`,
      /^<y, which is not the same/,
    ],
    [
      'a name that one side alone gives, asked whether it is None',
      `if ${positive}:\n    y = x\nif torch.__is__(y, None):\n    x = torch.neg(x)`,
      /^y, which is not the same.*decides something/,
    ],
    [
      'a name that one side alone gives, compared with None as Python does',
      `if ${positive}:\n    y = x\nif y is None:\n    x = torch.neg(x)`,
      /^y, which is not the same.*decides something/,
    ],
    ['a name that is None on one side', `y = None\nif ${positive}:\n    y = x`, /^y is None on one side/],
    [
      'ranks that differ',
      `y = x\nif ${positive}:\n    y = torch.sum(x)\nx = torch.relu(y)`,
      /^<y, which is not the same/,
    ],
    [
      'a loop that the data end in the middle',
      `for i in [1, 2]:\n    if ${positive}:\n        break`,
      /only running the model/,
    ],
    [
      'a loop that changes a dtype',
      `y = 0\nwhile ${positive}:\n    y = torch.add(x, y)`,
      /another kind of tensor/,
    ],
    ['an exception of what is not known', `if ${positive}:\n    open(x)`, /open is not known here/],
    ['an exception that nobody raised', `if ${positive}:\n    None + 1`, /only running the model/],
    [
      'a free size that a program compares',
      'if n > 9:\n    x = torch.relu(x)',
      /only running the model tells whether n > 9/,
    ],
    [
      'a free size that has to be one number',
      'if n != 9:\n    raise ValueError(n)',
      /only running the model tells whether n != 9/,
    ],
  ])('%s is a problem', (_, body, problem) => {
    expect(ran(body).problem).toMatch(problem);
  });

  it.each([
    ['if n > 9:\n    raise ValueError(n)', 'n > 9 is taken not to hold'],
    ['if n <= 9:\n    pass\nelse:\n    raise ValueError(n)', 'n <= 9 is taken to hold'],
    [`if ${positive}:\n    raise ValueError("no")`, 'torch.gt(torch.sum(x), 0) is taken not to hold'],
  ])('a side that only raises is left out, with a note', (body, note) => {
    const { operators, problem, told } = ran(body);
    expect([problem, operators.includes('If')]).toEqual(['', false]);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`: ${note}: else the program raises an exception.`);
  });
});
