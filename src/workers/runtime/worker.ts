import { expose, transfer } from 'comlink';
import { AppError, invariant } from '../../core/problem';
import type { Backend, InferenceSession } from '../../runtime/backend';
import { backendOf } from '../../runtime/backends';
import { loadOrt, type OrtModule } from '../../runtime/ort';
import { profileModel } from '../../runtime/profile';
import { createQueue } from '../../runtime/queue';
import { runSession } from '../../runtime/session';
import { carryProblems } from '../wire';
import type { RunResult, RuntimeWorker } from './api';

interface Open {
  name: string;
  session: InferenceSession;
}

const oneAtATime = createQueue();
const sessions = new Map<string, Open>();
let runtime: { ort: OrtModule; backend: Backend; keep: () => Promise<void> } | null = null;

carryProblems();
expose({
  start: ({ backend: id, build, threads, module: known }) =>
    oneAtATime(async () => {
      const backend = backendOf(id);
      const { ort, module, keep } = await loadOrt(build, threads, known);
      await backend.prepare(ort);
      runtime = { ort, backend, keep };
      return module;
    }),

  open: (id, model) =>
    oneAtATime(async () => {
      invariant(runtime, 'start comes before open');
      const start = performance.now();
      const { session, elsewhere } = await runtime.backend.open(runtime.ort, model);
      await sessions.get(id)?.session.release();
      sessions.set(id, { name: model.name, session });
      return {
        inputs: [...session.inputNames],
        outputs: [...session.outputNames],
        elsewhere,
        openMs: performance.now() - start,
      };
    }),

  run: (jobs) =>
    oneAtATime(async () => {
      invariant(runtime, 'start comes before run');
      const { ort, backend } = runtime;
      const results: RunResult[] = [];
      for (const { id, feeds, fetches } of jobs) {
        const open = sessions.get(id);
        invariant(open, `session ${id} is open`);
        const before = backend.dispatches();
        try {
          const result = await runSession(ort, open.session, open.name, feeds, fetches);
          results.push({ ...result, dispatches: backend.dispatches() - before });
        } catch (error) {
          const reason = backend.lost();
          throw reason === null ? error : new AppError('device_lost', { reason });
        }
      }
      return transfer(results, buffersOf(results));
    }),

  keep: async () => runtime?.keep(),

  profile: (model, feeds, runs) =>
    oneAtATime(async () => {
      invariant(runtime, 'start comes before profile');
      return profileModel(runtime.ort, runtime.backend.id, model, feeds, runs);
    }),

  release: (id) =>
    oneAtATime(async () => {
      const open = sessions.get(id);
      sessions.delete(id);
      await open?.session.release();
    }),
} satisfies RuntimeWorker);

function buffersOf(results: readonly RunResult[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { outputs } of results) {
    for (const { data } of Object.values(outputs)) {
      if (!Array.isArray(data) && data.buffer instanceof ArrayBuffer) buffers.add(data.buffer);
    }
  }
  return [...buffers];
}
