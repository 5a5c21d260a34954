import { basename } from 'node:path';
import { convert as convertCheckpoint, type Conversion, type Proof, type Report } from '../../convert';
import { formatBytes, formatMs } from '../../core/format';
import { describe } from '../../core/describe';
import { parseExample, type Example } from '../../core/example';
import { toError } from '../../core/problem';
import { formatShape } from '../../core/shape';
import type { PlainTensor } from '../../core/tensor';
import { readElements } from '../../formats/checkpoint/elements';
import { readNpz } from '../../formats/npy';
import { encodeOnnx } from '../../formats/onnx';
import { oneFile, UsageError, type Arguments } from '../arguments';
import { openFile, saveFile, terminalJob } from '../files';
import { indent, json, print, table } from '../print';
import { openSession } from '../session';
import type { Command } from '../command';
import { openCheckpoint } from './inspect-checkpoint';

/** `convert FILE -o out.onnx`: a checkpoint, program or source as an ONNX model. */
export const convert: Command = {
  name: 'convert',
  takes: 'FILE -o OUT.onnx',
  says: 'Makes an ONNX model of a checkpoint or a program, without Python.',
  flags: [
    { name: 'source', value: 'MODEL.py', says: 'source or configuration of the model', repeats: true },
    { name: 'class', value: 'NAME', says: 'the class of the source that the weights belong to' },
    { name: 'arg', value: 'NAME=VALUE', says: 'what the file does not say; convert lists it', repeats: true },
    {
      name: 'input',
      value: 'NAME=DTYPE[1,3,…]',
      says: 'an input; a name instead of a size frees it',
      repeats: true,
    },
    { name: 'inputs', value: 'IN.npz', says: 'inputs as recorded' },
    { name: 'expect', value: 'OUT.npz', says: 'what PyTorch gave for them, to compare with' },
    { name: 'opset', value: '17', says: 'operator set, from 17 to 21' },
    { name: 'output', short: 'o', value: 'OUT.onnx', says: 'where the model goes', required: true },
    json,
  ],
  async run(args) {
    const path = oneFile(args);
    const answers = answersOf(args);
    const named = args.values('input').map(exampleOf);
    const opset = opsetOf(args);
    const output = args.value('output');
    const { checkpoint, sha256 } = await openCheckpoint(path, await openFile(path));
    const arrays = await arraysOf(args, 'inputs');
    const recorded = Array.from(arrays, ([name, { dtype, dims }]): Example => ({ name, dtype, dims }));
    const given = new Set(named.map(({ name }) => name));
    const examples = [...named, ...recorded.filter(({ name }) => !given.has(name))];
    const files = await Promise.all(
      args
        .values('source')
        .map(async (one) => ({ name: basename(one), text: await (await openFile(one)).text() })),
    );
    const request = { checkpoint, sha256, files, answers, examples, opset, read: readElements };
    const proof = await proofOf(args, arrays);
    const conversion = await convertCheckpoint({ ...request, proof }, terminalJob());
    const { report, model } = conversion;
    if (model === null) throw refusal(conversion, args);
    const encoded = await encodeOnnx(model);
    await saveFile(output, encoded);
    const { frontend, inputs, outputs, stages, gaps, notes, maxAbsError } = report;
    const result = { output, bytes: encoded.size, frontend: frontend?.id ?? '' };
    const facts = { ...result, inputs, outputs, stages, gaps, notes, maxAbsError };
    print(args, facts, () => textOf(output, encoded.size, report));
  },
};

function answersOf(args: Arguments): Record<string, string> {
  const answers: Record<string, string> = args.has('class') ? { class: args.value('class') } : {};
  for (const given of args.values('arg')) {
    const [name = '', ...value] = given.split('=');
    if (name === '' || value.length === 0) throw new UsageError(`--arg is NAME=VALUE, not ${given}.`);
    answers[name] = value.join('=');
  }
  return answers;
}

function exampleOf(given: string): Example {
  const [name = '', ...type] = given.split('=');
  const example = parseExample(name, type.join('='));
  if (name === '' || example === null) {
    throw new UsageError(`--input is NAME=DTYPE[SIZE,…], such as x=float32[batch,3,224,224], not ${given}.`);
  }
  return example;
}

function opsetOf(args: Arguments): number {
  const opset = args.has('opset') ? Number(args.value('opset')) : 17;
  if (!Number.isInteger(opset) || opset < 17 || opset > 21) {
    throw new UsageError(`--opset is from 17 to 21, not ${args.value('opset')}.`);
  }
  return opset;
}

async function arraysOf(
  args: Arguments,
  flag: 'inputs' | 'expect',
): Promise<ReadonlyMap<string, PlainTensor>> {
  if (!args.has(flag)) return new Map();
  const path = args.value(flag);
  return readNpz(await openFile(path), basename(path));
}

/** The bar for float32; half precision and quantization have wider ones of their own. */
const TOLERANCE = 1e-4;

async function proofOf(args: Arguments, inputs: ReadonlyMap<string, PlainTensor>): Promise<Proof | null> {
  if (!args.has('expect')) return null;
  if (inputs.size === 0) throw new UsageError('--expect needs --inputs: what the outputs were recorded for.');
  const outputs = await arraysOf(args, 'expect');
  return {
    ...{ inputs, outputs, tolerance: TOLERANCE },
    run: async (model, feeds) => (await (await openSession(model)).run(feeds)).outputs,
  };
}

/** Why there is no model, as an error; every gap goes to standard error first. */
function refusal({ report }: Conversion, args: Arguments): Error {
  const { problem, gaps } = report;
  if (!args.has('json') && gaps.length > 0) process.stderr.write(`${table(gaps.map(rowOf))}\n`);
  if (problem) return toError(problem);
  return new Error('A conversion without a model says why.');
}

function rowOf({ file, line, module, operator, reason }: Report['gaps'][number]): string[] {
  return [line === null ? file : `${file}:${line}`, module, operator, reason];
}

function textOf(output: string, bytes: number, report: Report): string {
  const { frontend, inputs, outputs, stages, notes, maxAbsError, problem } = report;
  const ports = (list: Report['inputs']) =>
    indent(table(list.map(({ name, dtype, shape }) => [name, dtype ?? '', formatShape(shape)])));
  const ran = stages.filter(({ state }) => state !== 'not reached');
  return [
    `${output}  ${formatBytes(bytes)}  ${frontend?.label ?? ''}`,
    'takes',
    ports(inputs),
    'gives',
    ports(outputs),
    'stages',
    indent(table(ran.map(({ id, state, ms }) => [id, state, formatMs(ms)]))),
    ...(maxAbsError === null
      ? []
      : [`largest difference to the recorded outputs ${maxAbsError.toExponential(1)}`]),
    ...(notes.length > 0 ? ['notes', indent(notes.join('\n'))] : []),
    ...(problem ? [describe(problem).text] : []),
  ].join('\n');
}
