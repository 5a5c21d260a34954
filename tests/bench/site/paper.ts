/**
 * Paper, a worker with the bare runtime, ten bars and a figure: the least page that reads a digit while it is drawn,
 * with no framework, library, bridge or queue.
 */
import { PAPER, type Sample } from '../../../src/ink/stroke';
import { rasterise } from '../../../src/ink/raster';

const section = document.querySelector<HTMLElement>('[aria-label="Answer"]');
const paper = document.querySelector<HTMLCanvasElement>('canvas');
const context = paper?.getContext('2d');
const bars = Array.from({ length: 10 }, () => {
  const bar = document.createElement('li');
  document.querySelector('ol')?.append(bar);
  return bar;
});
const worker = new Worker(new URL('./paper-worker.ts', import.meta.url), { type: 'module' });
let stroke: Sample[] = [];
let asked = 0;
let isBusy = true;

worker.onmessage = ({ data }: MessageEvent<Float32Array>) => {
  isBusy = false;
  if (data.length > 0) show(data);
  else section?.setAttribute('data-backend', 'wasm');
  if (asked < stroke.length) ask();
};

function ask(): void {
  asked = stroke.length;
  isBusy = true;
  const pixels = rasterise([stroke]);
  worker.postMessage(pixels, [pixels.buffer]);
}

function show(shares: Float32Array): void {
  if (!section) return;
  shares.forEach((share, digit) => {
    const bar = bars[digit];
    if (bar) bar.style.transform = `translateY(${Math.round(100 - 100 * share)}%)`;
  });
  section.dataset['samples'] = String(asked);
  section.textContent = String(shares.indexOf(Math.max(...shares)));
}

function toSample({ offsetX, offsetY, timeStamp }: PointerEvent): Sample {
  return {
    x: (offsetX / 700 - 0.5) * PAPER,
    y: (offsetY / 700 - 0.5) * PAPER,
    pressure: 0.5,
    time: timeStamp,
  };
}

paper?.addEventListener('pointerdown', (event) => {
  stroke = [toSample(event)];
  asked = 1;
  context?.clearRect(0, 0, 700, 700);
});
paper?.addEventListener('pointerrawupdate', (event) => {
  const last = stroke.at(-1);
  if ((event as PointerEvent).buttons === 0 || !last || !context) return;
  const samples = (event as PointerEvent).getCoalescedEvents().map(toSample);
  context.lineWidth = 40;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo((last.x / PAPER + 0.5) * 700, (last.y / PAPER + 0.5) * 700);
  for (const { x, y } of samples) context.lineTo((x / PAPER + 0.5) * 700, (y / PAPER + 0.5) * 700);
  context.stroke();
  stroke.push(...samples);
  if (!isBusy) ask();
});
