import type { CDPSession, Page as PlaywrightPage } from 'playwright-core';
import { openChromium, startChromium } from '../e2e/engines/chromium';
import { ready, serveBuild } from '../e2e/inkling';
import { serveBench } from './site';
import { quantile, round, type Figure } from './figure';

/** Pen movements measured, 125 a second as a tablet sends them. */
const MOVES = 900;
const EVERY_MS = 8;
const FRAME_MS = 1000 / 60;

/** From a pen's movement to the painted answer, WASM in chromium, at full speed and slowed down four times. */
export async function* movement(): AsyncGenerator<Figure> {
  const engine = await startChromium({ gpu: false });
  if (!engine) return;
  const server = await serveBuild();
  const bench = await serveBench();
  for (const slowdown of [1, 4]) {
    const still = await openChromium(engine.browser);
    await still.page.go(`${bench.url}still.html`);
    const floor = quantile((await measureSlowed(still, slowdown)).times, 0.95);
    const opened = await openChromium(engine.browser);
    await opened.page.go(`${server.url}?backend=wasm`);
    await ready(opened.page);
    await opened.raw.waitForTimeout(4000);
    const { times, delivery, answer, paint, sent, kept } = await measureSlowed(opened, slowdown);
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
        baseline: round(floor, 1),
        ratio: round(p95 / floor, 2),
      },
      // Median and p95 of the parts: the browser's delivery, our answer, the frame.
      ...{ delivery: middles(delivery), answer: middles(answer), paint: middles(paint) },
      ...{ bar: `p95 within ${round(frames * FRAME_MS, 1)} ms`, holds: p95 <= frames * FRAME_MS },
    };
    yield {
      name: `pen samples kept${slowdown === 1 ? '' : `, CPU slowed ${slowdown} x`}`,
      ...{ value: kept, unit: 'samples', sent, bar: 'none lost', holds: kept === sent },
    };
  }
  await engine.close();
  await server.close();
  await bench.close();
}

async function measureSlowed(
  { raw, context }: Awaited<ReturnType<typeof openChromium>>,
  slowdown: number,
): Promise<Movements & { sent: number }> {
  const session = await context.newCDPSession(raw);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const measured = await measure(raw, session);
  await context.close();
  return measured;
}

/** Draws with the mouse and takes, for each sample, the time until a frame with its answer was painted. */
async function measure(raw: PlaywrightPage, session: CDPSession): Promise<Movements & { sent: number }> {
  await raw.evaluate(() => {
    const paper = document.querySelector('[data-testid="paper"]');
    const section = document.querySelector('[aria-label="Answer"]');
    if (!paper || !section) throw new Error('The Draw screen is not there.');
    const record = {
      times: [] as number[],
      delivery: [] as number[],
      answer: [] as number[],
      paint: [] as number[],
      kept: 0,
    };
    let pending: { sent: number; arrived: number }[] = [];
    paper.addEventListener(
      'pointerrawupdate',
      (event) => {
        if ((event as PointerEvent).buttons === 0) return;
        const events = (event as PointerEvent).getCoalescedEvents();
        record.kept += events.length;
        const arrived = performance.now();
        pending.push(...events.map(({ timeStamp }) => ({ sent: timeStamp, arrived })));
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (section.getAttribute('aria-busy') !== 'false' || pending.length === 0) return;
      const answeredAt = performance.now();
      const answered = pending;
      pending = [];
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
    }).observe(section, { attributes: true, attributeFilter: ['aria-busy'] });
    Object.assign(window, { record });
  });
  const box = await raw.getByTestId('paper').boundingBox();
  if (!box) throw new Error('There is no paper.');
  let sent = 0;
  for (let stroke = 0; stroke < 6; stroke += 1) {
    await raw
      .getByRole('button', { name: 'Clear' })
      .click({ force: true })
      .catch(() => undefined);
    await raw.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
    await raw.mouse.down();
    const start = performance.now();
    const flying: Promise<unknown>[] = [];
    for (let i = 1; i <= MOVES / 6; i += 1) {
      const angle = (i / (MOVES / 6)) * 2 * Math.PI;
      const [dx, dy] = [Math.sin(angle) * 0.25, -Math.cos(angle) * 0.3];
      // Sent by a clock, as a device does: waiting for the page's answer would fall into step with its frames.
      const at = { x: box.x + box.width * (0.5 + dx), y: box.y + box.height * (0.5 + dy) + (i % 2) * 0.25 };
      flying.push(
        session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'left', buttons: 1, ...at }),
      );
      sent += 1;
      await raw.waitForTimeout(Math.max(0, start + i * EVERY_MS - performance.now()));
    }
    await Promise.all(flying);
    await raw.mouse.up();
  }
  await raw.waitForTimeout(500);
  const record = await raw.evaluate(() => (window as unknown as { record: Movements }).record);
  return { ...record, sent };
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
  kept: number;
}
