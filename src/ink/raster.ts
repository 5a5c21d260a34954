/**
 * Strokes → the 28 × 28 grey levels a digit model reads, by the recipe MNIST was made with, on geometry.
 *
 * Size-normalised into 20 × 20 keeping the aspect, pen width normalised, anti-aliased by distance,
 * centred by mass in 28 × 28. `models/training/raster.py` draws the training digits by the same recipe.
 * @see http://yann.lecun.com/exdb/mnist/ (how the images were made)
 */
import { boundingBox, type Stroke } from './stroke';

/** Pixels along one side of the image a model sees. */
export const SIDE = 28;
/** Pixels along the box that the ink, pen width included, is fitted into. */
const BOX = 20;
/** Pen width in pixels: MNIST's digits have as much ink. The bundled models are trained with it. */
const PEN_WIDTH = 2.5;
/** Pixels over which the pen's edge fades from ink to paper. */
const SOFTNESS = 1.4;
/** Ink smaller than this many units is not blown up further: a dot stays a dot, its tremor no scribble. */
const SMALLEST = 20;

/** Renders strokes as `[28, 28]` float32 row by row, 0 for paper to 1 for ink; all zeros for no ink. */
export function rasterise(strokes: readonly Stroke[]): Float32Array<ArrayBuffer> {
  const box = boundingBox(strokes);
  if (!box) return new Float32Array(SIDE * SIDE);
  const scale = (BOX - PEN_WIDTH) / Math.max(box.right - box.left, box.bottom - box.top, SMALLEST);
  const place = (offsetX: number, offsetY: number) => ({
    scale,
    x: offsetX - scale * ((box.left + box.right) / 2),
    y: offsetY - scale * ((box.top + box.bottom) / 2),
  });
  const centre = SIDE / 2;
  const mass = centreOfMass(render(strokes, place(centre, centre)));
  return render(strokes, place(2 * centre - mass.x, 2 * centre - mass.y));
}

interface Placement {
  scale: number;
  x: number;
  y: number;
}

function render(strokes: readonly Stroke[], place: Placement): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(SIDE * SIDE);
  for (const stroke of strokes) {
    let from = stroke[0];
    for (const sample of stroke) {
      if (!from || (sample === from && stroke.length > 1)) continue;
      renderSegment(
        pixels,
        from.x * place.scale + place.x,
        from.y * place.scale + place.y,
        sample.x * place.scale + place.x,
        sample.y * place.scale + place.y,
      );
      from = sample;
    }
  }
  return pixels;
}

function renderSegment(pixels: Float32Array, ax: number, ay: number, bx: number, by: number): void {
  const reach = PEN_WIDTH / 2 + SOFTNESS / 2;
  const firstColumn = Math.max(0, Math.floor(Math.min(ax, bx) - reach - 0.5));
  const lastColumn = Math.min(SIDE - 1, Math.ceil(Math.max(ax, bx) + reach - 0.5));
  const firstRow = Math.max(0, Math.floor(Math.min(ay, by) - reach - 0.5));
  const lastRow = Math.min(SIDE - 1, Math.ceil(Math.max(ay, by) + reach - 0.5));
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const awayX = px - along * dx;
      const awayY = py - along * dy;
      const distanceSquared = awayX * awayX + awayY * awayY;
      if (distanceSquared >= reach * reach) continue;
      const value = 0.5 + (PEN_WIDTH / 2 - Math.sqrt(distanceSquared)) / SOFTNESS;
      const index = row * SIDE + column;
      if (value > (pixels[index] ?? 1)) pixels[index] = value > 1 ? 1 : value;
    }
  }
}

function centreOfMass(pixels: Float32Array): { x: number; y: number } {
  let mass = 0;
  let x = 0;
  let y = 0;
  pixels.forEach((value, i) => {
    mass += value;
    x += value * ((i % SIDE) + 0.5);
    y += value * (Math.floor(i / SIDE) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}
