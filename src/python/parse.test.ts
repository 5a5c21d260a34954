import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import recorded from '../../tests/fixtures/python/syntax.json';
import { outline } from '../../tests/python/outline';
import { AppError } from '../core/problem';
import { parsePython } from './parse';

const folder = 'tests/fixtures/python/syntax';

/** How reading a text ends: the problem it is refused with. */
function refusal(text: string): unknown {
  try {
    parsePython(text, 'a.py');
  } catch (error) {
    if (error instanceof AppError) return (error as AppError).detail;
    throw error;
  }
  return 'read';
}

describe('Reading Python', () => {
  it.each(readdirSync(folder))('sees in %s what CPython sees', (name) => {
    const read = outline(parsePython(readFileSync(join(folder, name), 'utf8'), name));
    expect(read.split(';')).toEqual((recorded as Record<string, string>)[name]?.split(';'));
  });

  it('knows where everything stands, whatever ends the lines', () => {
    const { body, lines } = parsePython('\ufeffa = 1\r\nif b:\r  c(\n   d)\n', 'a.py');
    expect(lines[1]).toBe('if b:');
    expect(body[1]).toMatchObject({
      line: 2,
      column: 1,
      body: [{ line: 3, value: { args: [{ line: 4, column: 4 }] } }],
    });
  });

  it('says what is no Python, with its place and text', () => {
    expect(refusal('a = 1\nb = (2,\nc = 3\n')).toMatchObject({
      file: 'a.py',
      line: 3,
      column: 3,
      text: 'c = 3',
    });
    expect(refusal('print "a"\n')).toMatchObject({ line: 1, reason: 'this is Python 2' });
    expect(refusal('1 = a\n')).toMatchObject({ reason: 'nothing can be assigned to this' });
    expect(refusal('def f(a=1, b): pass\n')).toMatchObject({ line: 1, column: 12 });
    expect(refusal('f(a=1, b)\n')).toMatchObject({ column: 8 });
    expect(refusal('a == not b\n')).toMatchObject({ line: 1 });
    expect(refusal(`x = 'a\\N{BULLET}'`)).toMatchObject({ line: 1 });
    expect(refusal('try:\n  pass\nelse:\n  pass\n')).toMatchObject({ line: 1 });
  });

  it('refuses what is deeper or longer than any real source, at once', () => {
    const started = performance.now();
    for (const text of [
      `${'('.repeat(100_000)}1${')'.repeat(100_000)}`,
      '('.repeat(100_000),
      '['.repeat(300) + ']'.repeat(300),
      `a = ${'-'.repeat(50_000)}1`,
      `a = ${'not '.repeat(50_000)}1`,
      `a = 1${' + 1'.repeat(50_000)}`,
      `a${'.b'.repeat(50_000)}`,
      `a${'()'.repeat(50_000)}`,
      Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join(''),
      `if a: pass\n${'elif b: pass\n'.repeat(5000)}`,
      `a = ${'9'.repeat(5000)}`,
      'x'.repeat(3_000_000),
      `a = lambda: ${'lambda: '.repeat(1000)}1`,
      `a = f"${'{a:'.repeat(500)}${'}'.repeat(500)}"`,
    ]) {
      expect(refusal(text), text.slice(0, 20)).toHaveProperty('line');
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('takes a chain as long as real sources have them', () => {
    expect(
      refusal(`a = 1${' + 1'.repeat(150)}\nb = x${'.y()'.repeat(60)}\nc = [${'1, '.repeat(20_000)}]\n`),
    ).toBe('read');
  });
});
