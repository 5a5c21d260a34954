import type { Browser, Page as PlaywrightPage } from 'playwright-core';
import { openChromium, startChromium } from '../e2e/engines/chromium';
import { ready, serveBuild } from '../e2e/inkling';
import { startPenDevice, type PenDevice } from './pen-device';
import { serveBench } from './site';
import { quantile, round, type Figure } from './figure';

/** Pen movements measured, 125 a second as a tablet sends them. */
const MOVES = 900;
const EVERY_MS = 8;
const FRAME_MS = 1000 / 60;
/** How long an opened page is left alone before it is drawn on. */
const SETTLED_MS = 4000;

/** From a pen's movement to the painted answer, WASM in chromium, at full speed and slowed down four times. */
export async function* movement(): AsyncGenerator<Figure> {
  const device = await startPenDevice();
  if (!device) {
    console.error('Xvfb or xdotool is not installed: pen movements are not measured');
    return;
  }
  const engine = await startChromium({
    gpu: false,
    display: device.display,
    flags: ['--window-position=0,0'],
  });
  if (!engine) {
    device.close();
    return;
  }
  const server = await serveBuild();
  const bench = await serveBench();
  for (const slowdown of [1, 4]) {
    const floor = await measurePage(engine.browser, `${bench.url}still.html`, device, slowdown);
    const least = await measurePage(engine.browser, `${bench.url}paper.html`, device, slowdown);
    const ours = await measurePage(engine.browser, `${server.url}?backend=wasm`, device, slowdown);
    const { times, delivery, answer, paint, given, kept } = ours;
    const middles = (values: number[]) => [0.5, 0.95].map((share) => round(quantile(values, share), 1));
    const frames = slowdown === 1 ? 1 : 2;
    const p95 = quantile(times, 0.95);
    yield {
      name: `pen movement to painted answer, WASM, chromium${slowdown === 1 ? '' : `, CPU slowed ${slowdown} x`}`,
      ...{
        value: round(p95, 1),
        unit: 'ms at p95',
        median: round(quantile(times, 0.5), 1),
        movements: times.length,
        // What a page takes that only counts movements, and one that has paper, worker, model and bars and no more.
        counting: round(quantile(floor.times, 0.95), 1),
        baseline: round(quantile(least.times, 0.95), 1),
        ratio: round(p95 / quantile(least.times, 0.95), 2),
      },
      // Median and p95 of the parts: the browser's delivery, our answer, the frame.
      ...{ delivery: middles(delivery), answer: middles(answer), paint: middles(paint) },
      ...{ bar: `p95 within ${round(frames * FRAME_MS, 1)} ms`, holds: p95 <= frames * FRAME_MS },
    };
    yield {
      name: `pen samples kept${slowdown === 1 ? '' : `, CPU slowed ${slowdown} x`}`,
      ...{ value: kept, unit: 'samples', given, bar: 'none lost', holds: kept === given },
    };
  }
  await engine.close();
  await server.close();
  await bench.close();
  device.close();
}

/** Tells `window.note` of every pen movement that the page itself listens for, before the page hears of it. */
function noteMovements(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the target it belongs to
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const isPen = type === 'pointermove' || type === 'pointerrawupdate';
    if (!isPen || typeof listener !== 'function') {
      add.call(this, type, listener, options);
      return;
    }
    const noting = (event: Event): void => {
      (window as { note?: (event: Event) => void }).note?.(event);
      listener.call(this, event);
    };
    add.call(this, type, noting, options);
  };
}

/** Opens a page, lets it come to rest, slows it down and draws on it. */
async function measurePage(
  browser: Browser,
  url: string,
  device: PenDevice,
  slowdown: number,
): Promise<Movements & { kept: number }> {
  const { context, page, raw } = await openChromium(browser);
  await context.addInitScript(noteMovements);
  await page.go(url);
  await ready(page);
  await raw.waitForTimeout(SETTLED_MS);
  const session = await context.newCDPSession(raw);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const measured = await measure(raw, device);
  await context.close();
  return measured;
}

