import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callsOf, expectCalls } from './calls';

/** An architecture, and why PyTorch refused to make a program of it in one of two ways. */
interface Architecture {
  source: string;
  class: string;
  refused: Partial<Record<Way, string>>;
}

type Way = 'traced' | 'scripted';

const folder = join(import.meta.dirname, 'fixtures/architectures');
const all = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Architecture[];
const programs = all.flatMap(({ source, refused }) =>
  (['traced', 'scripted'] as const).flatMap((way) =>
    refused[way] === undefined ? [[source.replace('.py', ''), way] as const] : [],
  ),
);

describe('ordinary architectures', () => {
  it.each(programs)('%s, %s, gives what PyTorch gave for two batches', async (name, way) => {
    const calls = await callsOf(join(folder, `${name}.npz`));
    const { report } = await expectCalls(join(folder, `${name}.${way}.pt`), calls);
    expect(report.inputs.map(({ shape }) => shape?.[0])).toEqual(report.inputs.map(() => 'batch'));
    // Whatever is taken for granted is known here.
    expect(report.notes).toEqual(notes[`${name}.${way}`] ?? []);
  });

  it.each(all)('$source and its weights give what PyTorch gave for two batches', async (architecture) => {
    const { source, class: type } = architecture;
    const name = source.replace('.py', '');
    const files = [{ name: source, text: readFileSync(join(folder, source), 'utf8') }];
    const more = { files, answers: { class: type, ...told[name] } };
    const calls = await callsOf(join(folder, `${name}.npz`));
    const { report } = await expectCalls(join(folder, `${name}.pth`), calls, 1e-5, more);
    expect(report.frontend?.id).toBe('source');
    expect(report.inputs.map(({ shape }) => shape?.[0])).toEqual(report.inputs.map(() => 'batch'));
  });

  it('every program that PyTorch made is here', () => {
    const files = programs.map(([name, way]) => join(folder, `${name}.${way}.pt`));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(programs.length).toBeGreaterThanOrEqual(60);
  });
});

/** What a person has to say of an architecture, because no weights tell it. */
const told: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

const gcn = ['Only its batch is free: with more left free, the size x_1 has to be 6.'];

const notes: Readonly<Record<string, unknown[]>> = {
  'gcn.traced': gcn,
  'gcn.scripted': gcn,
  'gpt.scripted': [
    expect.stringMatching(/: tokens_1 <= 16 is taken to hold: else the program raises an exception\.$/),
  ],
};
