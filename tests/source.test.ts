/** Networks of a Python source and weights, against what PyTorch gave. */
import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Conversion, Proof, Request } from '../src/convert';
import { readNpz } from '../src/formats/npy';
import type { PlainTensor } from '../src/core/tensor';
import { convertCheckpoint, convertFile, openCheckpoint, runNative } from './convert';

const folder = join(import.meta.dirname, 'fixtures/source');
const text = readFileSync(join(folder, 'net.py'), 'utf8');
const net = { name: 'net.py', text };
const examples = [{ name: 'x', dtype: 'float32', dims: [3, 10, 12] }] as const;

let arrays: ReadonlyMap<string, PlainTensor>;
beforeAll(async () => {
  arrays = await readNpz(await openAsBlob(join(folder, 'net.npz')), 'net.npz');
});

/** Recorded arrays by what the network calls them. */
function pick(...names: string[]): Map<string, PlainTensor> {
  return new Map(names.map((name) => [name.replace('other_', ''), arrays.get(name) as PlainTensor]));
}

function proof(): Proof {
  return { inputs: pick('x'), outputs: pick('scores', 'states'), tolerance: 1e-5, run: runNative };
}

async function convertNet(file: string, more: Partial<Request> = {}): Promise<Conversion> {
  return convertFile(join(folder, file), { files: [net], examples, proof: proof(), ...more });
}

