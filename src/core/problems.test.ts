import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describe as words } from './describe';
import { AppError, toError, toProblem } from './problem';
import { problems, type Detail } from './problems';

/** All source text but the catalogue and the tests. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'gen' ? '' : sources(path);
      return /\.test\.ts$|core\/problems(\/\w+)?\.ts$/.test(path) ? '' : readFileSync(path, 'utf8');
    })
    .join('\n');
}

type Lost = Detail<'worker_silent'>['worker'];

describe('The catalogue of problems', () => {
  const code = sources('src');

  it.each(Object.keys(problems))('holds no code that nobody throws: %s', (name) => {
    expect(code.includes(`'${name}'`)).toBe(true);
  });

  it('carries an error through plain data and back', () => {
    const error = new AppError('file_empty', { file: 'a.onnx' });
    const back = toError(structuredClone(toProblem(error)));
    expect(back).toMatchObject({ code: 'file_empty', detail: { file: 'a.onnx' } });
    expect(words(toProblem(back)).text).toBe('a.onnx has 0 bytes.');
  });

  it.each([
    ['silent', (worker: Lost) => words({ code: 'worker_silent', detail: { worker, seconds: 600 } })],
    ['gone', (worker: Lost) => words({ code: 'worker_crashed', detail: { worker, message: '' } })],
  ])('says what to do about the very worker that is %s', (_, wordsOf) => {
    const todo = (worker: Lost) => wordsOf(worker).todo;
    expect(todo('WebGPU')).toContain('choose WASM');
    expect(todo('WASM')).toMatch(/^Your drawing is intact\.(?!.*(WebGPU|choose WASM))/);
    for (const worker of ['model', 'preparing', 'inspector'] as const)
      expect(todo(worker)).not.toMatch(/drawing|WebGPU|WASM|status/);
  });

  it('has thin spaces between the thousands of a count', () => {
    const bare =
      /\$\{(?!format)[^}$`]*\} (bytes|elements|files|numbers|values|characters|steps|others|more)\b/g;
    const paths = ['core/problems', 'formats', 'python'].flatMap((folder) =>
      readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
        .map((path) => join('src', folder, path)),
    );
    expect(paths.flatMap((path) => readFileSync(path, 'utf8').match(bare) ?? [])).toEqual([]);
  });

  it('calls anything else a bug, with its message', () => {
    expect(words(toProblem(new TypeError('x is undefined')))).toMatchObject({
      code: 'bug',
      text: 'x is undefined',
    });
    expect(toProblem('thrown text').code).toBe('bug');
  });
});
