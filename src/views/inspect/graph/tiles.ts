import type { Grid } from '../../../graph/grid';
import type { Picture } from '../../../graph/picture';
import type { Camera, Size } from './camera';
import type { Look } from './look';
import { paintArea } from './paint';

/** CSS px along one side of a tile. */
const SIDE = 256;
/** ms that painting may take of one frame, so that panning keeps its pace; the rest follows in the next frames. */
const BUDGET = 5;

interface Tile {
  canvas: OffscreenCanvas;
  /** The look it was painted with; an older one is shown until it is painted again. */
  look: Look;
}

/** Tiles of one scale. */
interface Sheet {
  scale: number;
  tiles: Map<string, Tile>;
}

/**
 * A picture cut into painted tiles, so that panning copies pixels and paints only what comes into view. A new scale
 * begins a new sheet; the old one lies under it until it is covered.
 */
export class Tiles {
  readonly #scene: { picture: Picture; grid: Grid };
  #sheet: Sheet = { scale: 0, tiles: new Map() };
  #under: Sheet | null = null;

  constructor(scene: { picture: Picture; grid: Grid }) {
    this.#scene = scene;
  }

  /**
   * Copies what is in view onto a pen whose px are CSS px, and paints what is missing. While `isZooming` it only
   * stretches what is there. False when some of it must wait for the next frame.
   */
  draw(pen: CanvasRenderingContext2D, camera: Camera, view: Size, look: Look, isZooming: boolean): boolean {
    const hasScale = this.#sheet.scale === camera.scale;
    if (!hasScale && (!isZooming || this.#sheet.tiles.size === 0)) {
      this.#under = this.#sheet;
      this.#sheet = { scale: camera.scale, tiles: new Map() };
    }
    const isWhole = !isZooming || hasScale ? this.#paint(camera, view, look) : true;
    if (this.#under && !isWhole) this.#copy(pen, this.#under, camera, view);
    else if (hasScale) this.#under = null;
    this.#copy(pen, this.#sheet, camera, view);
    return isWhole;
  }

  /** Paints missing and outdated tiles, the middle of the view first; false when time ran out. */
  #paint(camera: Camera, view: Size, look: Look): boolean {
    const { scale, tiles } = this.#sheet;
    const places = tilesIn(camera, scale, view);
    const wanted = places.filter(({ key }) => tiles.get(key)?.look !== look);
    const started = performance.now();
    for (const [i, place] of wanted.entries()) {
      // One tile a frame at least, or a slow machine would never see anything.
      if (i > 0 && performance.now() - started > BUDGET) return false;
      tiles.set(place.key, { canvas: this.#paintTile(place, scale, look, tiles.get(place.key)), look });
    }
    const kept = Math.max(64, 3 * places.length);
    for (const key of tiles.keys()) {
      if (tiles.size <= kept) break;
      if (!places.some((place) => place.key === key)) tiles.delete(key);
    }
    return true;
  }

  #paintTile({ column, row }: Place, scale: number, look: Look, old: Tile | undefined): OffscreenCanvas {
    const pixels = Math.ceil(SIDE * devicePixelRatio);
    const canvas = old?.canvas ?? new OffscreenCanvas(pixels, pixels);
    const pen = canvas.getContext('2d', { alpha: false });
    if (!pen) return canvas;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = look.palette.sheet;
    pen.fillRect(0, 0, pixels, pixels);
    const side = SIDE / scale;
    const area = { x: column * side, y: row * side, width: side, height: side };
    paintArea(pen, this.#scene, look, area, pixels / side);
    return canvas;
  }

  #copy(pen: CanvasRenderingContext2D, { scale, tiles }: Sheet, camera: Camera, view: Size): void {
    if (scale === 0) return;
    const stretch = camera.scale / scale;
    const side = SIDE * stretch;
    for (const { column, row, key } of tilesIn(camera, scale, view)) {
      const tile = tiles.get(key);
      if (!tile) continue;
      // On whole device pixels: no seams, no blur.
      const left = snap(column * side - camera.x * camera.scale);
      const top = snap(row * side - camera.y * camera.scale);
      const right = snap((column + 1) * side - camera.x * camera.scale);
      const bottom = snap((row + 1) * side - camera.y * camera.scale);
      pen.drawImage(tile.canvas, left, top, right - left, bottom - top);
    }
  }
}

interface Place {
  column: number;
  row: number;
  key: string;
}

function tilesIn(camera: Camera, scale: number, view: Size): Place[] {
  const side = SIDE / scale;
  const [left, top] = [Math.floor(camera.x / side), Math.floor(camera.y / side)];
  const right = Math.floor((camera.x + view.width / camera.scale) / side);
  const bottom = Math.floor((camera.y + view.height / camera.scale) / side);
  const places: Place[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1)
      places.push({ column, row, key: `${column} ${row}` });
  }
  return places;
}

function snap(value: number): number {
  return Math.round(value * devicePixelRatio) / devicePixelRatio;
}
