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
    const first: number[] = [];
    const bareFirst: number[] = [];
    const second: number[] = [];
    const bareSecond: number[] = [];
    const build = name === 'chromium' ? 'jspi' : 'wasm';
    for (let turn = 0; turn < TURNS; turn += 1) {
      const bench = await serveBench();
      const bare = await engine.open();
      await bare.go(`${bench.url}bare.html?build=${build}`);
      bareFirst.push(await firstAnswer(bare));
      await bare.reload();
      bareSecond.push(await firstAnswer(bare));
      await bare.close();
      await bench.close();

      const server = await serveBuild();
      const page = await engine.open();
      await page.go(server.url + INK);
      first.push(await firstAnswer(page));
      await offlineReady(page);
      await server.close();
      await page.reload();
      second.push(await firstAnswer(page));
      await page.close();
    }
    await engine.close();
    const [ours, bareOurs] = [quantile(first, 0.5), quantile(bareFirst, 0.5)];
    yield {
      ...{
        name: `first visit to first answer, ${name}`,
        value: round(ours, 0),
        unit: 'ms',
        baseline: round(bareOurs, 0),
      },
      ...{
        ratio: round(ours / bareOurs, 2),
        bar: `at most ${RATIO} x a bare page`,
        holds: ours / bareOurs <= RATIO,
      },
    };
    const [again, bareAgain] = [quantile(second, 0.5), quantile(bareSecond, 0.5)];
    const isChromium = name === 'chromium';
    yield {
      ...{
        name: `second visit without a server to first answer, ${name}`,
        value: round(again, 0),
        unit: 'ms',
      },
      ...{ baseline: round(bareAgain, 0), ratio: round(again / bareAgain, 2) },
      bar: `at most ${RATIO} x a bare page${isChromium ? ` and ${SECOND_VISIT_MS} ms` : ''}`,
      holds: again / bareAgain <= RATIO && (!isChromium || again <= SECOND_VISIT_MS),
    };
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