/** Draws with the device and takes, for each sample, the time until a frame with its answer was painted. */
async function measure(raw: PlaywrightPage, device: PenDevice): Promise<Movements & { kept: number }> {
  await raw.evaluate(() => {
    const paper = document.querySelector('[data-testid="paper"]');
    const section = document.querySelector('[aria-label="Answer"]');
    if (!paper || !section) throw new Error('The Draw screen is not there.');
    const record = {
      times: [] as number[],
      delivery: [] as number[],
      answer: [] as number[],
      paint: [] as number[],
      given: 0,
    };
    /** Samples of this stroke, and those of them that were not answered yet. */
    let count = 0;
    let pending: { nth: number; sent: number; arrived: number }[] = [];
    const known = new Set<string>();
    paper.addEventListener('pointerdown', () => {
      count = 1;
      pending = [];
    });
    const note = (event: PointerEvent): void => {
      if (event.buttons === 0) return;
      const arrived = performance.now();
      for (const { timeStamp, screenX, screenY } of event.getCoalescedEvents()) {
        const name = [timeStamp, screenX, screenY].join();
        if (known.has(name)) continue;
        known.add(name);
        record.given += 1;
        count += 1;
        pending.push({ nth: count, sent: timeStamp, arrived });
      }
    };
    Object.assign(window, { note });
    new MutationObserver(() => {
      const answeredAt = performance.now();
      const samples = Number(section.getAttribute('data-samples'));
      const answered = pending.filter(({ nth }) => nth <= samples);
      if (answered.length === 0) return;
      pending = pending.filter(({ nth }) => nth > samples);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const painted = performance.now();
          for (const { sent, arrived } of answered) {
            record.times.push(painted - sent);
            record.delivery.push(arrived - sent);
            record.answer.push(answeredAt - arrived);
            record.paint.push(painted - answeredAt);
          }
        };
        port2.postMessage(null);
      });
    }).observe(section, { attributes: true, attributeFilter: ['data-samples'] });
    Object.assign(window, { record });
  });
  const box = await raw.getByTestId('paper').boundingBox();
  if (!box) throw new Error('There is no paper.');
  const offset = await pageOnScreen(raw, device);
  const [left, top] = [Math.round(offset.x + box.x), Math.round(offset.y + box.y)];
  let kept = 0;
  for (let stroke = 0; stroke < 6; stroke += 1) {
    await raw
      .getByRole('button', { name: 'Clear' })
      .click({ force: true })
      .catch(() => undefined);
    device.move(left + box.width / 2, top + box.height * 0.15);
    await raw.waitForTimeout(100);
    device.press();
    await raw.waitForTimeout(30);
    const start = performance.now();
    for (let i = 1; i <= MOVES / 6; i += 1) {
      const angle = (i / (MOVES / 6)) * 2 * Math.PI;
      const across = Math.round(box.width * (0.5 + Math.sin(angle) * 0.25));
      const down = Math.round(box.height * (0.5 - Math.cos(angle) * 0.3));
      // A pixel to and fro: a device that stands still sends nothing.
      device.move(left + across, top + down - (down % 2) + (i % 2));
      // By a clock, as a device does: waiting for the page's answer would fall into step with its frames.
      await raw.waitForTimeout(Math.max(0, start + i * EVERY_MS - performance.now()));
    }
    // All but the first, the pen's touch.
    kept += (await samplesRead(raw)) - 1;
    device.lift();
    await raw.waitForTimeout(100);
  }
  await raw.waitForTimeout(500);
  const record = await raw.evaluate(() => (window as unknown as { record: Movements }).record);
  return { ...record, kept };
}

/** How many samples the answer is about once all were answered. */
async function samplesRead(raw: PlaywrightPage): Promise<number> {
  await raw.waitForTimeout(500);
  const samples = await raw.locator('[aria-label="Answer"]').getAttribute('data-samples');
  return Number(samples);
}

/** Where on the screen the page begins. */
async function pageOnScreen(raw: PlaywrightPage, device: PenDevice): Promise<{ x: number; y: number }> {
  const offset = raw.evaluate(
    () =>
      new Promise<{ x: number; y: number }>((resolve) => {
        const tell = ({ screenX, clientX, screenY, clientY }: PointerEvent): void =>
          resolve({ x: screenX - clientX, y: screenY - clientY });
        addEventListener('pointermove', tell, { once: true, capture: true });
      }),
  );
  for (let tries = 0; tries < 20; tries += 1) {
    device.move(400 + tries, 500);
    const found = await Promise.race([offset, raw.waitForTimeout(100)]);
    if (found) return found;
  }
  throw new Error('The page hears nothing of the device.');
}

/** Milliseconds a sample, and how many samples the page was given. */
interface Movements {
  times: number[];
  /** From the device to the page's first handler: the browser's own share. */
  delivery: number[];
  /** From there to the answer in the document. */
  answer: number[];
  /** From there to the end of the frame that shows it. */
  paint: number[];
  /** Samples that the browser gave to the page. */
  given: number;
}
