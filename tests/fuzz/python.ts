import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/core/problem';
import { createPython, PyClass, type Value } from '../../src/python';
import type { Ending } from './reader';

/** A tenth of the usual limits: what damage makes endless ends all the same, and more cases fit into a second. */
const limits = { steps: 200_000, elements: 100_000 };

/**
 * Reads and evaluates a damaged source, as a program of a person's and as a module of ours, makes an object of each of
 * its classes, and shows everything it holds. Ends in a problem of the catalogue or in values; anything else that is thrown is passed on,
 * and is a bug.
 */
export function runDamagedPython(bytes: Uint8Array<ArrayBuffer>): Promise<Ending> {
  const start = performance.now();
  const ended = (outcome: string) => Promise.resolve({ outcome, ms: performance.now() - start });
  const text = new TextDecoder().decode(bytes);
  const source = { file: 'damaged.py', text };
  let outcome = 'read';
  for (const isOurs of [true, false]) {
    const python = createPython({
      ...{ sources: isOurs ? [] : [source], limits },
      modules: (name) => (isOurs && name === 'damaged' ? source : null),
    });
    try {
      const module = python.load('damaged');
      for (const value of [...module.members.values()].slice(0, 50)) show(python, value);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcome = (error as AppError).code;
    }
  }
  return ended(outcome);
}

function show(python: ReturnType<typeof createPython>, value: Value): void {
  try {
    python.run((machine) => machine.repr(value));
    if (value instanceof PyClass) python.run((machine) => machine.call(value, []));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Sources of every kind: what the evaluator is tested with. */
export function pythonSeeds(): Uint8Array<ArrayBuffer>[] {
  const folder = 'tests/fixtures/python';
  const files = ['cases', 'syntax'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file))),
  );
  const hostile = readFileSync(join(folder, 'hostile.txt'), 'utf8').split('\n---\n');
  return [...files, ...hostile.map((text) => new TextEncoder().encode(text))].map(
    (bytes) => new Uint8Array(bytes),
  );
}