describe('a state dict and its source', () => {
  test('arguments come from the configuration, by another name too, and from sizes', async () => {
    const { report, model } = await convertNet('config.pth');
    expect(report.frontend?.id).toBe('source');
    expect(report.maxAbsError).toBeLessThan(1e-5);
    expect(report.notes).toEqual([
      'in_dim is 12, as the sizes of the weights tell.',
      'd_model is 24, as the sizes of the weights tell.',
      'n_heads is 4: config calls it num_heads.',
      'num_layers is 3, as the sizes of the weights tell.',
      'num_classes is 7, as the sizes of the weights tell.',
      'bias is False, as the sizes of the weights tell.',
    ]);
    expect(report.outputs.map(({ name }) => name)).toEqual(['scores', 'states']);
    expect([...(model?.metadata ?? [])]).toContainEqual(['class', 'Net']);
  });

  test('the converted model takes another batch and another length', async () => {
    const { report, model } = await convertNet('config.pth');
    expect(report.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['batch', 'x_1', 12] }]);
    const outputs = model && (await runNative(model, Object.fromEntries(pick('other_x'))));
    for (const [name, wanted] of pick('other_scores', 'other_states')) {
      const found = outputs?.[name];
      expect(found?.dims).toEqual(wanted.dims);
      const apart = Array.from(found?.data as Float32Array, (value, at) =>
        Math.abs(value - Number(wanted.data[at])),
      );
      expect(Math.max(...apart)).toBeLessThan(1e-5);
    }
  });

  test('what no weights tell is asked, and nothing else', async () => {
    const { report, model } = await convertNet('parallel.pth');
    expect(model).toBeNull();
    expect(report.problem?.code).toBe('convert_unanswered');
    expect(report.questions.map(({ id, usual }) => [id, usual])).toEqual([['n_heads', null]]);
    expect(report.notes[0]).toBe('Names begin with module. in the file, which is taken off.');
    const answered = await convertNet('parallel.pth', { answers: { n_heads: '4' } });
    expect(answered.report.maxAbsError).toBeLessThan(1e-5);
  });

  test('a default that no weights tell is an assumption that can be changed', async () => {
    const usual = { name: 'net.py', text: text.replace('n_heads, num_layers', 'n_heads=2, num_layers=3') };
    const { report } = await convertNet('parallel.pth', { files: [usual], proof: null });
    expect(report.questions.map(({ id, usual, isAssumed }) => [id, usual, isAssumed])).toEqual([
      ['n_heads', '2', true],
    ]);
    expect(report.problem).toBeNull();
    const changed = await convertNet('parallel.pth', { files: [usual], answers: { n_heads: '4' } });
    expect(changed.report.maxAbsError).toBeLessThan(1e-5);
  });

  const nested = 'model: &m\n  num_heads: 4 # of each block\nagain: *m\n';
  test.each([
    ['config.json', '{"model": {"num_heads": 4}}'],
    ['config.yaml', nested],
    ['hparams.yml', 'num_heads: 4\nname: !!python/object:os.system ls\n'],
  ])('what a file beside it says is taken: %s', async (name, said) => {
    const { report } = await convertNet('parallel.pth', { files: [net, { name, text: said }] });
    expect(report.maxAbsError).toBeLessThan(1e-5);
    expect(report.notes.join()).toMatch(`n_heads is 4: ${name}`);
  });

  const laughs = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]'].concat(
    Array.from(
      'bcdefghij',
      (name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[at]}`).join()}]`,
    ),
  );
  test.each([
    ['is no YAML', 'num_heads: [4'],
    ['is nested without end', '['.repeat(50_000)],
    ['blows up', `num_heads: 4\n${laughs.join('\n')}`],
  ])('a file beside it that %s says nothing', async (_name, said) => {
    const files = [net, { name: 'config.yaml', text: said }, { name: 'deep.json', text: '['.repeat(50_000) }];
    const { report } = await convertNet('parallel.pth', { files });
    expect(report.questions.map(({ id }) => id)).toEqual(['n_heads']);
  });

  describe('two numbers of which the weights tell only the product', () => {
    const shared = (heads: string, each: string) => ({
      name: 'net.py',
      text: text
        .replace('def __init__(self, dim, n_heads)', 'def __init__(self, dim, n_heads, dim_head)')
        .replace('assert dim % n_heads == 0', 'inner = n_heads * dim_head')
        .replace('nn.Linear(dim, 3 * dim)', 'nn.Linear(dim, 3 * inner)')
        .replace('nn.Linear(dim, dim)', 'nn.Linear(inner, dim)')
        .replace('n_heads, num_layers', `${heads}, ${each}, num_layers=3`)
        .replace('Block(d_model, n_heads)', 'Block(d_model, n_heads, dim_head)'),
    });
    const open = ({ report }: Conversion) =>
      report.questions.map(({ id, usual, isAssumed }) => [id, usual, isAssumed]);

    test('are both asked', async () => {
      const conversion = await convertNet('parallel.pth', { files: [shared('n_heads', 'dim_head')] });
      expect(conversion.model).toBeNull();
      expect(open(conversion)).toEqual([
        ['n_heads', null, false],
        ['dim_head', null, false],
      ]);
    });

    test('are assumptions where the source has a default for one', async () => {
      const files = [shared('n_heads=3', 'dim_head=8')];
      const conversion = await convertNet('parallel.pth', { files, proof: null });
      expect(open(conversion)).toEqual([
        ['n_heads', '3', true],
        ['dim_head', '8', true],
      ]);
      const answers = { n_heads: '4' };
      const { report } = await convertNet('parallel.pth', { files, answers });
      expect(report.maxAbsError).toBeLessThan(1e-5);
      expect(report.notes).toContain('dim_head is 6, as the sizes of the weights tell.');
    });
  });

  test('keys that do not fit are listed as PyTorch lists them', async () => {
    const checkpoint = await openCheckpoint(await openAsBlob(join(folder, 'config.pth')), 'config.pth');
    const tensors = checkpoint.tensors.map((one) =>
      one.name === 'head.2.bias' ? { ...one, name: 'head.2.offset' } : one,
    );
    const { report } = await convertCheckpoint({ ...checkpoint, tensors }, { files: [net], examples });
    expect(report.gaps.map(({ reason }) => reason)).toEqual([
      'Net does not fit the weights: missing keys: head.2.bias; unexpected keys: head.2.offset',
    ]);
  });

  test('all calls that are not known are listed at once, each at its line', async () => {
    const unknown = text.replace(
      '        x = self.embed(x)',
      '        x = torch.fft.fft(x).real\n        x = nn.functional.made_up(x)  # torch.not_this(x)\n        x = self.embed(x)',
    );
    const later = `${unknown}\n    def configure(self):\n        torch.optim.Nobody(self)\n        return nn.Unheard(3)\n`;
    const { report } = await convertNet('config.pth', { files: [{ name: 'net.py', text: later }] });
    const lines = later.split('\n');
    expect(
      report.gaps.map(({ operator, file, line }) => [operator, file, lines[Number(line) - 1]?.trim()]),
    ).toEqual([
      ['torch.fft.fft', 'net.py', 'x = torch.fft.fft(x).real'],
      ['torch.made_up', 'net.py', 'x = nn.functional.made_up(x)  # torch.not_this(x)'],
      ['torch.nn.Unheard', 'net.py', 'return nn.Unheard(3)'],
    ]);
  });

  test.each([
    ['no class fits the weights', 'self.extra = nn.Linear(3, 3)', 'missing keys: extra.weight, extra.bias'],
    ['a constructor fails', 'self.seen = nn.Unheard(3).weight + 1', 'torch.nn.Unheard'],
  ])('calls that are not known are listed too where %s', async (_name, line, stopping) => {
    const made = text
      .replace('        self.embed =', `        ${line}\n        self.embed =`)
      .replace('        x = self.embed(x)', '        x = torch.fft.fft(x).real\n        x = self.embed(x)');
    const { report } = await convertNet('config.pth', { files: [{ name: 'net.py', text: made }] });
    const [first, second, ...more] = report.gaps;
    expect(`${first?.operator}${first?.reason}`).toContain(stopping);
    expect([second?.operator, second?.line]).toEqual(['torch.fft.fft', 31]);
    expect(more).toEqual([]);
  });

  test('a source that Python would not read either says where', async () => {
    const { report } = await convertNet('config.pth', {
      files: [{ name: 'net.py', text: `${text}\nx = (\n` }],
    });
    expect(report.gaps.map(({ reason }) => reason).join()).not.toMatch(/python_/);
    expect(report.gaps[0]?.line).toBeGreaterThan(20);
  });

  test('where several classes have the same tensors, which is meant is a choice', async () => {
    const twice = { name: 'net.py', text: `${text}\n\nclass Other(Net):\n    pass\n` };
    const { report } = await convertNet('config.pth', { files: [twice] });
    expect(report.questions.find(({ id }) => id === 'class')).toMatchObject({
      choices: ['Net', 'Other'],
      usual: 'Net',
    });
  });
});

