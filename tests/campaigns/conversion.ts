import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proof, Report } from '../../src/convert';
import { prove } from '../../src/convert/prove';
import type { Example } from '../../src/core/example';
import type { SourceText } from '../../src/core/checkpoint';
import { describe } from '../../src/core/describe';
import { AppError } from '../../src/core/problem';
import { elementCount } from '../../src/core/shape';
import type { PlainTensor } from '../../src/core/tensor';
import { readNpz } from '../../src/formats/npy';
import { encodeOnnx } from '../../src/formats/onnx';
import type { Model } from '../../src/ir/model';
import { openInNode } from '../../src/runtime/node';
import { plainBinary } from '../../scripts/wasm/plain-binary';
import { convertFile, runNative } from '../convert';
import { shared } from '../wild';
import { runAsOnWasm, runOnWebgpu, type WebgpuOutcome } from './on-webgpu';
import { otherSizes } from './other-sizes';
import type { Torch } from './torch';
import type { Webgpu } from './webgpu';

/** A model of the fixtures: how it was saved, and what PyTorch gave for which inputs. */
export interface Fixture {
  file: string;
  format: string;
  python_class: string | null;
  source: string | null;
  constructor: Record<string, unknown> | null;
  inputs_npz: string | null;
  outputs_npz: string | null;
  inputs: Record<string, { dtype: string; shape: number[] }> | null;
  tolerance: number | null;
}

/** How a file fared. */
export interface Outcome {
  file: string;
  frontend: string;
  /** How many operators, and how many kinds of them. */
  operators: string;
  maxAbsError: number | null;
  tolerance: number;
  seconds: number;
  webgpu: WebgpuOutcome | null;
  sizes: SizesOutcome | null;
  /** Empty where it was converted and gives what was recorded. */
  why: string;
}

/** How a converted model fared with other sizes than the recorded ones, against what PyTorch gives for these. */
interface SizesOutcome {
  /** `batch 2 → 3`, for each size that is free. */
  changed: readonly string[];
  /** `null` where PyTorch gives nothing for such sizes. */
  maxAbsError: number | null;
  webgpu: number | null;
  why: string;
}

/** The machines that conversions are tried on; `null` where one is not here. */
export interface Machines {
  webgpu: Webgpu | null;
  torch: Torch | null;
}

/** What a person who knows the model answers where weights do not say it. */
const answered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'verified_nn/SavedModels/MNIST_20251022_235945_torch.pth': { final: 'softmax' },
  'layouts/plain_sequential.pth': { 'activation.5': 'Sigmoid' },
};

/** The same for files from elsewhere, whose programs do not say what they take. */
const described: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'torch/LaurentMazare__tch-rs__foo1.pt': { 'input.x': '[batch]', 'input.y': '[batch]' },
  'torch/keithyin__tch-deploy__traced_model.pt': { 'input.batch_feature': '[batch,20,10]' },
  'torch/pytorch__ios-demo-app__d2go_optimized.pt': { 'input.inputs.0': '[3,320,320]' },
  'torch/pytorch__android-demo-app__d2go.pt': { 'input.inputs.0': '[3,320,320]' },
  'torch/snakers4__silero-vad__silero_vad.jit': { 'input.x': '[1,512]', 'argument.sr': '16000' },
};

/** The models of the fixtures that are not ONNX already; none where they are not on this machine. */
export function fixtures(): Fixture[] {
  const path = join(shared, 'fixtures/manifest.json');
  if (!existsSync(path)) return [];
  const { models } = JSON.parse(readFileSync(path, 'utf8')) as { models: Fixture[] };
  return models.filter(({ format }) => format !== 'onnx');
}

