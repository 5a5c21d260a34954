import { parseDocument } from 'yaml';
import type { Checkpoint, SourceText, Value as Stored } from '../../../core/checkpoint';
import { PyDict, PyList, PyTuple, type Value } from '../../../python';

/** What is said of a network's constructor somewhere: in the checkpoint, beside it, or by a person. */
export interface Setting {
  name: string;
  value: Value;
  /** Where it stands: `hyperparams`, `config.json`. */
  from: string;
}

/** All settings, what a person answered first, then the checkpoint's own, then those of files beside it. */
export function settingsOf(
  checkpoint: Checkpoint,
  files: readonly SourceText[],
  answers: Readonly<Record<string, string>>,
): Setting[] {
  return [
    ...Object.entries(answers).map(([name, text]) => ({ name, value: answerOf(text), from: '' })),
    ...Array.from(checkpoint.entries).flatMap(([name, value]) => storedSettings(name, value)),
    ...files.flatMap(configured),
  ];
}

/** What a person typed, as Python would read it: `128`, `0.5`, `true`, `[1, 2]`, else a text. */
function answerOf(text: string): Value {
  try {
    return fromJson(
      JSON.parse(text.replace(/^(True|False)$/, (word) => word.toLowerCase()).replace(/^None$/, 'null')),
    );
  } catch {
    return text;
  }
}

/** The settings of a configuration beside a checkpoint; none where it cannot be read. */
function configured({ name, text }: SourceText): Setting[] {
  try {
    if (/\.json$/i.test(name)) return flattened(name, fromJson(JSON.parse(text)));
    return /\.ya?ml$/i.test(name) ? flattened(name, fromJson(parseYaml(text))) : [];
  } catch {
    return [];
  }
}

/** Plain values alone: tags make nothing, and aliases may not blow up. */
function parseYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core', logLevel: 'error' });
  if (document.errors.length > 0) return null;
  return document.toJS({ maxAliasCount: MOST_ALIASES });
}

const MOST_ALIASES = 100;

function flattened(from: string, value: Value): Setting[] {
  if (!(value instanceof PyDict)) return [];
  return [...value.entries.values()].flatMap(([name, one]): Setting[] =>
    typeof name !== 'string'
      ? []
      : one instanceof PyDict
        ? [{ name, value: one, from }, ...flattened(`${from}: ${name}`, one)]
        : [{ name, value: one, from }],
  );
}

function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return new PyList(value.map(fromJson));
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  const dict = new PyDict();
  for (const [name, one] of Object.entries(value)) dict.set(name, fromJson(one));
  return dict;
}

function storedSettings(name: string, value: Stored): Setting[] {
  const opened = fromStored(value);
  return opened === undefined
    ? []
    : opened instanceof PyDict
      ? flattened(name, opened)
      : [{ name, value: opened, from: 'the checkpoint' }];
}

/** A value of a checkpoint as a program would hold it; `undefined` for tensors and objects of classes. */
export function fromStored(value: Stored, depth = 0): Value | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (depth > 16) return undefined;
  if (value.kind === 'list' || value.kind === 'tuple') {
    const items = value.items.map((item) => fromStored(item, depth + 1)).filter((item) => item !== undefined);
    if (items.length < value.items.length) return undefined;
    return value.kind === 'list' ? new PyList(items) : new PyTuple(items);
  }
  if (value.kind === 'object') {
    // `argparse.Namespace` and its like: attributes are settings.
    return value.state === null ? undefined : fromStored(value.state, depth + 1);
  }
  if (value.kind !== 'dict') return undefined;
  const dict = new PyDict();
  for (const [key, one] of value.entries) {
    const opened = typeof key === 'string' ? fromStored(one, depth + 1) : undefined;
    if (typeof key === 'string' && opened !== undefined) dict.set(key, opened);
  }
  return dict;
}
