import { describe, expect, it } from 'vitest';
import { describe as words } from '../core/describe';
import { toProblem } from '../core/problem';
import type { BinaryOperator, CompareOperator } from './syntax';
import {
  createPython,
  Foreign,
  NativeFunction,
  PyClass,
  PyModule,
  PyTuple,
  type Hooks,
  type Keywords,
  type Loop,
  type Machine,
  type Value,
} from '.';

/** A value that writes down what is done with it. */
class Symbolic extends Foreign {
  readonly typeName = 'Tensor';
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override getAttribute(_machine: Machine, name: string): Value | undefined {
    if (name === 'shape') return new PyTuple([2n, 3n]);
    if (name.startsWith('__')) return undefined;
    return new NativeFunction(name, '*args, **keywords', (machine, args, keywords: Keywords) => {
      const named = [...keywords].map(([key, value]) => `${key}=${machine.repr(value)}`);
      return new Symbolic(
        `${this.text}.${name}(${[...args.map((one = null) => machine.repr(one)), ...named].join(', ')})`,
      );
    });
  }

  override binary(machine: Machine, op: BinaryOperator, other: Value, reflected: boolean): Value {
    const shown = machine.repr(other);
    return new Symbolic(reflected ? `(${shown} ${op} ${this.text})` : `(${this.text} ${op} ${shown})`);
  }

  override compare(machine: Machine, op: CompareOperator, other: Value): Value {
    return new Symbolic(`(${this.text} ${op} ${machine.repr(other)})`);
  }

  override unary(_machine: Machine, op: string): Value {
    return new Symbolic(`(${op}${this.text})`);
  }

  override not(): Value {
    return new Symbolic(`(not ${this.text})`);
  }

  override getItem(machine: Machine, key: Value): Value {
    return new Symbolic(`${this.text}[${machine.repr(key)}]`);
  }

  override iterate(): Iterable<Value> | null {
    return this.text === 'endless'
      ? null
      : [new Symbolic(`${this.text}[0]`), new Symbolic(`${this.text}[1]`)];
  }

  override truth(): null {
    return null;
  }

  override repr(): string {
    return this.text;
  }
}

function symbolic(value: Value | undefined): string {
  if (value instanceof Symbolic) return value.text;
  if (value instanceof PyTuple) return value.items.map(symbolic).join(',');
  return value === undefined ? '' : createPython({}).machine.repr(value);
}

/** Calls a function of a source with values. */
function call(text: string, name: string, args: Value[], hooks: Hooks = {}): Value {
  const python = createPython({ sources: [{ file: 'net.py', text }], modules: torch, hooks });
  const module = python.load('net');
  return python.run((machine) => machine.call(machine.getAttribute(module, name), args));
}

function torch(name: string): PyModule | { file: string; text: string } | null {
  if (name === 'torch.nn')
    return {
      file: 'torch/nn.py',
      text: 'class Module:\n  def __call__(self, *a):\n    return self.forward(*a)\n',
    };
  if (name !== 'torch') return null;
  const relu = new NativeFunction(
    'relu',
    'input, inplace?',
    (_, [input]) => new Symbolic(`relu(${symbolic(input)})`),
  );
  return new PyModule('torch', [
    ['relu', relu],
    ['float32', new Symbolic('float32')],
  ]);
}

const x = () => new Symbolic('x');

/** What the catalogue says of what goes wrong. */
function said(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return words(toProblem(error)).text;
  }
  return 'nothing went wrong';
}

