import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import recorded from '../../tests/fixtures/python/printed.json';
import { AppError } from '../core/problem';
import { createPython } from '.';

const folder = 'tests/fixtures/python/cases';

/** The lines that a case prints here, and what it raises in the end, as `make.py` records them of CPython. */
function printed(name: string): string[] {
  const source = { file: name, text: readFileSync(join(folder, name), 'utf8') };
  const python = createPython({ modules: (module) => (module === 'case' ? source : null) });
  let raised: string[] = [];
  try {
    python.load('case');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'python_error') throw error;
    raised = [`raised ${(error as AppError<'python_error'>).detail.error}`];
  }
  const lines = python.notes.flatMap(({ text }) => text.split('\n'));
  return [...lines, ...raised];
}

describe('Evaluating Python', () => {
  it.each(Object.keys(recorded))('prints for %s what CPython prints', (name) => {
    expect(printed(name)).toEqual((recorded as Record<string, string[]>)[name]);
  });
});
