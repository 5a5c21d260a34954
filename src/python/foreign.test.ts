import { describe, expect, it } from 'vitest';
import { call, said, symbolic, Symbolic, torch, x } from '../../tests/python/symbolic';
import { createPython, NativeFunction, PyClass, PyModule, type Value } from '.';

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