describe('Values of others', () => {
  it('go through operators, attributes, indices and loops', () => {
    const text = `
import torch
from torch import nn
class Net(nn.Module):
    def forward(self, x, scale=2):
        b, c = x.shape
        y = torch.relu(input=-x * scale + 1)[:, 0].view(b, -1, dtype=torch.float32)
        for part in y:
            x = 1 - part
        return x if c == 3 else y, sum([x, x])
def run(x): return Net()(x)
`;
    const part = '((((-x) * 2) + 1))';
    expect(symbolic(call(text, 'run', [x()]))).toBe(
      `(1 - relu(${part.slice(1, -1)})[(slice(None, None, None), 0)].view(2, -1, dtype=float32)[1]),((0 + (1 - relu(${part.slice(1, -1)})[(slice(None, None, None), 0)].view(2, -1, dtype=float32)[1])) + (1 - relu(${part.slice(1, -1)})[(slice(None, None, None), 0)].view(2, -1, dtype=float32)[1]))`,
    );
  });

  it('are a problem where only the model decides, with the place', () => {
    const text = 'def f(x):\n    if x > 0:\n        return x\n    return -x\n';
    expect(said(() => call(text, 'f', [x()]))).toContain(
      'net.py, line 2 (if x > 0:): only running the model tells whether (x > 0) holds.',
    );
    expect(() => call('def f(x):\n  return [y for y in x]\n', 'f', [new Symbolic('endless')])).toThrow(
      'how many',
    );
    expect(() => call('def f(x):\n  while x: pass\n', 'f', [x()])).toThrow('how often this loop');
    expect(() => call('def f(x):\n  return [1, 2][x]\n', 'f', [x()])).toThrow('as an index of a list');
  });
});

describe('A branch that only the model decides', () => {
  /** Takes both sides and shows what they gave. */
  const both: Hooks = {
    branch: ({ condition, then, otherwise }) => {
      const [a, b] = [then(), otherwise()];
      const names = new Set([...a.assigned.keys(), ...b.assigned.keys()]);
      const merge = (left: Value | undefined, right: Value | undefined) =>
        new Symbolic(`if(${condition.repr({} as Machine)}, ${symbolic(left)}, ${symbolic(right)})`);
      return {
        ended: a.ended,
        value: a.ended === 'falls' && a.value === null ? null : merge(a.value, b.value),
        assigned: new Map(
          [...names].map((name) => [name, merge(a.assigned.get(name), b.assigned.get(name))]),
        ),
      };
    },
  };

  it('is run on both sides, each from what was before', () => {
    const text = 'def f(x):\n  y = x\n  if x > 0:\n    y = y + 1\n  else:\n    y = y - 1\n  return y * 2\n';
    expect(symbolic(call(text, 'f', [x()], both))).toBe('(if((x > 0), (x + 1), (x - 1)) * 2)');
  });

  it('takes along what follows when a side returns', () => {
    const text = 'def f(x):\n  if x > 0:\n    return x\n  x = x * 2\n  return -x\n';
    expect(symbolic(call(text, 'f', [x()], both))).toBe('if((x > 0), x, (-(x * 2)))');
    const nested = 'def f(x):\n  if True:\n    if x > 0:\n      return x\n    x = x * 2\n  return -x\n';
    expect(symbolic(call(nested, 'f', [x()], both))).toBe('if((x > 0), x, (-(x * 2)))');
  });

  it('may be an expression', () => {
    expect(symbolic(call('def f(x):\n  return x if x > 0 else -x\n', 'f', [x()], both))).toBe(
      'if((x > 0), x, (-x))',
    );
    expect(symbolic(call('def f(x):\n  return x and 5\n', 'f', [x()], both))).toBe('if(x, 5, x)');
    expect(symbolic(call('def f(x):\n  return not x\n', 'f', [x()], both))).toBe('(not x)');
  });

  it('may raise on a side', () => {
    const seen: string[] = [];
    const hooks: Hooks = {
      branch: ({ then, otherwise }) => {
        seen.push(then().ended);
        return otherwise();
      },
    };
    const text = 'def f(x):\n  if x < 0:\n    raise ValueError("no")\n  return x\n';
    expect(symbolic(call(text, 'f', [x()], hooks))).toBe('x');
    expect(seen).toEqual(['raises']);
  });

  it('may not change what was there before', () => {
    for (const change of [
      'self.a = 1',
      'l.append(1)',
      'd["k"] = 1',
      'g = 1',
      'n = 1',
      'del l[0]',
      's.add(1)',
      'l.extend([1])',
    ]) {
      const text = `
g = 0
class C: pass
def f(x):
  self, l, d, s, n = C(), [0], {}, set(), 0
  def inner():
    global g
    nonlocal n
    ${change}
  if x > 0:
    inner()
`;
      expect(() => call(text, 'f', [x()], both), change).toThrow(
        'in a branch that only running the model decides',
      );
    }
    const inside =
      'def f(x):\n  if x > 0:\n    l = []\n    l.append(x)\n    y = l[0]\n  else:\n    y = x\n  return y\n';
    expect(symbolic(call(inside, 'f', [x()], both))).toBe('if((x > 0), x, x)');
  });
});

