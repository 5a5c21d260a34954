import { shadeOf } from '../../../graph/colouring';
import type { Area, Grid } from '../../../graph/grid';
import { trace, type Box, type Picture } from '../../../graph/picture';
import { CORNER, SPINE } from '../../../graph/svg';
import { LINE_HEIGHT, LINE_SIZE, PADDING_X, PADDING_Y, TITLE_SIZE } from '../../../graph/text';
import type { Look } from './look';

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Below these scales: no small words, no words, nothing but patches of colour. */
const DETAIL = { lines: 0.55, titles: 0.4, shapes: 0.13 };
/** A type stands right of where its link begins, so links this far left of an area may write into it. */
const LABEL = 170;
/** How much of what is not lit remains. */
const DIMMED = 0.28;
/** Pieces in one stroke: a single path of thousands is slow to fill without a GPU. */
const PIECES = 200;

/**
 * Paints what of a picture touches `area`, at `scale` device pixels a px, with the pen's own origin at the area's
 * corner. The ground is not painted.
 */
export function paintArea(
  pen: Pen,
  { picture, grid }: { picture: Picture; grid: Grid },
  look: Look,
  area: Area,
  scale: number,
): void {
  // Detail goes by what is seen, and that is in CSS px.
  const detail = scale / (globalThis.devicePixelRatio || 1);
  pen.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  paintFrames(pen, picture, look, area, detail);
  const links = grid.linksIn({ ...area, x: area.x - LABEL, width: area.width + LABEL });
  const { lit } = look;
  pen.globalAlpha = lit ? DIMMED : 1;
  paintLinks(
    pen,
    picture,
    lit ? links.filter((link) => !lit.links[link]) : links,
    look.palette.faint,
    1,
    detail,
  );
  pen.globalAlpha = 1;
  if (lit) {
    paintLinks(
      pen,
      picture,
      links.filter((link) => lit.links[link]),
      look.palette.focus,
      1.6,
      detail,
    );
  }
  for (const i of grid.boxesIn({
    x: area.x - 6,
    y: area.y - 6,
    width: area.width + 12,
    height: area.height + 12,
  })) {
    const box = picture.boxes[i];
    if (!box) continue;
    pen.globalAlpha = lit && !lit.boxes[i] ? DIMMED : 1;
    paintBox(pen, box, look, detail);
  }
  pen.globalAlpha = 1;
  if (detail >= DETAIL.lines) paintTypes(pen, picture, links, look);
}

function paintFrames(
  pen: Pen,
  { frames }: Picture,
  { palette, sans }: Look,
  area: Area,
  detail: number,
): void {
  for (const { x, y, width, height, title } of frames) {
    if (x > area.x + area.width || x + width < area.x || y > area.y + area.height || y + height < area.y)
      continue;
    pen.beginPath();
    pen.roundRect(x, y, width, height, 12);
    pen.fillStyle = palette.wash;
    pen.fill();
    pen.strokeStyle = palette.line;
    pen.lineWidth = 1;
    pen.stroke();
    if (detail < DETAIL.titles) continue;
    pen.font = `600 ${TITLE_SIZE}px ${sans}`;
    pen.fillStyle = palette.faint;
    pen.fillText(`− ${title}`, x + 14, y + 25, width - 24);
  }
}

function paintLinks(
  pen: Pen,
  { links, boxes }: Picture,
  chosen: readonly number[],
  colour: string,
  width: number,
  detail: number,
): void {
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.lineWidth = Math.max(width, (0.6 * width) / detail);
  const isRough = detail < DETAIL.shapes;
  let pieces = 0;
  pen.beginPath();
  for (const link of chosen) {
    let isFirst = true;
    trace(links, link, (x1, y1, x2, y2, isCurve) => {
      if (isFirst) pen.moveTo(x1, y1);
      isFirst = false;
      const middle = (y1 + y2) / 2;
      if (isCurve && !isRough) pen.bezierCurveTo(x1, middle, x2, middle, x2, y2);
      else pen.lineTo(x2, y2);
      pieces += 1;
    });
    if (pieces < PIECES) continue;
    pen.stroke();
    pen.beginPath();
    pieces = 0;
  }
  pen.stroke();
  if (detail < DETAIL.titles) return;
  pen.beginPath();
  for (const link of chosen) {
    const last = (links.starts[link + 1] ?? 0) - 1;
    const [x, y] = [links.points[2 * last] ?? 0, links.points[2 * last + 1] ?? 0];
    if (!boxes[links.to[link] ?? -1]) continue;
    pen.moveTo(x - 3.5, y - 6.5);
    pen.lineTo(x + 3.5, y - 6.5);
    pen.lineTo(x, y);
  }
  pen.fill();
}

