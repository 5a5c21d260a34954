import { basename } from 'node:path';
import type { ModelFacts } from '../../core/facts';
import { formatBytes, formatCount } from '../../core/format';
import { describe } from '../../core/describe';
import { toProblem } from '../../core/problem';
import { sha256 } from '../../core/sha256';
import { formatShape } from '../../core/shape';
import { identify } from '../../formats';
import { operatorName } from '../../ir/operators';
import type { Model } from '../../ir/model';
import { allGraphs } from '../../ir/walk';
import { describeModel } from '../../passes/facts';
import { UsageError } from '../arguments';
import { openFile, openModel, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import type { Command } from '../command';
import { checkpointJson, checkpointText, openCheckpoint, type OpenedCheckpoint } from './inspect-checkpoint';

/** `inspect FILE…`: what a file is and holds. */
export const inspect: Command = {
  name: 'inspect',
  takes: 'FILE…',
  says: 'Says what a model or checkpoint is and holds, without loading its weights.',
  flags: [json, { name: 'jsonl', says: 'one line a file; a bad file is a line with its problem' }],
  async run(args) {
    if (args.rest.length === 0) throw new UsageError('Which model? Name a file.');
    if (!args.has('jsonl') && args.has('json') && args.rest.length > 1) {
      throw new UsageError('Several files are printed as lines: use --jsonl.');
    }
    for (const path of args.rest) {
      if (args.has('jsonl')) process.stdout.write(`${JSON.stringify(await lineOf(path))}\n`);
      else await show(path, args);
    }
  },
};

async function show(path: string, args: { has(flag: string): boolean }): Promise<void> {
  const checkpoint = await checkpointAt(path);
  if (checkpoint) {
    print(args, checkpointJson(checkpoint), () => checkpointText(checkpoint));
    return;
  }
  const { facts, subgraphs } = await factsOf(path);
  print(args, jsonOf(path, facts, subgraphs), () => textOf(path, facts));
}

async function lineOf(path: string): Promise<object> {
  try {
    const checkpoint = await checkpointAt(path);
    if (checkpoint) return checkpointJson(checkpoint);
    const { facts, subgraphs } = await factsOf(path);
    return jsonOf(path, facts, subgraphs);
  } catch (error) {
    const problem = toProblem(error);
    const { code, title, text } = describe(problem);
    return { file: path, problem: { code, title, text, detail: problem.detail } };
  }
}

/** What a file holds that is no ONNX model; `null` for one that is. */
async function checkpointAt(path: string): Promise<OpenedCheckpoint | null> {
  const file = await openFile(path);
  const format = await identify(file, basename(path));
  return format.id === 'onnx' ? null : openCheckpoint(path, file);
}

async function factsOf(path: string) {
  const { file, model } = await openModel(path, terminalJob());
  return { facts: await describeModel(model, file, await sha256(file)), subgraphs: listSubgraphs(model) };
}

function jsonOf(path: string, facts: ModelFacts, subgraphs: ReturnType<typeof listSubgraphs>): object {
  return { file: path, ...facts, values: undefined, subgraphs };
}

/** Graphs besides the main one, with what they hold. */
function listSubgraphs(model: Model) {
  return [...allGraphs(model)]
    .filter(({ kind }) => kind !== 'main')
    .map(({ graph, kind }) => {
      const operators: Record<string, number> = {};
      for (const node of graph.nodes)
        operators[operatorName(node)] = (operators[operatorName(node)] ?? 0) + 1;
      return { graph: graph.name ?? '', kind, nodes: graph.nodes.length, operators };
    });
}

function textOf(path: string, facts: ModelFacts): string {
  const opsets = Object.entries(facts.opsets).map(([domain, version]) => `${domain || 'ai.onnx'} ${version}`);
  const producer = [facts.producer.name, facts.producer.version].filter(Boolean).join(' ');
  const identity = [`IR ${facts.irVersion}`, ...opsets, producer].filter(Boolean).join(', ');
  const operators = Object.entries(facts.operators).map(([name, count]) => `${name} ${count}`);
  const ports = (list: ModelFacts['inputs']) =>
    indent(table(list.map(({ name, dtype, shape }) => [name, dtype, formatShape(shape)])));
  const macs = facts.macs === null ? 'unknown' : formatCount(facts.macs);
  const counts: [string, string][] = [
    ['nodes', `${formatCount(facts.nodes)}${operators.length > 0 ? `: ${operators.join(', ')}` : ''}`],
    ['parameters', `${formatCount(facts.parameters)} in ${formatCount(facts.initializers)} tensors`],
    ['multiply-accumulates', `${macs} a run`],
    ['sha256', facts.sha256],
    ...Object.entries(facts.metadata),
  ];
  const external = facts.externalData.map(({ location, bytes }) => `${location}, ${formatBytes(bytes)}`);
  return [
    `${basename(path)}  ${formatBytes(facts.bytes)}  ONNX (${identity})`,
    ...(facts.doc ? [indent(facts.doc)] : []),
    'takes',
    ports(facts.inputs),
    'gives',
    ports(facts.outputs),
    'holds',
    indent(table(counts)),
    ...(external.length > 0 ? ['weights elsewhere', indent(external.join('\n'))] : []),
    ...(facts.problems.length > 0
      ? ['problems', indent(facts.problems.map(({ text }) => text).join('\n'))]
      : []),
  ].join('\n');
}
