import { describe, expect, test } from 'vitest';
import { createJob } from '../../src/core/job';
import { AppError } from '../../src/core/problem';
import { readModel } from '../../src/formats';
import { describeModel } from '../../src/passes/facts';
import { memoryOf } from '../../src/passes/memory';
import { listGraphs, outlineGraph } from '../../src/passes/outline';
import { malformedCases } from './cases';

const MOST_MS = 2000;
const MOST_BYTES = 200 * 1024 * 1024;
const cases = await malformedCases();

/** What the Inspect screen does with a file; the code of the problem, or those found in what could be read. */
async function inspect(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  try {
    const file = new Blob([bytes]);
    const model = await readModel(file, { name }, createJob());
    const { problems } = await describeModel(model, file, '');
    memoryOf(model);
    for (const { path } of listGraphs(model)) outlineGraph(model, path);
    return problems.map(({ code }) => code);
  } catch (error) {
    if (error instanceof AppError) return [(error as AppError).code];
    throw error;
  }
}

test('there are at least sixty', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('each ends in a problem, soon and small', () => {
  test.each(cases)('$name', async ({ name, bytes }) => {
    const began = performance.now();
    const before = process.memoryUsage().rss;
    expect(await inspect(name, bytes)).not.toEqual([]);
    expect(performance.now() - began).toBeLessThan(MOST_MS);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES);
  });
});
