import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { shared } from '../wild';
import { dropLarge, figuresOf } from './dropping';
import type { Figure } from './figure';

const networks = [
  {
    ...{ what: 'a SignTransformer of 20 MB and its source', atMost: 2000 },
    ...{ name: 'SignTransformer', source: 'models/transformer.py' },
    config: { input_dim: 156, emb_dim: 256, num_heads: 8, num_layers: 6, num_gloss: 105, num_cat: 10 },
  },
  {
    ...{ what: 'an InceptionV3GRU of 101 MB and its source', atMost: 10_000 },
    ...{ name: 'InceptionV3GRU', source: 'models/iv3_gru.py', config: null },
  },
];

/** Weights at their true size dropped on the Convert screen with their source, until the model is there. */
export async function* convert(): AsyncGenerator<Figure> {
  const tools = join(shared, 'fixtures-tools');
  if (!existsSync(tools)) {
    console.error(`${tools} is not on this machine: conversions are not measured`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
  cpSync(tools, folder, { recursive: true });
  const program = 'import make_fixtures; make_fixtures.fullsize()';
  execFileSync('/usr/bin/python3', ['-c', program], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const { what, atMost, name, source, config } of networks) {
    const made = (kind: string) => join(folder, 'fullsize', `${name}${kind}`);
    const files = [made('_best.pt'), join(folder, 'src/seed', source), made('_full.inputs.npz')];
    if (config) {
      const path = join(folder, 'config.json');
      await writeFile(path, JSON.stringify(config));
      files.push(path);
    }
    const dropped = await dropLarge(files, {
      ...{ address: '#convert', shown: ['[aria-labelledby="result"] td'] },
      settle: async (page) =>
        void (await page.waitForSelector('[aria-labelledby="result"] td', { timeout: 60_000 })),
    });
    if (!dropped) continue;
    const load = loadavg()[0] ?? NaN;
    for (const figure of figuresOf(dropped, `${what}, from drop to model`, `${name} was a model`, { atMost }))
      yield { ...figure, load: Math.round(load * 10) / 10 };
  }
  await rm(folder, { recursive: true });
}
