import { expose } from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../src/core/problem';
import type { PlainTensor } from '../src/core/tensor';
import type { RunnableModel } from '../src/core/runnable';
import type { ModelRecord } from '../src/library/record';
import type { Probe, RunJob, RuntimeOptions } from '../src/workers/runtime/api';
import { carryProblems } from '../src/workers/wire';
import { Draw } from '../src/state/draw.svelte';
import { Engine } from '../src/state/engine.svelte';

afterEach(() => void vi.unstubAllGlobals());

const compiled = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const model = (name: string): RunnableModel => ({ name, graph: new Blob([name]), external: [] });
const feeds: Record<string, PlainTensor> = { x: { dtype: 'float32', dims: [1], data: new Float32Array(1) } };

/** Runtime workers that do one thing at a time; WebGPU knows no operator of `bad` and opens `slow` when told to. */
function startWorkers(): { finishSlow: () => void } {
  let finishSlow = (): void => undefined;
  const slow = new Promise<void>((resolve) => (finishSlow = resolve));
  carryProblems();
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.stubGlobal('Worker', function start() {
    const { port1, port2 } = new MessageChannel();
    let backend = '';
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(use: () => Promise<T> | T): Promise<T> => {
      const result = last.then(use);
      last = result.catch(() => undefined);
      return result;
    };
    expose(
      {
        start: (options: RuntimeOptions) =>
          inTurn(() => {
            backend = options.backend;
            return compiled;
          }),
        open: (id: string, { name }: RunnableModel) =>
          inTurn(async () => {
            if (backend === 'webgpu' && name === 'bad')
              throw new AppError('op_unknown', { file: name, operators: ['Odd'] });
            if (backend === 'webgpu' && id.includes('slow')) await slow;
            return { inputs: [], outputs: [], elsewhere: [], openMs: 1 };
          }),
        run: (jobs: RunJob[]) => inTurn(() => jobs.map(() => ({ outputs: feeds, ms: 1, dispatches: 1 }))),
        release: () => inTurn(() => undefined),
      },
      port2,
    );
    return Object.assign(port1, { terminate: () => port1.close() });
  });
  return { finishSlow: () => finishSlow() };
}

function makeEngine(): Engine {
  return new Engine({
    ...{ build: Promise.resolve('jspi'), wish: null, cautious: false },
    probe: Promise.resolve({ webgpu: null, build: 'jspi', adapter: null } as unknown as Probe),
    forWebgpu: (each) => Promise.resolve(each),
  });
}

describe('The engine', () => {
  it('leaves a model to WASM that WebGPU refuses, and no other', async () => {
    startWorkers();
    const engine = makeEngine();
    for (const name of ['bad', 'good']) {
      await engine.open(name, model(name));
      await engine.consider(name, model(name), [feeds]);
    }
    expect(engine.refusal).toBeNull();
    expect(engine.refusalOf('bad')).toMatchObject({ code: 'op_unknown' });
    expect(engine.placement('bad', 'bad').backend).toBe('wasm');
    expect(engine.refusalOf('good')).toBeNull();
    expect(engine.certificates.get('good')).toMatchObject({ agrees: true });
  });

  it('keeps a model open to which the person comes back while WebGPU compiles', async () => {
    const { finishSlow } = startWorkers();
    const engine = makeEngine();
    const ink = { isNearBlank: () => true, version: 0, sampleCount: 0, onChange: () => undefined };
    const library = { runnable: ({ file }: ModelRecord) => Promise.resolve(model(file)) };
    const draw = new Draw({ engine, ink, library, digits: {}, problems: {} } as never);
    const record = (id: string, parts: readonly string[]) =>
      ({
        ...{ id, file: id, reading: { kind: 'reader', reader: { scaling: 'unit', scores: 'logits' } } },
        variants: parts.map((part) => ({ key: `${id}.${part}` })),
      }) as unknown as ModelRecord;
    const first = record('first', ['fp32', 'slow', 'int4']);
    const open = async () => {
      for (const { id } of draw.rows) await engine.open(id, model('first'));
    };
    await draw.show(first);
    await open();
    await engine.openBeside('first.fp32', model('first'));
    const compiling = engine.openBeside('first.slow', model('first'));
    await draw.show(record('second', ['fp32']));
    await draw.show(first);
    await open();
    finishSlow();
    await compiling;
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { id } of draw.rows.slice(1))
      await expect(engine.runOn([{ id, feeds, fetches: [] }], 'wasm')).resolves.toHaveLength(1);
  });
});
