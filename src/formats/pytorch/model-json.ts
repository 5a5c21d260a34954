import type { Value } from '../../core/checkpoint';
import { formatCount } from '../../core/format';
import { locate } from '../../core/locations';
import { AppError } from '../../core/problem';
import { keyText } from '../checkpoint/walk';
import type { Format } from '../format';
import { dictionary } from '../pickle/values';
import { createProbe } from '../probe';
import { pytorchLegacy } from './pytorch-legacy';
import { pytorchZip } from './pytorch-zip';

/** A description of a class has some hundred bytes; lists of elements some thousand. */
const MAX_BYTES = 16 * 2 ** 20;
/** What matgl calls the weights that belong to a `model.json`. */
const WEIGHTS = 'state.pt';

/**
 * A model in two files, as matgl saves it: `model.json` with the class and its arguments, `state.pt` with the weights.
 * @see https://github.com/materialsvirtuallab/matgl/blob/main/src/matgl/utils/io.py
 */
export const modelJson: Format = {
  id: 'model-json',
  label: 'Model described in JSON, with its weights beside it',
  extensions: ['.json'],
  spec: 'https://github.com/materialsvirtuallab/matgl/blob/main/src/matgl/utils/io.py',
  async sniff(probe) {
    const text = new TextDecoder().decode(await probe.head());
    return /^\s*\{/.test(text) && text.includes('"@class"') && text.includes('"@module"');
  },
  async read(file, context, job) {
    const { name, external } = context;
    const damaged = (reason: string) =>
      new AppError('file_damaged', { file: name, place: 'the description', reason });
    if (file.size > MAX_BYTES) throw damaged(`it has ${formatCount(file.size)} bytes`);
    const described = describe(await file.text(), damaged);
    const weights = locate(external ?? new Map(), [WEIGHTS]).get(WEIGHTS);
    if (!weights) throw new AppError('file_external_missing', { file: name, locations: [WEIGHTS] });
    const legacy = await pytorchLegacy.sniff(createProbe(weights));
    const artifact = await (legacy ? pytorchLegacy : pytorchZip).read(
      weights,
      { ...context, name: WEIGHTS },
      job,
    );
    if (artifact.kind !== 'checkpoint') throw damaged(`${WEIGHTS} holds no weights`);
    const { checkpoint } = artifact;
    const entries = new Map([...described, ...checkpoint.entries]);
    return { kind: 'checkpoint', checkpoint: { ...checkpoint, file: name, entries } };
  },
};

function describe(text: string, damaged: (reason: string) => AppError): Map<string, Value> {
  try {
    const value = asValue(JSON.parse(text), 0);
    if (typeof value !== 'object' || value?.kind !== 'dict') throw damaged('it describes nothing');
    return new Map([...value.entries].map(([key, one]) => [keyText(key), one]));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(`it is no JSON (${error instanceof Error ? error.message : ''})`);
  }
}

/** Lists in lists in lists: arguments of a class have a few levels. */
const MAX_DEPTH = 32;

function asValue(json: unknown, depth: number): Value {
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(json)) return { kind: 'list', items: json.map((one) => asValue(one, depth + 1)) };
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json).map(([key, one]) => [key, asValue(one, depth + 1)] as const);
    return { ...dictionary('dict'), entries: new Map<Value, Value>(entries) };
  }
  return typeof json === 'number' || typeof json === 'string' || typeof json === 'boolean' ? json : null;
}