describe('A loop of unknown length', () => {
  it('is run once for whoever asks, from any values', () => {
    let asked: Loop | null = null;
    const hooks: Hooks = {
      loop: (loop) => {
        asked = loop;
        const { assigned, again } = loop.round(new Map([['y', new Symbolic('y0')]]), new Symbolic('item'));
        return new Map([['y', new Symbolic(`loop(${symbolic(assigned.get('y'))}, ${symbolic(again)})`)]]);
      },
    };
    const text = 'def f(x):\n  y = x\n  while y > 0:\n    y = y - 1\n  return y\n';
    expect(symbolic(call(text, 'f', [x()], hooks))).toBe('loop((y0 - 1), ((y0 - 1) > 0))');
    expect(asked).toMatchObject({ kind: 'while', file: 'net.py', line: 3 });
    const each = 'def f(x):\n  y = x\n  for i in x:\n    y = y + i\n  return y\n';
    expect(symbolic(call(each, 'f', [new Symbolic('endless')], hooks))).toBe('loop((y0 + item), True)');
  });
});

describe('Modules and classes of others', () => {
  it('are found before sources, and classes can be derived from theirs', () => {
    const text =
      'from lib import Base\nclass Mine(Base):\n  def get(self): return self.hello(2) + self.size\n';
    const python = createPython({
      sources: [{ file: 'net.py', text }],
      modules: (name, machine) => {
        if (name !== 'lib') return null;
        const hello = new NativeFunction(
          'hello',
          'self, times',
          (_, [, times = null]) => machine.binary('*', 10n, times),
          true,
        );
        return new PyModule('lib', [
          [
            'Base',
            new PyClass(
              'Base',
              [machine.type('object')],
              [
                ['hello', hello],
                ['size', 1n],
              ],
            ),
          ],
        ]);
      },
    });
    const module = python.load('net.py');
    expect(
      python.run((machine) =>
        machine.callMethod(machine.call(machine.getAttribute(module, 'Mine'), []), 'get', []),
      ),
    ).toBe(21n);
  });

  it('give TorchScript an object with attributes, whose method is called', () => {
    const text = `class Linear(Module):
  __parameters__ = ["weight", "bias", ]
  __buffers__ = []
  weight : Tensor
  bias : Optional[Tensor]
  training : bool
  inner : __torch__.other.Inner
  def forward(self: __torch__.net.Linear,
    input: Tensor) -> Tensor:
    _0 = torch.relu(torch.relu(input))
    _1 = annotate(List[int], [1, 2])
    weight = self.weight
    if self.training:
      _2 = _0
    else:
      _2 = (_0 * weight)
    return (self.inner).forward(_2, 0., inf, )
`;
    const inner = 'class Inner(Module):\n  def forward(self, x, a, b):\n    return x + b\n';
    const python = createPython({
      sources: [
        { file: '__torch__/net.py', text },
        { file: '__torch__/other.py', text: inner },
      ],
      modules: torch,
      builtins: (machine) => [
        ['Module', new PyClass('Module', [machine.type('object')])],
        ['torch', torch('torch') as PyModule],
        ['annotate', new NativeFunction('annotate', 'type, value', (_, [, value = null]) => value)],
        ['List', machine.type('list')],
        ['inf', Infinity],
      ],
    });
    const type = (name: string, member: string) =>
      python.run((machine) => machine.getAttribute(python.load(name), member)) as PyClass;
    const part = python.instantiate(type('__torch__.other', 'Inner'), []);
    const net = python.instantiate(type('__torch__.net', 'Linear'), [
      ['weight', new Symbolic('w')],
      ['training', false],
      ['inner', part],
    ]);
    expect(symbolic(python.run((machine) => machine.callMethod(net, 'forward', [x()])))).toBe(
      '((relu(relu(x)) * w) + inf)',
    );
  });

  it('are unknown until they matter', () => {
    const text = `
import wandb, cv2.dnn as dnn
from sklearn.metrics import f1_score
from pytorch_lightning import LightningModule
wandb.init(project="x")
rate = float(wandb.config.rate)
@wandb.watch
def f(x):
    wandb.log({"x": x})
    return x + 1
def g(x): return f1_score(x) * 2
def h(x):
    if g(x): return 1
class Lit(LightningModule):
    def forward(self, x): return x
def make(): return Lit()
for batch in dnn.load(): total = batch
try:
    import flash_attn
except ImportError:
    flash_attn = None
if __name__ == "__main__":
    raise SystemExit
`;
    const python = createPython({ sources: [{ file: 'net.py', text }] });
    const module = python.load('net');
    const run = (name: string, ...args: Value[]) =>
      python.run((machine) => machine.call(machine.getAttribute(module, name), args));
    expect(run('f', 1n)).toBe(2n);
    expect(python.notes.map(({ text: note }) => note)).toContain(
      'wandb.log(…) was not run: it is not known here',
    );
    expect(python.notes.map(({ text: note }) => note).join('\n')).toContain('net.py, line 6 was left out');
    expect(module.members.get('flash_attn')).toBe(null);
    expect(said(() => run('h', 1n))).toContain(
      'net.py, line 13 (if g(x): return 1): sklearn.metrics.f1_score(…) * … is not known here (imported in net.py, line 3), and the source depends on it.',
    );
    expect(() => run('make')).toThrow('Lit is derived from pytorch_lightning.LightningModule');
  });

  it('import each other, also by relative names', () => {
    const sources = [
      { file: 'pkg/__init__.py', text: 'from .net import Net\nVERSION = 3\n' },
      {
        file: 'pkg/net.py',
        text: 'from . import layers\nfrom .layers import width as w\nfrom .sub.deep import deep\nclass Net:\n  size = layers.width + w + deep\n',
      },
      { file: 'pkg/layers.py', text: 'width = 10\n' },
      {
        file: 'pkg/sub/deep.py',
        text: 'from ..layers import width\nfrom pkg import layers as l\ndeep = width + l.width\n',
      },
      {
        file: 'main.py',
        text: 'import pkg\nimport pkg.layers as layers\nfrom pkg.net import *\nsize = Net.size + pkg.VERSION + layers.width\n',
      },
    ];
    expect(createPython({ sources }).load('main').members.get('size')).toBe(53n);
  });

  it('say where an exception came from', () => {
    const text =
      'class Net:\n  def forward(self, x):\n    return self.inner(x)\n  def inner(self, x):\n    raise ValueError("bad shape")\ndef f(x):\n  return Net().forward(x)\n';
    expect(said(() => call(text, 'f', [1n]))).toContain(
      'net.py, line 5 (raise ValueError("bad shape")): ValueError: bad shape (in Net.inner, net.py line 5, called in Net.forward, net.py line 3, called in f, net.py line 7).',
    );
  });
});
