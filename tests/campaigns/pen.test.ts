/** Real handwriting through the whole page: every stroke replayed as pointer events on the paper. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openChromium, startChromium } from '../e2e/engines/chromium';
import { ready, serveBuild } from '../e2e/inkling';
import { shared } from '../wild';

interface PenDigit {
  label: number;
  strokes: [number, number][][];
}

const file = process.env['PEN_FILE'] ?? join(shared, 'pen/digits.jsonl');
const AT_ONCE = 100;

it('reads at least 98.5 % of 2,000 digits that people wrote with a pen', async (context) => {
  if (!existsSync(file)) return context.skip(`${file} is not here; PEN_FILE may name it`);
  const engine = await startChromium({ gpu: false });
  if (!engine) return context.skip('chromium is not installed');
  const digits = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PenDigit);
  const server = await serveBuild();
  const { page } = await openChromium(engine.browser);
  await page.go(server.url);
  await ready(page);
  const answers: string[] = [];
  for (let first = 0; first < digits.length; first += AT_ONCE) {
    const part = digits.slice(first, first + AT_ONCE).map(({ strokes }) => strokes);
    answers.push(...(await page.evaluate(replayAll, part)));
  }
  await engine.close();
  await server.close();
  const right = digits.filter(({ label }, i) => answers[i] === String(label)).length;
  const silent = answers.filter((answer) => answer === '').length;
  const missed = new Map<string, number>();
  digits.forEach(({ label }, i) => {
    if (answers[i] === String(label)) return;
    const pair = `${label} read as ${answers[i] || 'no digit'}`;
    missed.set(pair, (missed.get(pair) ?? 0) + 1);
  });
  const share = (100 * right) / digits.length;
  console.log(
    JSON.stringify({ name: 'pen', count: digits.length, right, percent: share, abstained: silent }),
  );
  console.log(
    [...missed]
      .sort(([, a], [, b]) => b - a)
      .map(([pair, count]) => `${count} × ${pair}`)
      .join('\n'),
  );
  expect(digits.length).toBe(2000);
  expect(share).toBeGreaterThanOrEqual(98.5);
});

/** In the page: clears the paper, draws one digit with pointer events, waits for its answer; for each digit. */
async function replayAll(drawings: [number, number][][][]): Promise<string[]> {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  const clear = [...document.querySelectorAll('button')].find(
    (button) => button.textContent.trim() === 'Clear',
  );
  const paper = find('[data-testid="paper"]');
  const section = find('[aria-label="Answer"]');
  if (!paper || !section || !clear) throw new Error('The Draw screen is not there.');
  const { left, top, width, height } = paper.getBoundingClientRect();
  const settled = async () => {
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (section.getAttribute('aria-busy') !== 'false');
  };
  const answers: string[] = [];
  for (const strokes of drawings) {
    clear.click();
    await settled();
    const points = strokes.flat();
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
    const scale = (0.7 * Math.min(width, height)) / size;
    const middleX = (Math.max(...xs) + Math.min(...xs)) / 2;
    const middleY = (Math.max(...ys) + Math.min(...ys)) / 2;
    for (const stroke of strokes) {
      const send = (type: string, [x, y]: readonly [number, number]) =>
        paper.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 7,
            pointerType: 'pen',
            isPrimary: true,
            bubbles: true,
            button: type === 'pointermove' ? -1 : 0,
            clientX: left + width / 2 + (x - middleX) * scale,
            clientY: top + height / 2 + (y - middleY) * scale,
          }),
        );
      stroke.forEach((point, i) => send(i === 0 ? 'pointerdown' : 'pointermove', point));
      const last = stroke.at(-1);
      if (last) send('pointerup', last);
    }
    await settled();
    answers.push(find('[data-testid="answer"]')?.textContent.trim() ?? '');
  }
  return answers;
}
