import { until, type Page } from '../e2e/engines/engine';
import { engines } from '../e2e/engines';
import { offlineReady, serveBuild } from '../e2e/inkling';
import { serveBench } from './site';
import { quantile, round, type Figure } from './figure';

/** A drawn three in the address: the page answers without anybody drawing. */
const INK =
  '#draw?ink=AQEgjwP7AihPPE9kO2QdZAlkFGQ8UFAoUABkO2RPUE8oYyhjFGQAZBRkKFA8PFAUUABkJ1A7UGM8YyhjAHcTYydjO2M7';
const TURNS = 5;
const RATIO = 1.25;
const SECOND_VISIT_MS = 1000;

/** First visits, and second ones with the server gone, each against a bare page, turn by turn in one session. */
export async function* visits(): AsyncGenerator<Figure> {
  for (const { name, start } of engines) {
    const engine = await start();
    if (!engine) {
      console.error(`${name} is not installed: its visits are not measured`);
      continue;
    }
    const times = { first: [] as number[], second: [] as number[] };
    const bareTimes = { first: [] as number[], second: [] as number[] };
    const workerTimes = { first: [] as number[], second: [] as number[] };
    const build = name === 'chromium' ? 'jspi' : 'wasm';
    for (let turn = 0; turn < TURNS; turn += 1) {
      const bench = await serveBench();
      for (const [place, kept] of [
        ['page', bareTimes],
        ['worker', workerTimes],
      ] as const) {
        const bare = await engine.open();
        await bare.go(`${bench.url}bare.html?build=${build}&in=${place}`);
        kept.first.push(await firstAnswer(bare));
        await bare.reload();
        kept.second.push(await firstAnswer(bare));
        await bare.close();
      }
      await bench.close();

      const server = await serveBuild();
      const page = await engine.open();
      await page.go(server.url + INK);
      times.first.push(await firstAnswer(page));
      await offlineReady(page);
      await server.close();
      await page.reload();
      times.second.push(await firstAnswer(page));
      await page.close();
    }
    await engine.close();
    for (const visit of ['first', 'second'] as const) {
      const [ours, bare, inWorker] = [times, bareTimes, workerTimes].map((each) =>
        quantile(each[visit], 0.5),
      ) as [number, number, number];
      const within = name === 'chromium' && visit === 'second' ? SECOND_VISIT_MS : Infinity;
      yield {
        name: `${visit} visit ${visit === 'second' ? 'without a server ' : ''}to first answer, ${name}`,
        ...{ value: round(ours, 0), unit: 'ms', baseline: round(bare, 0), ratio: round(ours / bare, 2) },
        // The same bare page with its runtime in a worker, as a page needs it that is drawn on meanwhile.
        ...{ bareWorker: round(inWorker, 0), ratioToWorker: round(ours / inWorker, 2) },
        bar: `at most ${RATIO} x a bare page${Number.isFinite(within) ? ` and ${within} ms` : ''}`,
        holds: ours / bare <= RATIO && ours <= within,
      };
    }
  }
}

function firstAnswer(page: Page): Promise<number> {
  return until(
    page,
    'there is a first answer',
    () => performance.getEntriesByName('first-answer')[0]?.startTime,
    [],
    60,
  );
}
