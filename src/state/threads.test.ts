import { describe, expect, it } from 'vitest';
import type { RunnableModel } from '../core/runnable';
import { Threads, type Runner } from './threads.svelte';

const model: RunnableModel = { name: 'model', graph: new Blob(), external: [] };
/** Only its size is looked at. */
const large = { size: 65 * 1024 * 1024 } as Blob;
const job = { id: 'model', feeds: {}, fetches: [] };

/** A worker whose every run takes `ms`, and how often it ran. */
function runner(ms: number, fails = () => false): Runner & { count: number } {
  const open = new Set<string>();
  return {
    count: 0,
    runs: 0,
    open: (id) => {
      open.add(id);
      return Promise.resolve({ inputs: [], outputs: [], elsewhere: [], openMs: 0 });
    },
    isOpen: (id) => open.has(id),
    release: (id) => Promise.resolve(void open.delete(id)),
    run(jobs) {
      if (fails()) return Promise.reject(new Error('out of memory'));
      this.count += jobs.length;
      return Promise.resolve(jobs.map(() => ({ outputs: {}, ms, dispatches: 0 })));
    },
    renew: () => Promise.resolve(),
    end: () => undefined,
  };
}

function threads(most: number, one: Runner, many: Runner) {
  const started: number[] = [];
  const runs = new Threads(
    most,
    () => Promise.resolve(one),
    (count) => {
      started.push(count);
      return Promise.resolve(many);
    },
  );
  runs.opened('model', model);
  return { runs, started };
}

describe('Several threads', () => {
  it('are taken for a slow model that is clearly faster on them', async () => {
    const [one, many] = [runner(80), runner(45)];
    const { runs, started } = threads(2, one, many);
    for (let i = 0; i < 3; i += 1) await runs.run([job]);
    expect(runs.of('model')).toBe(2);
    const before = { one: one.count, many: many.count };
    expect((await runs.run([job]))[0]?.ms).toBe(45);
    expect([one.count, many.count]).toEqual([before.one, before.many + 1]);
    expect(started).toEqual([2]);
  });

  it('are measured once, and left where they are hardly faster', async () => {
    const [one, many] = [runner(80), runner(70)];
    const { runs } = threads(2, one, many);
    for (let i = 0; i < 3; i += 1) await runs.run([job]);
    const { count } = many;
    expect(count).toBeGreaterThan(0);
    await runs.run([job]);
    expect(runs.of('model')).toBe(1);
    expect(many.count).toBe(count);
    expect(many.isOpen('model')).toBe(false);
  });

  it.each([
    ['a quick model', 2, 19, model],
    ['a page that has one thread', 1, 80, model],
    ['a model of which two copies are too large', 2, 80, { ...model, graph: large }],
  ])('are not tried for %s', async (_, most, ms, opened) => {
    const { runs, started } = threads(most, runner(ms), runner(1));
    runs.opened('model', opened);
    for (let i = 0; i < 4; i += 1) await runs.run([job]);
    expect(started).toEqual([]);
  });

  it('are forgotten with the model: another one under its key is measured itself', async () => {
    const { runs } = threads(2, runner(80), runner(45));
    for (let i = 0; i < 3; i += 1) await runs.run([job]);
    await runs.close('model');
    runs.opened('model', { ...model, name: 'another' });
    expect(runs.of('model')).toBe(1);
    for (let i = 0; i < 3; i += 1) await runs.run([job]);
    expect(runs.of('model')).toBe(2);
  });

  it('are given up when they fail, and the run is made on one', async () => {
    let isBroken = false;
    const { runs } = threads(
      2,
      runner(80),
      runner(40, () => isBroken),
    );
    for (let i = 0; i < 3; i += 1) await runs.run([job]);
    expect(runs.of('model')).toBe(2);
    isBroken = true;
    expect((await runs.run([job]))[0]?.ms).toBe(80);
    expect(runs.of('model')).toBe(1);
  });
});
