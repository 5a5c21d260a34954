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
  const { comlink, ours, runs } = await until(
    page,
    'the runs are done',
    () => (window as unknown as { path?: { comlink: Way; ours: Way; runs: number } }).path,
    [],
    120,
  );
  await engine.close();
  await server.close();
  const cost = ours.way - ours.beside;
  const least = comlink.way - comlink.beside;
  yield {
    ...{ name: 'cost of worker, comlink and queue over a bare run', value: round(cost, 3) },
    ...{ unit: 'ms at the median', bareRun: round(ours.beside, 3), runs },
    // What a worker behind comlink costs that does nothing else.
    ...{ baseline: round(least, 3), ratio: round(cost / least, 2) },
    ...{ bar: `at most ${LIMIT_MS} ms`, holds: cost <= LIMIT_MS },
  };
}

/** Medians of one way of running, and of the bare runs between. */
interface Way {
  way: number;
  beside: number;
}
