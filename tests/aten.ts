import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteLength, type Dtype } from '../src/core/dtype';
import { elementCount } from '../src/core/shape';
import { bytesOf, viewElements, type PlainTensor, type TypedArray } from '../src/core/tensor';
import { PackedCell, PackedWeight, type Argument, type Tape, type Tensor } from '../src/convert';
import { FixedSize } from '../src/convert/tape/meeting';
import { contiguous, storageOf } from '../src/formats/checkpoint/storage';

/** A call of a torch operator that `fixtures/aten/make.py` recorded. */
export interface Case {
  op: string;
  args: Encoded[];
  named?: Record<string, Encoded>;
  out: Encoded[];
  /** Which arguments are parameters of a model. */
  params?: number[];
  /** Why sizes have to be known for it. */
  fixed?: string;
  gap?: string;
  tolerance?: number;
}

/** Several calls; `{ r }` is a tensor by where it comes from: the inputs, then what the calls gave. */
export interface Program {
  name: string;
  inputs: Encoded[];
  steps: { op: string; args: Reference[]; named: Record<string, Reference> }[];
  outputs: Reference[];
  out: Encoded[];
}

/** An encoded value, or a tensor of the program. */
export type Reference = Encoded | { r: number } | Reference[];

/** A value as `record.py` writes it. */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | Encoded[]
  | { t: Stored }
  | { d: Dtype }
  | { f: number | string }
  | { q: Steps }
  | { p: [Encoded, Encoded, Record<string, number[]>] }
  | { c: Encoded[] };
type Steps = [Stored, number[], number[], number | null];
/** A tensor: its elements are little-endian. */
export type Stored = [dtype: Dtype, dims: number[], base64: string];

const folder = join(import.meta.dirname, 'fixtures/aten');

/** Every recorded call, by the file it is in. */
export function recordedCases(): { file: string; cases: Case[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
      return { file: file.replace('.jsonl', ''), cases: lines.map((line) => JSON.parse(line) as Case) };
    });
}

/** Every recorded program. */
export function recordedPrograms(): Program[] {
  const lines = readFileSync(join(folder, 'programs.txt'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Program);
}

/**
 * Frees every size of the inputs, and keeps those that turn out to be one number, as a conversion does. Dimensions of
 * one size have one name, `s3`; where that is given up, each has its own, `s3_x0_1`. `attempt` is told which names are
 * kept.
 */
export async function freeing<T>(attempt: (kept: ReadonlySet<string>) => Promise<T>): Promise<T> {
  const kept = new Set<string>();
  for (;;) {
    try {
      return await attempt(kept);
    } catch (thrown) {
      if (!(thrown instanceof FixedSize) || thrown.names.every((name) => kept.has(name))) throw thrown;
      for (const name of thrown.names) kept.add(name);
    }
  }
}

/**
 * The recorded arguments on a tape: tensors become inputs of the model, or its parameters. Sizes are free but for those
 * that are kept, as `freeing` names them; `null` keeps all.
 */
export function argumentsOn(
  tape: Tape,
  { args, named = {}, params = [] }: Case,
  kept: ReadonlySet<string> | null,
) {
  const sizeOf = (dim: number, place: string) => {
    const names = kept === null || dim <= 1 ? [] : [`s${dim}`, `s${dim}_${place}`];
    return names.find((name) => !kept?.has(name)) ?? dim;
  };
  const feeds: Record<string, PlainTensor> = {};
  const decode = (value: Encoded, isParameter: boolean): Argument => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return BigInt(value);
    if (Array.isArray(value)) return value.map((one) => decode(one, isParameter));
    if ('d' in value) return value.d;
    if ('p' in value) return packed(value.p.map((one) => (isEncoded(one) ? decode(one, true) : one)));
    if ('c' in value) {
      const [input, hidden, ...biases] = value.c.map((one) => decode(one, true) as Tensor);
      const weights = [new PackedWeight(input!, biases[0]!), new PackedWeight(hidden!, biases[1]!)] as const;
      return new PackedCell(weights, [biases[0]!, biases[1]!]);
    }
    if ('q' in value) {
      const [stored, scales, zeroPoints, axis] = value.q;
      const steps = decode({ t: stored }, isParameter) as Tensor;
      steps.quantized = { scales, zeroPoints, axis };
      return steps;
    }
    if ('f' in value)
      return Number(typeof value.f === 'string' ? value.f.replace('inf', 'Infinity') : value.f);
    const { dtype, dims, data } = plain(value.t);
    if (isParameter) return parameter(tape, dtype, dims, data);
    const name = `x${Object.keys(feeds).length}`;
    feeds[name] = { dtype, dims, data };
    return tape.input(
      name,
      dtype,
      dims.map((dim, axis) => sizeOf(dim, `${name}_${axis}`)),
    );
  };
  return {
    given: args.map((value, at) => decode(value, params.includes(at))),
    named: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, decode(value, false)])),
    feeds,
  };
}

function isEncoded(value: unknown): value is Encoded {
  return value === null || (typeof value === 'object' && ('t' in value || 'q' in value));
}

function packed([weight, bias, moves]: unknown[]): PackedWeight {
  const { groups, ...lists } = moves as Record<string, number[]> & { groups?: number };
  return new PackedWeight(weight as Tensor, bias as Tensor | null, { ...lists, ...(groups && { groups }) });
}

/** A small parameter is read ahead, as a frontend does; a larger one stays in its file. */
function parameter(tape: Tape, dtype: Dtype, dims: number[], data: TypedArray): Tensor {
  const stored = contiguous(dtype, dims, storageOf('0', dtype, new Blob([bytesOf(data)])));
  return tape.parameter('weight', stored, elementCount(dims) <= 16 ? data : undefined);
}

/** A recorded tensor. */
export function plain([dtype, dims, base64]: Stored): { dtype: Dtype; dims: number[]; data: TypedArray } {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length !== byteLength(dtype, elementCount(dims))) throw new Error('a recorded tensor is damaged');
  return { dtype, dims, data: viewElements(dtype, bytes) };
}

/** What a case gave, tensors and numbers alike. */
export function expectedOf(value: Encoded): PlainTensor | number | boolean | null {
  if (value !== null && typeof value === 'object' && 't' in value) return plain(value.t);
  if (value !== null && typeof value === 'object' && 'q' in value) return plain(value.q[0]);
  if (value !== null && typeof value === 'object' && 'f' in value) return Number(value.f);
  return value as number | boolean | null;
}
