import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tape } from '../src/convert';
import { torchModules } from '../src/convert/torch/modules';
import { refuseDrawn } from '../src/convert/torch/random';
import { dtypeValue } from '../src/convert/torch/dtypes';
import { TensorValue } from '../src/convert/torch/values';
import { FixedSize } from '../src/convert/tape/meeting';
import type { Quantized } from '../src/convert/tape/tensor';
import type { PlainTensor, TypedArray } from '../src/core/tensor';
import { createPython, PyDict, PyList, PyTuple, type Python, type Value } from '../src/python';
import { expectedOf, plain, type Encoded, type Stored } from './aten';

/** A network or a function that `fixtures/modules/make.py` recorded. */
export interface Case {
  /** A source that defines `net`. */
  net?: string;
  /** A source that defines `call`. */
  call?: string;
  args?: Encoded[];
  named?: Record<string, Encoded>;
  /** `{ q }` are steps of scales. */
  state?: Record<string, Encoded>;
  /** What torch saves of the network. */
  keys?: string[];
  out: Encoded[];
  /** Why the first size of the inputs has to be known. */
  fixed?: string;
  gap?: string;
  tolerance?: number;
}

const folder = join(import.meta.dirname, 'fixtures/modules');

/** Every recorded case, by the file it is in. */
export function recordedModules(): { file: string; cases: Case[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
      return { file: file.replace('.jsonl', ''), cases: lines.map((line) => JSON.parse(line) as Case) };
    });
}

const library = join(import.meta.dirname, '../src/convert/torch/library');

/** Names of the classes and functions that torch's modules in Python define for programs: those without a `_`. */
export function definedNames(): string[] {
  const files = readdirSync(library, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.py'))
    .map((file) => readFileSync(join(library, file), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/^(?:class|def) ([A-Za-z]\w*)/gm)]);
  return names.map(([, name = '']) => name);
}

/** What evaluating a case gives. */
export interface Evaluated {
  tape: Tape;
  feeds: Record<string, PlainTensor>;
  results: Value[];
  keys: string[];
}

const head = 'import math\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/**
 * Evaluates the source of a case with its tensors as inputs of a model and its state as parameters. A first size that
 * is left free is kept where it turns out to be one number.
 */
export function evaluate(one: Case, isFree: boolean): Evaluated {
  try {
    return evaluateWith(one, isFree);
  } catch (thrown) {
    if (isFree && thrown instanceof FixedSize) return evaluateWith(one, false);
    throw thrown;
  }
}

function evaluateWith(one: Case, isFree: boolean): Evaluated {
  const tape = new Tape({ opset: 17 });
  const feeds: Record<string, PlainTensor> = {};
  const [first] = (one.args ?? []).filter(isTensor);
  const batch = isFree ? first?.t[1][0] : undefined;
  const sources = [{ file: 'case.py', text: head + (one.net ?? one.call ?? '') }];
  const python = createPython({ sources, modules: torchModules(tape) });
  const callee = python.load('case').members.get(one.net === undefined ? 'call' : 'net') ?? null;
  quantize(python, callee, one);
  const saved = one.net === undefined ? new Map<string, Value>() : stateOf(python, callee);
  for (const [name, encoded] of Object.entries(one.state ?? {})) {
    const value = saved.get(name);
    if (!(value instanceof TensorValue)) continue;
    const { dtype, dims, data } = expectedOf(encoded) as PlainTensor;
    value.tensor.rebind(tape.data(dtype, [...dims], data as TypedArray));
    value.tensor.quantized = stepsOf(encoded);
  }
  if (one.net !== undefined) python.run((machine) => machine.callMethod(callee, '_begin', []));
  const decode = (value: Encoded): Value => {
    if (isTensor(value)) {
      const tensor = plain(value.t);
      const name = `x${Object.keys(feeds).length}`;
      feeds[name] = tensor;
      const dims = tensor.dims.map((dim, at) => (at === 0 && dim === batch && dim > 1 ? 'batch' : dim));
      return new TensorValue(tape, tape.input(name, tensor.dtype, dims));
    }
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return BigInt(value);
    if (Array.isArray(value)) return new PyList(value.map(decode));
    if ('d' in value) return dtypeValue(value.d);
    if ('f' in value) return Number(value.f);
    throw new Error('an argument of another kind');
  };
  const args = (one.args ?? []).map(decode);
  const keywords = new Map(Object.entries(one.named ?? {}).map(([key, value]) => [key, decode(value)]));
  const results = [...flat(python.run((machine) => machine.call(callee, args, keywords)))];
  refuseDrawn(
    tape,
    results.flatMap((value) => (value instanceof TensorValue ? [value.tensor] : [])),
  );
  return { tape, feeds, results, keys: [...saved.keys()] };
}

/** Where the state holds steps of scales, the network is one of layers for those. */
function quantize(python: Python, net: Value, { state = {} }: Case): void {
  if (!Object.values(state).some((value) => stepsOf(value) !== null)) return;
  const like = python.load('torch.nn.quantized.loading').members.get('_quantized_like') ?? null;
  python.run((machine) => machine.call(like, [net, new PyList(Object.keys(state))]));
}

function stepsOf(value: Encoded): Quantized | null {
  if (typeof value !== 'object' || value === null || !('q' in value)) return null;
  const [, scales, zeroPoints, axis] = value.q;
  return { scales, zeroPoints, axis };
}

function isTensor(value: Encoded): value is { t: Stored } {
  return typeof value === 'object' && value !== null && 't' in value;
}

function stateOf(python: Python, net: Value): Map<string, Value> {
  const saved = python.run((machine) => machine.callMethod(net, 'state_dict', []));
  if (!(saved instanceof PyDict)) throw new Error('a state dict is a dict');
  return new Map(
    [...saved.entries.values()].map(([name, value]) => [typeof name === 'string' ? name : '', value]),
  );
}

function* flat(value: Value): Generator<Value> {
  if (value instanceof PyList || value instanceof PyTuple) for (const item of value.items) yield* flat(item);
  else if (value instanceof PyDict) for (const [, item] of value.entries.values()) yield* flat(item);
  else yield value;
}
