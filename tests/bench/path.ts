import { openChromium, startChromium } from '../e2e/engines/chromium';
import { until } from '../e2e/engines/engine';
import { round, type Figure } from './figure';
import { serveBench } from './site';

const LIMIT_MS = 0.3;

/** What worker, comlink and queue cost over a bare `session.run`, median of alternating runs in chromium. */
export async function* path(): AsyncGenerator<Figure> {
  const engine = await startChromium({ gpu: false });
  if (!engine) return;
  const server = await serveBench();
  const { page } = await openChromium(engine.browser);
  await page.go(`${server.url}path.html`);
  const figures = await until(
    page,
    'the runs are done',
    () =>
      (window as unknown as { path?: { bare: number; ours: number; inWorker: number; runs: number } }).path,
    [],
    120,
  );
  await engine.close();
  await server.close();
  const cost = figures.ours - figures.bare;
  yield {
    ...{
      name: 'cost of worker, comlink and queue over a bare run',
      value: round(cost),
      unit: 'ms at the median',
    },
    ...{
      baseline: round(figures.bare),
      ours: round(figures.ours),
      inWorker: round(figures.inWorker),
      runs: figures.runs,
    },
    ...{ bar: `at most ${LIMIT_MS} ms`, holds: cost <= LIMIT_MS },
  };
}
