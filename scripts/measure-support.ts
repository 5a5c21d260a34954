/**
 * `npm run support:measure`: opens models of one node on ONNX Runtime Web, on WASM in Node and on WebGPU in Chromium,
 * for every operator and operator set, and writes which of them run where into `src/core/support.json`.
 */
import { openAsBlob } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { createJob } from '../src/core/job';
import type { SupportTable } from '../src/core/support';
import { encodeOnnx, readOnnx } from '../src/formats/onnx';
import type { Model } from '../src/ir/model';
import { knownOperators, operatorName, operatorOf } from '../src/ir/operators';
import { openInNode } from '../src/runtime/node';
import { officialModels } from '../tests/campaigns/official-models';
import { openChromium, startChromium } from '../tests/e2e/engines/chromium';
import { madeModels } from './one-node-models';
import { serve } from './serve.js';

const OLDEST = 7;
const NEWEST = 24;
/** Official tests of one operator differ in numbers more than in types. */
const MODELS_OF_ONE = 12;

type Answer = { kind: 'runs' | 'falls back' | 'cannot'; why?: string } | null;
const fallsBack = { kind: 'falls back', why: 'it has no kernel for the GPU' } as const;

/** The builds with WebGPU are without `ai.onnx.ml`, on their WASM backend too. */
const leftOut = 'the builds with WebGPU are without it';

type Steps = SupportTable['operators'][string]['wasm'];

const dist = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
const binary = new Uint8Array(await readFile(join(dist, 'ort-wasm-simd-threaded.wasm'))).buffer;

const models = await modelsByOperator();
const engine = await startChromium();
if (!engine) throw new Error('chromium is not installed');
const server = await serve(dist);
const { page, raw } = await openChromium(engine.browser);
await page.go(`${server.url}ort.jspi.mjs`);
const load = "import * as ort from './ort.jspi.bundle.min.mjs'; window.ort = ort;";
await raw.addScriptTag({ type: 'module', content: load });
await raw.waitForFunction('window.ort');
const operators: SupportTable['operators'] = {};
for (const [name, list] of [...models].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const wasm: Steps = [];
  const webgpu: Steps = [];
  for (const opset of opsetsOf(name)) {
    const files = await Promise.all(list.map((model) => encodeOnnx(inOpset(model, name, opset))));
    const onWasm = await best(files, (file) => tryWasm(name, file));
    if (onWasm === null) continue;
    addStep(wasm, opset, onWasm);
    addStep(
      webgpu,
      opset,
      onWasm.kind === 'cannot' ? onWasm : ((await best(files, (file) => tryWebgpu(name, file))) ?? onWasm),
    );
  }
  if (wasm.length > 0) operators[name] = { wasm, webgpu };
  console.log(name, JSON.stringify(operators[name] ?? 'not measured'));
}
await engine.close();
await server.close();
const out = join(import.meta.dirname, '../src/core/support.json');
const { version } = JSON.parse(await readFile(join(dist, '../package.json'), 'utf8')) as { version: string };
const text = JSON.stringify({ runtime: version, operators } satisfies SupportTable);
await writeFile(out, await format(text, { ...(await resolveConfig(out)), parser: 'json' }));

async function modelsByOperator(): Promise<Map<string, Model[]>> {
  const found = new Map<string, Model[]>();
  const paths = officialModels();
  if (typeof paths === 'string') throw new Error(paths);
  for (const path of paths) {
    const model = await readOnnx(await openAsBlob(path), { name: path }, createJob());
    const [node, ...others] = model.graph.nodes;
    if (!node || others.length > 0) continue;
    const list = found.get(operatorName(node)) ?? [];
    if (list.length < MODELS_OF_ONE) found.set(operatorName(node), [...list, model]);
  }
  for (const operator of knownOperators()) {
    const name = operatorName({ op: operator.type, domain: operator.domain });
    found.set(name, [...(found.get(name) ?? []), ...madeModels(operator)]);
  }
  return found;
}