/** Converts a fixture with what a person would have at hand, and compares with PyTorch on three runtimes. */
export async function convertFixture(entry: Fixture, machines: Machines): Promise<Outcome> {
  const inputs = await arrays(entry.inputs_npz);
  const outputs = await arrays(entry.outputs_npz);
  const files: SourceText[] = entry.source ? [await text(entry.source)] : [];
  const args = Object.entries(entry.constructor ?? {}).map(([key, value]) => [key, JSON.stringify(value)]);
  const answers = {
    ...(Object.fromEntries(args) as Record<string, string>),
    ...(entry.python_class && { class: entry.python_class }),
    ...answered[entry.file],
  };
  const examples = Array.from(inputs, ([name, { dtype, dims }]): Example => ({ name, dtype, dims }));
  const tolerance = entry.tolerance ?? 1e-4;
  const proof: Proof | null = outputs.size > 0 ? { inputs, outputs, tolerance, run: runBoth } : null;
  return outcomeOf(
    entry.file,
    join(shared, 'fixtures', entry.file),
    { files, answers, examples, proof },
    tolerance,
    machines,
    entry,
  );
}

/** Converts a file of which nothing is known, and runs it where it says what it takes. */
export function convertWild(file: string, path: string, machines: Machines): Promise<Outcome> {
  return outcomeOf(file, path, { answers: described[file] ?? {} }, 1e-4, machines, null);
}

async function outcomeOf(
  file: string,
  path: string,
  more: Parameters<typeof convertFile>[1],
  tolerance: number,
  { webgpu, torch }: Machines,
  entry: Fixture | null,
): Promise<Outcome> {
  const outcome = {
    file,
    frontend: '',
    operators: '',
    maxAbsError: null,
    tolerance,
    seconds: 0,
    webgpu: null,
    sizes: null,
  };
  const started = performance.now();
  try {
    const { report, model } = await convertFile(path, more);
    const seconds = (performance.now() - started) / 1000;
    const said = {
      ...outcome,
      frontend: report.frontend?.id ?? '',
      maxAbsError: report.maxAbsError,
      seconds,
    };
    if (model === null) return { ...said, why: reasonOf(report) };
    const { nodes } = model.graph;
    const operators = `${nodes.length} of ${new Set(nodes.map(({ op }) => op)).size} kinds`;
    const onGpu = more?.proof
      ? await runOnWebgpu(webgpu, model, more.proof)
      : await runAsOnWasm(webgpu, model, madeUp(report), { tolerance, run: runBoth });
    const why = (report.problem && reasonOf(report)) ?? (await trouble(model, report, more?.proof ?? null));
    const sizes =
      entry && more?.proof && why === ''
        ? await withOtherSizes(model, more.proof, entry, torch, webgpu)
        : null;
    return { ...said, operators, webgpu: onGpu, sizes, why };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { ...outcome, seconds: (performance.now() - started) / 1000, why: thrown.message };
  }
}

/** What a converted model does not do as it should; empty where it does. */
async function trouble(model: Model, report: Report, proof: Proof | null): Promise<string> {
  if (proof && (report.maxAbsError ?? 0) > proof.tolerance)
    return report.notes.at(-1) ?? 'it gives something else';
  return proof ? anotherBatch(model, proof) : '';
}

/** Another batch, and other lengths and graphs: what is free in a model has to give what PyTorch gives for it. */
async function withOtherSizes(
  model: Model,
  proof: Proof,
  { file, format, source, python_class, constructor }: Fixture,
  torch: Torch | null,
  webgpu: Webgpu | null,
): Promise<SizesOutcome | null> {
  const other = otherSizes(model, proof.inputs);
  if (other === null || torch === null || format === 'lean-source') return null;
  const { inputs, changed } = other;
  const at = (path: string) => join(shared, 'fixtures', path);
  const saved = { file: at(file), format, source: source && at(source), class: python_class, constructor };
  const wanted = await torch.outputs(saved, inputs);
  const outcome: SizesOutcome = { changed, maxAbsError: null, webgpu: null, why: '' };
  if (typeof wanted === 'string') return { ...outcome, why: `PyTorch: ${wanted}` };
  const names = [...proof.outputs.keys()];
  const outputs = new Map(wanted.map((tensor, place) => [names[place] ?? `y${place}`, tensor]));
  const { maxAbsError, notes } = await prove(model, { ...proof, inputs, outputs });
  const onGpu = await runOnWebgpu(webgpu, model, { ...proof, inputs, outputs });
  return {
    ...outcome,
    maxAbsError,
    webgpu: onGpu.maxAbsError,
    why: [...notes, onGpu.why].filter(Boolean).join(' '),
  };
}

