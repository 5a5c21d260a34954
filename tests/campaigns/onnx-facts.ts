import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Dim } from '../../src/core/shape';
import { numberOf } from '../../src/ir/dtype-numbers';
import { typeOf } from '../../src/ir/known';
import type { Model, Type } from '../../src/ir/model';
import { operatorName } from '../../src/ir/operators';
import { inferShapes } from '../../src/passes/infer-shapes';

/** A type as `onnx_facts.py` writes it. */
type TheirType =
  | { kind: 'tensor' | 'sparse_tensor'; dtype: number; shape: Dim[] | null }
  | { kind: 'sequence' | 'optional'; of: TheirType }
  | { kind: 'map'; key: number; of: TheirType };

/** What python3-onnx says of a model. */
export interface TheirFacts {
  path: string;
  error?: string;
  inputs: { name: string; type: TheirType | null }[];
  outputs: { name: string; type: TheirType | null }[];
  operators: Record<string, number>;
  values: Record<string, TheirType | null>;
  /** Why its shape inference refused the model. */
  refused?: string;
}

/** The interpreter that Debian's python3-onnx belongs to; another one on the path knows nothing of it. */
const python = '/usr/bin/python3';

/** Whether python3-onnx is on this machine. */
export function hasOnnx(): boolean {
  return spawnSync(python, ['-c', 'import onnx']).status === 0;
}

/** What python3-onnx says of each of these files. */
export function theirFacts(paths: readonly string[]): TheirFacts[] {
  const script = join(import.meta.dirname, 'onnx_facts.py');
  const { stdout } = spawnSync(python, [script], { input: paths.join('\n'), maxBuffer: 2 ** 30 });
  return stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TheirFacts);
}

/** In what operators, inputs and outputs of a model differ, as sentences. */
export function factDifferences(model: Model, theirs: TheirFacts): string[] {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const counts: Record<string, number> = {};
  for (const node of model.graph.nodes) counts[operatorName(node)] = (counts[operatorName(node)] ?? 0) + 1;
  const ports = (list: typeof model.graph.inputs) =>
    list.filter(({ name }) => !constants.has(name)).map(({ name, type }) => ({ name, type: plain(type) }));
  const pairs = [
    ['operators', sorted(counts), sorted(theirs.operators)],
    ['inputs', ports(model.graph.inputs), theirs.inputs],
    ['outputs', model.graph.outputs.map(({ name, type }) => ({ name, type: plain(type) })), theirs.outputs],
  ] as const;
  return pairs.flatMap(([what, ours, other]) => {
    const [a, b] = [JSON.stringify(ours), JSON.stringify(other)];
    return a === b ? [] : [`${what}: ${a} here, ${b} there`];
  });
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** How shapes inferred for the values of one model compare. */
export interface ShapeCounts {
  /** Values whose shape they know, whose shape is known here, and whose shapes are the same wherever they know it. */
  theirs: number;
  ours: number;
  agree: number;
  /** Where they know something that is not known here or is different. */
  differences: { value: string; text: string }[];
}

/** Compares shapes of all values they list. */
export function compareShapes(model: Model, theirs: TheirFacts): ShapeCounts {
  const shapes = inferShapes(model);
  const counts: ShapeCounts = { theirs: 0, ours: 0, agree: 0, differences: [] };
  const makers = new Map(model.graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  for (const [name, type] of Object.entries(theirs.values)) {
    const known = shapes.get(name);
    const ours = known === undefined ? null : plain(typeOf(known));
    if (isShaped(ours)) counts.ours += 1;
    if (type === null || !isShaped(type)) continue;
    counts.theirs += 1;
    if (agrees(ours, type)) counts.agree += 1;
    else {
      const maker = makers.get(name);
      const text = `${maker ? operatorName(maker) : 'input'} ${name}`;
      counts.differences.push({
        value: name,
        text: `${text}: ${JSON.stringify(ours)} here, ${JSON.stringify(type)} there`,
      });
    }
  }
  return counts;
}

function plain(type: Type | null): TheirType | null {
  switch (type?.kind) {
    case 'tensor':
      return { kind: 'tensor', dtype: numberOf(type.dtype), shape: type.shape && [...type.shape] };
    case 'sparse':
      return { kind: 'sparse_tensor', dtype: numberOf(type.dtype), shape: type.shape && [...type.shape] };
    case 'sequence':
    case 'optional': {
      const of = plain(type.of);
      return of && { kind: type.kind, of };
    }
    case 'map': {
      const of = plain(type.value);
      return of && { kind: 'map', key: numberOf(type.key), of };
    }
    default:
      return null;
  }
}

function isShaped(type: TheirType | null): boolean {
  if (type === null) return false;
  return 'of' in type ? isShaped(type.of) : type.shape !== null;
}

/** Whether all that they know is known here, and the same; a number for what they only name is more. */
function agrees(ours: TheirType | null, theirs: TheirType): boolean {
  if (ours === null || ours.kind !== theirs.kind) return false;
  if ('of' in theirs) return 'of' in ours && agrees(ours.of, theirs.of);
  if (!('shape' in ours) || (theirs.dtype !== 0 && ours.dtype !== theirs.dtype)) return false;
  if (theirs.shape === null) return true;
  return (
    ours.shape?.length === theirs.shape.length &&
    theirs.shape.every((dim, at) => {
      const here = ours.shape?.[at] ?? null;
      return dim === null || dim === here || (typeof dim === 'string' && typeof here === 'number');
    })
  );
}