describe('a network that was pickled whole', () => {
  test('is put together again of its source', async () => {
    const { report } = await convertNet('whole.pth');
    expect(report.maxAbsError).toBeLessThan(1e-5);
    expect(report.questions).toEqual([]);
  });

  test('without its source, the classes that are missing are named', async () => {
    const { report, model } = await convertNet('whole.pth', { files: [] });
    expect(model).toBeNull();
    expect(report.tried.find(({ id }) => id === 'source')?.why).toBe(
      'no Python came with it that defines net.Net, net.Block',
    );
  });
});

describe('source that means harm', () => {
  const endings: readonly [string, string, RegExp][] = [
    ['goes on for ever', 'while True:\n    pass', /steps/],
    ['makes a number without end', 'x = 10 ** 10 ** 10', /too long/],
    ['calls itself', 'def f():\n    return f()\nf()', /deep/],
    ['asks for the machine', "__import__('os').system('ls')", /__import__/],
    ['walks to the globals', "(lambda: 0).__globals__['x']", /__globals__/],
  ];
  for (const place of ['constructor', 'forward'] as const) {
    test.each(endings)(`%s in the ${place}`, async (_name, code, why) => {
      const { report, model } = await convertNet('config.pth', {
        files: [{ name: 'net.py', text: harmed(place, code) }],
      });
      expect(model).toBeNull();
      expect(report.gaps.map(({ reason }) => reason).join()).toMatch(why);
    });
  }

  test.each(endings)('%s beside the classes', async (_name, code, why) => {
    const { report } = await convertNet('config.pth', {
      files: [{ name: 'net.py', text: `${text}\n\n${code}\n` }],
    });
    // A statement that the network does not need is left out, and that is said.
    expect([...report.gaps.map(({ reason }) => reason), ...report.notes].join()).toMatch(why);
  });
});

/** The source with code where making the network, or running it, comes by. */
function harmed(place: 'constructor' | 'forward', code: string): string {
  const before = place === 'constructor' ? '        self.embed =' : '        x = self.embed(x)';
  return text.replace(before, `${code.replace(/^/gm, '        ')}\n${before}`);
}
