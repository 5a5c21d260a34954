import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fixture } from '../../tests/convert';
import { main } from './main';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('convert writes a model and compares it with what was recorded', async () => {
  const to = join(folder, 'net.onnx');
  const recorded = ['--inputs', fixture('net.npz'), '--expect', fixture('net.npz')];
  const { status, out } = await inkling('convert', fixture('newer.pt2'), ...recorded, '-o', to, '--json');
  expect(status).toBe(0);
  const result = JSON.parse(out) as { bytes: number; maxAbsError: number };
  expect(result).toMatchObject({
    ...{ output: to, frontend: 'pt2', gaps: [], inputs: [{ name: 'x', shape: ['batch', 1, 4, 4] }] },
    stages: [{ id: 'read', state: 'done' }, {}, {}, {}, { id: 'prove', state: 'done' }],
  });
  expect(result.maxAbsError).toBeLessThan(1e-5);
  expect((await readFile(to)).length).toBe(result.bytes);
});

test('convert says what it needs and how to give it, and takes the answers', async () => {
  const to = join(folder, 'layers.onnx');
  const asked = await inkling('convert', fixture('sequential.pt'), '-o', to, '--json');
  expect(asked.status).toBe(1);
  expect(JSON.parse(asked.out)).toMatchObject({
    problem: { code: 'convert_unanswered', detail: { needed: [{ id: 'input.x', kind: 'shape' }] } },
  });
  const shown = await inkling('convert', fixture('sequential.pt'), '-o', to);
  expect(shown.err).toContain("--input 'x=float32[batch,3,224,224]'");
  const input = ['--input', 'x=float32[batch,1,8,8]', '--arg', 'activation=Tanh'];
  const done = await inkling('convert', fixture('sequential.pt'), ...input, '-o', to);
  expect(done.status).toBe(0);
  expect(done.out).toContain('Assumed: padding and pools');
  expect(done.out).not.toContain('Assumed: activation');
});

test('convert lists every gap with its place', async () => {
  const { status, err } = await inkling('convert', fixture('gaps.pt2'), '-o', join(folder, 'no.onnx'));
  expect(status).toBe(1);
  expect(err).toContain('net.py:12');
  expect(err).toContain('custom::pool');
});

test.each([
  [['--input', 'x=float32'], '--input is NAME='],
  [['--opset', '9'], '--opset is from 17 to 21'],
  [['--arg', 'x'], '--arg is NAME=VALUE'],
])('convert refuses %j as wrong usage', async (flags, words) => {
  const { status, err } = await inkling('convert', fixture('newer.pt2'), ...flags, '-o', 'x.onnx');
  expect(status).toBe(2);
  expect(err).toContain(words);
});

async function inkling(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const stdout = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((out += String(text))));
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((err += String(text))));
  try {
    return { status: await main(argv), out, err };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
