import type { StoredTensor, Value } from '../../../core/checkpoint';
import { fieldOf, listOf, parseJson } from '../../../core/json';
import { AppError } from '../../../core/problem';
import type { Metadata } from '../../../ir/model';
import type { Result } from '../../operators/aten';
import type { Freedom, Request } from '../../request';
import { openParameter } from '../../tape/parameters';
import { dimOf, SymInt, type Size } from '../../tape/size';
import { symbol } from '../../tape/symint';
import { Tape } from '../../tape/tape';
import { Tensor } from '../../tape/tensor';
import type { Frontend, Named } from '../frontend';
import { argumentOf, scalarTypes, unionOf } from './arguments';
import { runGraph, type Run } from './run';
import { hintOf, sizeOf, symbolOf, type Symbols } from './sizes';

/**
 * A program of `torch.export`: a graph of ATen calls as JSON, with weights by name and sizes by symbol.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/_export/serde/schema.py
 */
export const pt2: Frontend = {
  id: 'pt2',
  label: 'torch.export program',
  declines: ({ checkpoint }) =>
    checkpoint.format === 'torch-export' ? null : 'it is no archive of torch.export',
  async translate(request, freedom, job) {
    const { checkpoint, opset } = request;
    const [source] = checkpoint.sources;
    const program = parseJson(source?.text ?? '', source?.name ?? 'the archive', checkpoint.file);
    const module = fieldOf(program, 'graph_module');
    const graph = fieldOf(module, 'graph');
    const tape = new Tape({ opset });
    const symbols = symbolsOf(graph, module, freedom);
    const run: Run = { tape, archive: checkpoint.file, symbols, values: new Map(), gaps: [] };
    await openInputs(run, module, request);
    for (const [name, size] of Object.entries(fieldOf(graph, 'sym_int_values') ?? {})) {
      if (symbolOf(size) !== null || hintOf(size) === null) run.values.set(name, sizeOf(size, symbols));
    }
    await runGraph(run, graph, job);
    if (run.gaps.length > 0) return { kind: 'gaps', gaps: run.gaps };
    const { outputs, notes } = outputsOf(run, module);
    return { kind: 'recorded', tape, outputs, notes, facts: factsOf(program) };
  },
};

/** The symbols of the inputs' sizes: the first size of the first input is the batch; fixed ones have their number. */
function symbolsOf(graph: unknown, module: unknown, { extent, but }: Freedom): Symbols {
  const sizes = userInputs(module).flatMap((name) =>
    listOf(fieldOf(fieldOf(graph, 'tensor_values'), name), 'sizes'),
  );
  const [first] = sizes;
  const batch = symbolOf(first);
  const symbols = new Map<string, Size>();
  for (const size of sizes) {
    const text = symbolOf(size);
    if (text === null || symbols.has(text)) continue;
    const name = text === batch ? 'batch' : text;
    const isFree = !but.has(name) && (extent === 'batch' ? text === batch : extent !== 'none');
    symbols.set(text, isFree ? symbol(name) : (hintOf(size) ?? symbol(text)));
  }
  return symbols;
}

/** Names of the inputs that a person gives, in their order. */
function userInputs(module: unknown): string[] {
  return listOf(fieldOf(module, 'signature'), 'input_specs').flatMap((spec) => {
    const [kind, content] = unionOf(spec);
    const name = fieldOf(unionOf(fieldOf(content, 'arg'))[1], 'name');
    return kind === 'user_input' && typeof name === 'string' ? [name] : [];
  });
}

async function openInputs(run: Run, module: unknown, { checkpoint, read }: Request): Promise<void> {
  const constants = checkpoint.entries.get('constants') ?? null;
  const tensors = new Map<string, StoredTensor>([
    ...tensorsIn(constants),
    ...checkpoint.tensors.map(({ name, tensor }): [string, StoredTensor] => [name, tensor]),
  ]);
  const metas = fieldOf(fieldOf(module, 'graph'), 'tensor_values');
  for (const spec of listOf(fieldOf(module, 'signature'), 'input_specs')) {
    const [kind, content] = unionOf(spec);
    const arg = fieldOf(content, 'arg');
    const name = String(fieldOf(arg, 'name') ?? fieldOf(unionOf(arg)[1], 'name') ?? fieldOf(content, 'name'));
    if (kind === 'user_input') {
      const [what] = unionOf(arg);
      run.values.set(
        name,
        what === 'as_tensor' ? inputOf(run, name, fieldOf(metas, name)) : plainOf(arg, run),
      );
      continue;
    }
    if (kind === 'constant_input') {
      run.values.set(name, plainOf(fieldOf(content, 'value'), run));
      continue;
    }
    const label = fieldOf(content, `${kind}_name`);
    const stored = typeof label === 'string' ? tensors.get(label) : undefined;
    if (typeof label !== 'string' || stored === undefined) {
      const place = typeof label === 'string' ? label : kind;
      throw new AppError('file_damaged', {
        file: checkpoint.file,
        place,
        reason: 'the archive does not hold it',
      });
    }
    run.values.set(name, await openParameter(run.tape, label, stored, read));
  }
}

function inputOf(run: Run, name: string, meta: unknown): Tensor {
  const dims = listOf(meta, 'sizes').map((size) => dimOf(sizeOf(size, run.symbols)));
  const dtype = scalarTypes[Number(fieldOf(meta, 'dtype'))] ?? 'float32';
  return run.tape.input(readable(name), dtype, dims);
}

/** Dynamo writes `L['x']` as `l_x_`. */
function readable(name: string): string {
  return /^l_(.+?)_+$/.exec(name)?.[1] ?? name;
}

function plainOf(value: unknown, run: Run): Result {
  const plain = argumentOf(value, run.values);
  return typeof plain === 'bigint' ? Number(plain) : (plain as Result);
}

function tensorsIn(value: Value): [string, StoredTensor][] {
  if (value === null || typeof value !== 'object' || value.kind !== 'dict') return [];
  return Array.from(value.entries).flatMap(([key, one]): [string, StoredTensor][] =>
    typeof key === 'string' && typeof one === 'object' && one?.kind === 'tensor' ? [[key, one]] : [],
  );
}

function outputsOf(run: Run, module: unknown): { outputs: Named[]; notes: string[] } {
  const specs = listOf(fieldOf(module, 'signature'), 'output_specs').map(unionOf);
  const results = specs.filter(([kind]) => kind === 'user_output' || kind === 'loss_output');
  const outputs = results.flatMap(([, content]): Named[] => {
    const arg = fieldOf(content, 'arg');
    const name = String(fieldOf(unionOf(arg)[1], 'name') ?? fieldOf(arg, 'name'));
    const value = run.values.get(name);
    if (value instanceof SymInt || typeof value === 'number') {
      return [{ name, tensor: run.tape.scalar(typeof value === 'number' ? BigInt(value) : value, 'int64') }];
    }
    return value instanceof Tensor ? [{ name: results.length === 1 ? 'output' : name, tensor: value }] : [];
  });
  const changed = specs.flatMap(([kind, content]) =>
    kind.endsWith('_mutation') ? [String(fieldOf(content, kind.replace('mutation', 'name')))] : [],
  );
  const notes = changed.map((name) => `The program changes ${name} as it runs; a model does not keep that.`);
  return { outputs, notes };
}

function factsOf(program: unknown): Metadata {
  const version = fieldOf(program, 'torch_version');
  return new Map(typeof version === 'string' ? [['torch_version', version]] : []);
}
