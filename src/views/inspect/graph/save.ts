import { buildGrid } from '../../../graph/grid';
import type { Picture } from '../../../graph/picture';
import { drawSvg } from '../../../graph/svg';
import type { Look } from './look';
import { paintArea } from './paint';

/**
 * Pixels along the longer side of a PNG, and in all of it: what every browser's canvas can hold.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTML/Reference/Elements/canvas#maximum_canvas_size
 */
const MOST = { side: 8192, area: 16_777_216 };
/** Pixels a px: sharp on any screen. */
const SHARP = 2;

/** Hands the picture to the person's downloads; gives what there is to say of a PNG, `null` for an SVG. */
export async function savePicture(
  kind: 'svg' | 'png',
  picture: Picture,
  look: Look,
  title: string,
): Promise<string | null> {
  const name = (title || 'graph').replace(/[^\w.-]+/g, '-');
  if (kind === 'svg') {
    download(toSvg(picture, look, title), `${name}.svg`);
    return null;
  }
  const { file, scale } = await toPng(picture, look);
  download(file, `${name}.png`);
  if (scale >= 0.5) return '';
  return `A PNG holds 8 192 pixels a side and 16.8 million in all, so this one shows the graph at ${Math.round(scale * 100)} %. The SVG is sharp at any size.`;
}

/** The picture as an SVG file. */
function toSvg(picture: Picture, look: Look, title: string): Blob {
  const { palette, measure, sans } = look;
  return new Blob([drawSvg(picture, { title, palette, measure, font: sans })], { type: 'image/svg+xml' });
}

/** The picture as a PNG, as large as a canvas can be; `scale` says how large that is. */
async function toPng(picture: Picture, look: Look): Promise<{ file: Blob; scale: number }> {
  const { width, height } = picture;
  const scale = Math.min(SHARP, MOST.side / Math.max(width, height), Math.sqrt(MOST.area / (width * height)));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.floor(width * scale)),
    Math.max(1, Math.floor(height * scale)),
  );
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to paint on.');
  pen.fillStyle = look.palette.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const area = { x: 0, y: 0, width, height };
  paintArea(pen, { picture, grid: buildGrid(picture) }, { ...look, lit: null }, area, scale);
  return { file: await canvas.convertToBlob({ type: 'image/png' }), scale };
}

/** Hands a file to the person's downloads. */
function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
