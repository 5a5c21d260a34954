import { shadeOf, mostOf, type Measure, type Palette } from './colouring';
import { trace, type Box, type Picture } from './picture';
import { LINE_HEIGHT, LINE_SIZE, PADDING_X, PADDING_Y, TITLE_SIZE } from './text';

/** How a picture looks on paper. */
export interface SvgStyle {
  title: string;
  palette: Palette;
  measure: Measure;
  /** A list of fonts, as CSS writes it. */
  font: string;
}

/** Corners and the width of the coloured spine at a box's left side. */
export const CORNER = 7;
export const SPINE = 5;

/** The whole picture as one SVG file that needs nothing else. Names are strangers' text and only ever text here. */
export function drawSvg(picture: Picture, style: SvgStyle): string {
  const { width, height, frames, boxes, links } = picture;
  const { palette, measure } = style;
  const most = mostOf(picture, measure);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" font-family="${escapeXml(style.font)}" font-size="${LINE_SIZE}">`,
    `<title>${escapeXml(style.title)}</title>`,
    `<rect width="100%" height="100%" fill="${escapeXml(palette.paper)}"/>`,
  ];
  for (const { x, y, width: w, height: h, title } of frames) {
    parts.push(
      `<rect ${place(x, y, w, h)} rx="12" fill="${escapeXml(palette.wash)}" stroke="${escapeXml(palette.line)}"/>`,
      `<text x="${number(x + 14)}" y="${number(y + 24)}" font-size="${TITLE_SIZE}" font-weight="600" fill="${escapeXml(palette.faint)}">${escapeXml(title)}</text>`,
    );
  }
  let ways = '';
  let arrows = '';
  for (let link = 0; link < links.from.length; link += 1) {
    let [endX, endY] = [NaN, NaN];
    let way = '';
    trace(links, link, (x1, y1, x2, y2, isCurve) => {
      const middle = number((y1 + y2) / 2);
      const move = way === '' ? `M${number(x1)} ${number(y1)}` : '';
      const curve = `C${number(x1)} ${middle} ${number(x2)} ${middle} ${number(x2)} ${number(y2)}`;
      way += move + (isCurve ? curve : `L${number(x2)} ${number(y2)}`);
      [endX, endY] = [x2, y2];
    });
    ways += way;
    if (way !== '') arrows += `M${number(endX - 3.5)} ${number(endY - 6)}l3.5 6l3.5 -6z`;
  }
  parts.push(
    `<path d="${ways}" fill="none" stroke="${escapeXml(palette.faint)}" stroke-width="1"/>`,
    `<path d="${arrows}" fill="${escapeXml(palette.faint)}"/>`,
  );
  for (const box of boxes) parts.push(drawBox(box, style, shadeOf(box, measure, most)));
  parts.push('</svg>');
  return parts.join('\n');
}

function drawBox(box: Box, { palette, measure }: SvgStyle, shade: number): string {
  const { x, y, width, height, kind, title, lines } = box;
  const radius = kind === 'node' || kind === 'group' ? CORNER : height / 2;
  const parts: string[] = [];
  if (kind === 'group') {
    parts.push(
      `<rect ${place(x + 4, y + 4, width, height)} rx="${radius}" fill="${escapeXml(palette.sheet)}" stroke="${escapeXml(palette.edge)}"/>`,
    );
  }
  parts.push(
    `<rect ${place(x, y, width, height)} rx="${number(radius)}" fill="${escapeXml(palette.sheet)}" stroke="${escapeXml(palette.edge)}"/>`,
  );
  if (shade > 0) {
    parts.push(
      `<rect ${place(x, y, width, height)} rx="${number(radius)}" fill="${escapeXml(palette.cost)}" fill-opacity="${number(shade)}"/>`,
    );
  } else if (measure === 'kind' && kind === 'node') {
    const spine = `M${number(x + SPINE)} ${number(y)}h${number(CORNER - SPINE)}h${number(SPINE - CORNER)}v${number(height)}a${SPINE} ${CORNER} 0 0 1 ${-SPINE} ${-CORNER}v${number(2 * CORNER - height)}a${SPINE} ${CORNER} 0 0 1 ${SPINE} ${-CORNER}z`;
    parts.push(`<path d="${spine}" fill="${escapeXml(palette.kinds[box.operator])}"/>`);
  }
  const isCard = kind === 'node' || kind === 'group';
  const start = `x="${number(isCard ? x + PADDING_X : x + width / 2)}" text-anchor="${isCard ? 'start' : 'middle'}"`;
  const top = y + PADDING_Y + LINE_HEIGHT - 4;
  parts.push(
    `<text ${start} y="${number(top)}" font-size="${TITLE_SIZE}" font-weight="600" fill="${escapeXml(palette.ink)}">${escapeXml(title)}</text>`,
    ...lines.map(
      (line, i) =>
        `<text ${start} y="${number(top + LINE_HEIGHT * (i + 1))}" fill="${escapeXml(palette.faint)}">${escapeXml(line)}</text>`,
    ),
  );
  return parts.join('');
}

function place(x: number, y: number, width: number, height: number): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text that cannot end where it stands: marks escaped, and what XML 1.0 forbids replaced. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(FORBIDDEN, '\ufffd');
}

/** With halves of letters among them. @see https://www.w3.org/TR/xml/#charsets */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu;