/** Other domains have one version that people meet; there the list has one entry. */
function opsetsOf(name: string): number[] {
  if (name.includes('::')) return [1];
  const oldest = Math.max(OLDEST, operatorOf({ op: name, domain: '' })?.since ?? OLDEST);
  return Array.from({ length: NEWEST - oldest + 1 }, (_, at) => oldest + at);
}

function inOpset(model: Model, name: string, opset: number): Model {
  return name.includes('::') ? model : { ...model, opsets: new Map([...model.opsets, ['', opset]]) };
}

/** The first of these models that runs; else the reason of the first whose failure is no fault of the model. */
async function best(files: readonly Blob[], attempt: (file: Blob) => Promise<Answer>): Promise<Answer> {
  let answer: Answer = null;
  for (const file of files) {
    const next = await attempt(file);
    if (next?.kind === 'runs') return next;
    if (answer === null || (answer.kind === 'cannot' && next?.kind === 'falls back')) answer = next ?? answer;
  }
  return answer;
}

async function tryWasm(name: string, graph: Blob): Promise<Answer> {
  try {
    await openInNode({ name: 'one node', graph, external: [] }, binary);
    return { kind: 'runs' };
  } catch (error) {
    return answerOf(name, error instanceof Error ? error.message : String(error));
  }
}

async function tryWebgpu(name: string, graph: Blob): Promise<Answer> {
  const bytes = Buffer.from(await graph.arrayBuffer()).toString('base64');
  const message = await page.evaluate(openOnWebgpu, bytes);
  return message === '' ? { kind: 'runs' } : answerOf(name, message, true);
}

/** `null` for what says nothing of the operator: a model that is not valid in this operator set. */
function answerOf(name: string, message: string, isOnGpu = false): Answer {
  if (message.includes('fallback to CPU EP'))
    return { kind: 'falls back', why: 'it has no kernel for the GPU' };
  // The kernel is there, and only dislikes an attribute.
  if (/providers\/webgpu\S* .*OpKernelInfo/.test(message)) return { kind: 'runs' };
  if (message.includes('OpKernelInfo')) return isOnGpu ? fallsBack : { kind: 'runs' };
  if (/deprecated/i.test(message)) return { kind: 'cannot', why: 'this operator set no longer has it' };
  const missing = /Could not find an implementation for \w+\((\d+)\)/.exec(message);
  if (missing) return { kind: 'cannot', why: `version ${missing[1]} of it has no kernel` };
  // What else such a model holds, in a loop's body for one, may be what is unknown.
  const isUnknown = /not a registered function|No Op registered|which ONNX Runtime Web cannot run/.test(
    message,
  );
  const isItself = message.includes(name.slice(name.lastIndexOf(':') + 1));
  return isUnknown && isItself
    ? { kind: 'cannot', why: isOnGpu ? leftOut : 'the runtime does not know it' }
    : null;
}

/** In the page: opens a model with every node bound to the GPU; what went wrong, or nothing. */
async function openOnWebgpu(base64: string): Promise<string> {
  interface Session {
    release(): Promise<void>;
  }
  interface Ort {
    env: { wasm: { numThreads: number }; logLevel: string };
    InferenceSession: { create(bytes: Uint8Array, options: object): Promise<Session> };
  }
  const { ort } = globalThis as unknown as { ort: Ort };
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  try {
    const session = await ort.InferenceSession.create(
      Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
      {
        executionProviders: ['webgpu'],
        logSeverityLevel: 4,
        extra: { session: { disable_cpu_ep_fallback: '1' } },
      },
    );
    // The device goes with the last session; the first one stays.
    const kept = globalThis as { kept?: Session };
    if (kept.kept) await session.release();
    else kept.kept = session;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function addStep(steps: Steps, opset: number, { kind, why }: NonNullable<Answer>): void {
  const last = steps.at(-1);
  if (last?.kind === kind && last.why === why) return;
  steps.push({ since: opset, kind, ...(why !== undefined && { why }) });
}
