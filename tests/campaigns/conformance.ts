import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fromHalf } from '../../src/core/half';
import { AppError } from '../../src/core/problem';
import type { PlainTensor } from '../../src/core/tensor';
import { readTensorFile, type FileValue } from '../../src/formats/onnx/tensor-file';
import type { Model, Node } from '../../src/ir/model';
import { operatorName } from '../../src/ir/operators';
import type { NodeSession } from '../../src/runtime/node';

/** How ONNX Runtime fared with one of the official tests. */
export type Run =
  | { kind: 'matched' }
  /** It ran, and there is nothing to compare with: it draws by chance. */
  | { kind: 'random' }
  /** It ran and gave something else than was recorded. */
  | { kind: 'differs'; why: string }
  | { kind: 'cannot'; why: string };

/** Runs a model on every recorded set of inputs beside it and compares with the recorded outputs. */
export async function runRecorded(
  path: string,
  model: Model,
  open: () => Promise<NodeSession>,
): Promise<Run> {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const inputs = model.graph.inputs.filter(({ name }) => !constants.has(name));
  const odd = [...inputs, ...model.graph.outputs].find(({ type }) => type?.kind !== 'tensor');
  if (odd !== undefined) {
    return { kind: 'cannot', why: `its JavaScript interface takes no ${odd.type?.kind ?? 'untyped value'}` };
  }
  try {
    const session = await open();
    for (const folder of await setsBeside(path)) {
      const feeds: Record<string, PlainTensor> = {};
      for (const [at, { name }] of inputs.entries()) feeds[name] = await recorded(folder, 'input', at);
      const { outputs } = await session.run(feeds);
      if (model.graph.nodes.some(isRandom)) return { kind: 'random' };
      for (const [at, { name }] of model.graph.outputs.entries()) {
        const why = difference(outputs[name], await recorded(folder, 'output', at));
        if (why !== null) return { kind: 'differs', why: `${name}: ${why}` };
      }
    }
    return { kind: 'matched' };
  } catch (error) {
    return { kind: 'cannot', why: shortened(error) };
  }
}

async function setsBeside(path: string): Promise<string[]> {
  const entries = await readdir(dirname(path));
  return entries.filter((name) => name.startsWith('test_data_set_')).map((name) => join(dirname(path), name));
}

async function recorded(folder: string, which: 'input' | 'output', at: number): Promise<PlainTensor> {
  const file = await openAsBlob(join(folder, `${which}_${at}.pb`));
  const { value }: { value: FileValue } = await readTensorFile(file, `${which}_${at}.pb`);
  if (value.kind !== 'tensor') throw new Error('only tensors are run');
  return value.tensor;
}

const byChance = [
  'Bernoulli',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
];

/** Whether a node's result differs from run to run; Dropout does where it is told whether it is trained. */
function isRandom({ op, inputs }: Node): boolean {
  return byChance.includes(op) || (op === 'Dropout' && Boolean(inputs[2]));
}

/** The tolerances of ONNX's own runner, but for small numbers: WASM rounds some functions another way. */
const RELATIVE = 1e-3;
const ABSOLUTE = 1e-5;

/** In what a tensor differs from the recorded one; `null` where it does not. */
function difference(found: PlainTensor | undefined, expected: PlainTensor): string | null {
  if (found === undefined) return 'is missing';
  const types = [`${found.dtype} ${found.dims.join('×')}`, `${expected.dtype} ${expected.dims.join('×')}`];
  if (types[0] !== types[1]) return `${types[0]} instead of ${types[1]}`;
  const [a, b] = [numbersOf(found), numbersOf(expected)];
  for (const [at, wanted] of b.entries()) {
    const given = a[at];
    if (given === wanted || (Number.isNaN(given) && Number.isNaN(wanted))) continue;
    const isClose =
      typeof given === 'number' &&
      typeof wanted === 'number' &&
      Math.abs(given - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
    if (!isClose) return `${given} instead of ${wanted}`;
  }
  return null;
}

function numbersOf({ dtype, data }: PlainTensor): (number | bigint | string)[] {
  if (dtype === 'float16' && data instanceof Uint16Array) return Array.from(fromHalf(data));
  return Array.from(data as ArrayLike<number | bigint | string>);
}

/** ONNX Runtime's own words, without places in its source. */
function shortened(error: unknown): string {
  const detail = error instanceof AppError ? (error as AppError).detail : {};
  const message = 'reason' in detail ? String(detail.reason) : String(error);
  const missing = /Could not find an implementation for (\w+)\((\d+)\)/.exec(message);
  if (missing) return `no implementation of ${missing[1]} ${missing[2]}`;
  const unknown = /([\w.]+):(\w+)\(-?\d+\) is not a registered/.exec(message);
  if (unknown) return `no operator ${unknown[1]}::${unknown[2]}`;
  const isBatchwise = message.includes('layout == 1) are not supported');
  return isBatchwise ? 'layout 1 is not supported' : message.replace(/\s+/g, ' ').slice(0, 120).trim();
}

/** The operator an official test is about: its only node, or that of the test without what its name ends in. */
export function subjectOf(path: string, model: Model): string {
  const test = basename(dirname(path)).replace(/^test_/, '');
  const set = basename(dirname(dirname(path)));
  if (set !== 'node') return set;
  const letters = test.replaceAll('_', '').toLowerCase();
  const named = model.graph.nodes.find(({ op }) => letters.startsWith(op.toLowerCase()));
  const [first] = model.graph.nodes;
  return named ? operatorName(named) : first ? operatorName(first) : set;
}