function paintBox(pen: Pen, box: Box, look: Look, detail: number): void {
  const { palette, measure, most } = look;
  const { x, y, width, height, kind, operator } = box;
  const shade = shadeOf(box, measure, most);
  if (detail < DETAIL.shapes) {
    const isPlain = measure !== 'kind' || kind !== 'node';
    pen.fillStyle = isPlain ? palette.edge : palette.kinds[operator];
    pen.fillRect(x, y, width, height);
    if (shade > 0) {
      pen.fillStyle = palette.cost;
      pen.fillRect(x, y, width, height * Math.max(shade, 0.2));
    }
    return;
  }
  const isCard = kind === 'node' || kind === 'group';
  const radius = isCard ? CORNER : height / 2;
  pen.lineWidth = 1;
  pen.strokeStyle = palette.edge;
  if (kind === 'group') {
    pen.beginPath();
    pen.roundRect(x + 4, y + 4, width, height, radius);
    pen.fillStyle = palette.paper;
    pen.fill();
    pen.stroke();
  }
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fillStyle = palette.sheet;
  pen.fill();
  if (shade > 0) {
    const alpha = pen.globalAlpha;
    pen.globalAlpha = alpha * shade;
    pen.fillStyle = palette.cost;
    pen.fill();
    pen.globalAlpha = alpha;
  }
  pen.stroke();
  if (measure === 'kind' && kind === 'node') {
    pen.beginPath();
    pen.roundRect(x, y, SPINE, height, [SPINE, 0, 0, SPINE]);
    pen.fillStyle = palette.kinds[operator];
    pen.fill();
  }
  if (detail >= DETAIL.titles) paintWords(pen, box, look, isCard, detail);
}

function paintWords(
  pen: Pen,
  { x, y, width, kind, title, lines }: Box,
  { palette, sans }: Look,
  isCard: boolean,
  detail: number,
): void {
  const most = width - 2 * PADDING_X + 2;
  const start = isCard ? x + PADDING_X : x + width / 2;
  const top = y + PADDING_Y + LINE_HEIGHT - 4;
  pen.textAlign = isCard ? 'left' : 'center';
  pen.font = `600 ${TITLE_SIZE}px ${sans}`;
  pen.fillStyle = palette.ink;
  pen.fillText(kind === 'group' ? `+ ${title}` : title, start, top, most);
  if (detail >= DETAIL.lines) {
    pen.font = `${LINE_SIZE}px ${sans}`;
    pen.fillStyle = palette.faint;
    lines.forEach((line, i) => pen.fillText(line, start, top + LINE_HEIGHT * (i + 1), most));
  }
  pen.textAlign = 'left';
}

/** The type of each value where it leaves its box; once for several of one type. */
function paintTypes(
  pen: Pen,
  { links, boxes }: Picture,
  chosen: readonly number[],
  { palette, sans, lit }: Look,
): void {
  pen.font = `9.5px ${sans}`;
  pen.fillStyle = palette.faint;
  const written = new Set<string>();
  for (const link of chosen) {
    const [from, type] = [links.from[link] ?? -1, links.types[link] ?? ''];
    const key = `${from} ${type}`;
    if (type === '' || boxes[from]?.kind === 'input' || written.has(key) || (lit && !lit.links[link]))
      continue;
    written.add(key);
    const start = 2 * (links.starts[link] ?? 0);
    pen.fillText(type, (links.points[start] ?? 0) + 5, (links.points[start + 1] ?? 0) + 13, LABEL - 10);
  }
}
