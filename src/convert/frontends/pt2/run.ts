import { fieldOf, listOf } from '../../../core/json';
import type { Job } from '../../../core/job';
import type { Argument } from '../../operators/bind';
import type { Result } from '../../operators/aten';
import { Gap } from '../../gap';
import { callAten } from '../../operators/operators';
import type { FoundGap } from '../../report';
import type { Tape } from '../../tape/tape';
import { argumentOf, scalarTypes, unionOf } from './arguments';
import { placeOf } from './places';
import { calculate } from './scalars';
import { sizeOf, type Symbols } from './sizes';

/** A graph of an exported program while it is recorded. */
export interface Run {
  tape: Tape;
  archive: string;
  symbols: Symbols;
  values: Map<string, Result>;
  gaps: FoundGap[];
}

/** Records the nodes of a graph, going on behind gaps with what the program says of their results. */
export async function runGraph(run: Run, graph: unknown, job: Job): Promise<void> {
  const nodes = listOf(graph, 'nodes');
  for (const [at, node] of nodes.entries()) {
    const target = String(fieldOf(node, 'target')).replace(/^torch\.ops\./, '');
    const place = placeOf(node, run.archive);
    try {
      const result = run.tape.scope(place.module, () => runNode(run, node, target));
      if (result instanceof Inner) await runInner(run, result, node, job);
      else keep(run, listOf(node, 'outputs'), result);
    } catch (thrown) {
      if (!(thrown instanceof Gap)) throw thrown;
      run.gaps.push({ operator: thrown.operator || target, reason: thrown.reason, ...place });
      pretend(run, graph, listOf(node, 'outputs'));
    }
    await job.progress({ step: 'translate', done: at + 1, total: nodes.length, unit: 'runs' });
  }
}

/** A graph that a node holds and runs as it is, with what it is given. */
class Inner {
  readonly graph: unknown;
  readonly given: readonly Result[];

  constructor(graph: unknown, given: readonly Result[]) {
    this.graph = graph;
    this.given = given;
  }
}

function runNode(run: Run, node: unknown, target: string): Result | Inner | undefined {
  if (ignored.test(target)) return undefined;
  const inputs = listOf(node, 'inputs');
  if (/^higher_order\.wrap_with_/.test(target)) return innerOf(run, inputs);
  const given = inputs.flatMap((input): [string, Argument][] => {
    const value = argumentOf(fieldOf(input, 'arg'), run.values);
    return value === undefined ? [] : [[String(fieldOf(input, 'name')), value]];
  });
  const operator = /^(\w+)\.(\w+)\.(\w+)$/.exec(target);
  if (operator === null || target.startsWith('_operator')) {
    return calculate(
      target,
      given.map(([, value]) => value),
    );
  }
  const [, namespace = '', name = '', overload = ''] = operator;
  if (namespace === 'higher_order') throw new Gap('graphs inside graphs are not converted yet', target);
  const [first, ...rest] = given;
  const full = `${namespace}::${name}${overload === 'default' ? '' : `.${overload}`}`;
  return callAten(run.tape, full, first ? [first[1]] : [], Object.fromEntries(rest));
}

/** What checks and hints: nothing of it is computed. */
const ignored = /^(aten\.(_assert|sym_constrain_range)\w*|_operator\.(and_|or_|not_)|export\.\w+)(\.|$)/;

function innerOf(run: Run, inputs: readonly unknown[]): Inner {
  const all = inputs.map((input) => fieldOf(input, 'arg'));
  const at = all.findIndex((arg) => unionOf(arg)[0] === 'as_graph');
  const graph = fieldOf(unionOf(all[at])[1], 'graph');
  const given = all.slice(at + 1).map((arg) => argumentOf(arg, run.values) as Result);
  return new Inner(graph, given);
}

async function runInner(run: Run, { graph, given }: Inner, node: unknown, job: Job): Promise<void> {
  const inner: Run = { ...run, values: new Map(run.values) };
  for (const [at, input] of listOf(graph, 'inputs').entries()) {
    inner.values.set(String(fieldOf(unionOf(input)[1], 'name')), given[at] ?? null);
  }
  await runGraph(inner, graph, job);
  const results = listOf(graph, 'outputs').map((output) => argumentOf(output, inner.values) as Result);
  keep(run, listOf(node, 'outputs'), results.length === 1 ? (results[0] ?? null) : (results as Result));
}

/** Names what a node gave: one value, several, or a list. */
function keep(run: Run, outputs: readonly unknown[], result: Result | undefined): void {
  if (result === undefined) return;
  const [only] = outputs;
  const names = outputs.length === 1 ? namesIn(only) : outputs.flatMap(namesIn);
  const isList = Array.isArray(result);
  for (const [at, name] of names.entries()) {
    const one = isList ? (result as readonly Result[])[at] : at === 0 ? result : undefined;
    if (one !== undefined) run.values.set(name, one);
  }
}

function namesIn(output: unknown): string[] {
  const [kind, content] = unionOf(output);
  if (kind === 'as_tensors')
    return (Array.isArray(content) ? content : []).map((one) => String(fieldOf(one, 'name')));
  const name = fieldOf(content, 'name') ?? fieldOf(content, 'as_name');
  return typeof name === 'string' ? [name] : [''];
}

/** Values that nothing could make, with the types that the program says of them, so that all gaps are found. */
function pretend(run: Run, graph: unknown, outputs: readonly unknown[]): void {
  for (const name of outputs.flatMap(namesIn)) {
    const meta = fieldOf(fieldOf(graph, 'tensor_values'), name);
    const dtype = scalarTypes[Number(fieldOf(meta, 'dtype'))];
    if (dtype === undefined) continue;
    const sizes = listOf(meta, 'sizes').map((size) => sizeOf(size, run.symbols));
    const content = { dtype, sizes, elements: null, source: null, name: `missing.${name}` };
    run.tape.settle(content);
    run.values.set(name, run.tape.tensor(content));
  }
}
