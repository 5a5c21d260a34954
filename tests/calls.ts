import { openAsBlob } from 'node:fs';
import { expect } from 'vitest';
import { convertFile } from './convert';
import { oracle } from './oracle';
import type { Conversion } from '../src/convert';
import type { Example } from '../src/core/example';
import { toNumbers } from '../src/core/numbers';
import { elementCount, formatShape } from '../src/core/shape';
import type { PlainTensor } from '../src/core/tensor';
import { readNpz } from '../src/formats/npy';
import { encodeOnnx } from '../src/formats/onnx';

/** Arguments and results of one call that PyTorch was given, in their order. */
export interface Call {
  inputs: PlainTensor[];
  outputs: PlainTensor[];
}

/** The calls of a record: arrays called `0.in.0`, `0.out.0`. */
export async function callsOf(path: string): Promise<Call[]> {
  const calls: Call[] = [];
  for (const [label, array] of await readNpz(await openAsBlob(path), path)) {
    const [at = '', side = ''] = label.split('.');
    const call = (calls[Number(at)] ??= { inputs: [], outputs: [] });
    (side === 'in' ? call.inputs : call.outputs).push(array);
  }
  return calls;
}

/** The arguments of a call as examples; a program's arguments are taken in their order. */
function examplesOf({ inputs }: Call): Example[] {
  return inputs.map(({ dtype, dims }, at) => ({ name: `${at}`, dtype, dims }));
}

/** Converts a file by its first call, and expects of the model what PyTorch gave for all of them. */
export async function expectCalls(
  path: string,
  calls: readonly Call[],
  tolerance = 1e-5,
  more: Parameters<typeof convertFile>[1] = {},
): Promise<Conversion> {
  const [first] = calls;
  if (!first) throw new Error('something was recorded');
  const conversion = await convertFile(path, { examples: examplesOf(first), ...more });
  const { report, model } = conversion;
  expect(report.gaps).toEqual([]);
  if (!model) throw new Error(JSON.stringify(report.problem));
  // Optimized, products of 8-bit numbers overflow on processors without VNNI.
  const run = await oracle(await encodeOnnx(model), { graphOptimizationLevel: 'disabled' });
  for (const { inputs, outputs } of calls) {
    const feeds = model.graph.inputs.map((input, at): [string, PlainTensor] => [input.name, inputs[at]!]);
    const found = await run(Object.fromEntries(feeds));
    const given = model.graph.outputs.map((output) => found[output.name]!);
    expect(given.map(typeOf)).toEqual(outputs.map(typeOf));
    for (const [at, output] of outputs.entries())
      expect(largestDifference(given[at]!, output)).toBeLessThan(tolerance);
  }
  return conversion;
}

function typeOf({ dtype, dims }: PlainTensor): string {
  return `${dtype} ${formatShape(dims)}`;
}

function largestDifference(a: PlainTensor, b: PlainTensor): number {
  const count = elementCount(b.dims);
  const [x, y] = [a, b].map((one) => toNumbers(one.dtype, one.data as never, count)!);
  return Math.max(0, ...Array.from({ length: count }, (_, at) => Math.abs(x![at]! - y![at]!)));
}
