import { trace, type Picture } from './picture';

/** What of a picture lies where: asked for every tile that is painted and for everything that is pointed at. */
export interface Grid {
  /** Boxes that touch an area, in their order. */
  boxesIn(area: Area): number[];
  /** Links of which a piece touches an area. */
  linksIn(area: Area): number[];
  /** The box at a point; -1 where there is none. */
  boxAt(x: number, y: number): number;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Sides of cells in px, and cells at most: a picture may be a hundred thousand px high. */
const SIDE = 400;
const CELLS = 20_000;

/** A grid over a picture. */
export function buildGrid(picture: Picture): Grid {
  const side = Math.max(SIDE, Math.sqrt((picture.width * picture.height) / CELLS));
  const columns = Math.max(1, Math.ceil(picture.width / side));
  const rows = Math.max(1, Math.ceil(picture.height / side));
  const boxes: number[][] = Array.from({ length: columns * rows }, () => []);
  const links: number[][] = Array.from({ length: columns * rows }, () => []);
  picture.boxes.forEach((box, i) => eachCell(box, (cell) => boxes[cell]?.push(i)));
  for (let link = 0; link < picture.links.from.length; link += 1) {
    trace(picture.links, link, (x1, y1, x2, y2) => {
      const area = {
        x: Math.min(x1, x2),
        y: Math.min(y1, y2),
        width: Math.abs(x2 - x1),
        height: Math.abs(y2 - y1),
      };
      eachCell(area, (cell) => {
        const list = links[cell];
        if (list && list.at(-1) !== link) list.push(link);
      });
    });
  }
  const boxMarks = new Uint32Array(picture.boxes.length);
  const linkMarks = new Uint32Array(picture.links.from.length);
  let visit = 0;
  return {
    boxesIn: (area) =>
      collect(area, boxes, boxMarks).filter((i) => {
        const box = picture.boxes[i];
        return box !== undefined && touches(box, area);
      }),
    linksIn: (area) => collect(area, links, linkMarks),
    boxAt(x, y) {
      const area = { x, y, width: 0, height: 0 };
      return this.boxesIn(area).at(-1) ?? -1;
    },
  };

  function eachCell(area: Area, use: (cell: number) => void): void {
    const [left, right] = [cellOf(area.x, columns), cellOf(area.x + area.width, columns)];
    const [top, bottom] = [cellOf(area.y, rows), cellOf(area.y + area.height, rows)];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) use(row * columns + column);
    }
  }

  function cellOf(value: number, count: number): number {
    return Math.min(count - 1, Math.max(0, Math.floor(value / side)));
  }

  function collect(area: Area, cells: readonly number[][], marks: Uint32Array): number[] {
    visit += 1;
    const found: number[] = [];
    eachCell(area, (cell) => {
      for (const i of cells[cell] ?? []) {
        if (marks[i] === visit) continue;
        marks[i] = visit;
        found.push(i);
      }
    });
    return found.sort((a, b) => a - b);
  }
}

function touches(box: Area, area: Area): boolean {
  return (
    box.x <= area.x + area.width &&
    box.x + box.width >= area.x &&
    box.y <= area.y + area.height &&
    box.y + box.height >= area.y
  );
}