/** Twice the recorded samples have to give twice the recorded outputs. */
async function anotherBatch(model: Model, proof: Proof): Promise<string> {
  const isFree = model.graph.inputs.every(
    ({ type }) => type?.kind === 'tensor' && type.shape?.[0] === 'batch',
  );
  if (!isFree || proof.inputs.size !== model.graph.inputs.length) return '';
  const given = [...proof.inputs.values()];
  const names = model.graph.inputs.map(({ name }) => name);
  const feeds = names.map((name, at) => [name, twice(proof.inputs.get(name) ?? given[at])] as const);
  const found = await proof.run(
    model,
    Object.fromEntries(feeds.filter(([, feed]) => feed)) as Record<string, PlainTensor>,
  );
  const [expected] = proof.outputs.values();
  const [first] = model.graph.outputs;
  const output = first && found[first.name];
  const wanted = expected && twice(proof.outputs.get(first?.name ?? '') ?? expected);
  if (!output || !wanted || output.data.length !== wanted.data.length)
    return 'another batch has another size';
  const apart = Array.from(output.data as Float32Array, (value, at) =>
    Math.abs(value - Number(wanted.data[at])),
  );
  return Math.max(...apart) <= proof.tolerance ? '' : `another batch differs by ${Math.max(...apart)}`;
}

function twice(tensor: PlainTensor | undefined): PlainTensor | undefined {
  if (!tensor || Array.isArray(tensor.data)) return undefined;
  const data = tensor.data.slice() as Float32Array<ArrayBuffer>;
  const both = new (data.constructor as Float32ArrayConstructor)(data.length * 2);
  both.set(data);
  both.set(data, data.length);
  return { ...tensor, dims: tensor.dims.with(0, (tensor.dims[0] ?? 1) * 2), data: both };
}

/** Inputs for a model of which nothing was recorded. */
function madeUp({ inputs }: Report): Record<string, PlainTensor> {
  return Object.fromEntries(inputs.map((port) => [port.name, inputFor(port)]));
}

function inputFor({ dtype, shape }: Report['inputs'][number]): PlainTensor {
  const dims = (shape ?? []).map((dim) => (typeof dim === 'number' ? dim : dim === 'batch' ? 2 : 32));
  const count = elementCount(dims);
  if (dtype === 'int64') return { dtype, dims, data: new BigInt64Array(count) };
  return {
    dtype: dtype ?? 'float32',
    dims,
    data: Float32Array.from({ length: count }, (_, at) => Math.sin(at)),
  };
}

let binary: ArrayBuffer | null = null;

/** Runs on the native build and on WASM; where these differ, WASM's outputs are what is compared. */
async function runBoth(
  model: Model,
  feeds: Readonly<Record<string, PlainTensor>>,
): Promise<Record<string, PlainTensor>> {
  await runNative(model, feeds);
  binary ??= (await plainBinary()).buffer;
  const session = await openInNode(
    { name: model.file, graph: await encodeOnnx(model), external: [] },
    binary,
  );
  return (await session.run(feeds)).outputs;
}

function reasonOf({ problem, tried }: Report): string {
  if (problem === null) return '';
  if (problem.code !== 'convert_unknown') return describe(problem).text;
  return tried.find(({ id }) => id === 'plain')?.why ?? '';
}

async function arrays(path: string | null): Promise<ReadonlyMap<string, PlainTensor>> {
  return path ? readNpz(await openAsBlob(join(shared, 'fixtures', path)), path) : new Map();
}

async function text(path: string): Promise<SourceText> {
  return { name: path.replace(/^.*\//, ''), text: await readFile(join(shared, 'fixtures', path), 'utf8') };
}
