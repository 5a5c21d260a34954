/**
 * Ink as vector strokes: the one source of truth for painting, prediction, undo, replay and sharing.
 *
 * Coordinates are paper units: the origin is the middle of the paper, its shorter side is 1000 units long,
 * y grows downwards. So a drawing keeps its place when the paper changes size or proportion.
 */
export interface Sample {
  readonly x: number;
  readonly y: number;
  /** 0..1; 0.5 where the device has none. */
  readonly pressure: number;
  /** Milliseconds since the stroke began. */
  readonly time: number;
}

export type Stroke = readonly Sample[];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Units of the paper's shorter side. */
export const PAPER = 1000;

/** Ink whose larger side is under this many units says nothing yet: a touch, a dot, a slip. */
const NEAR_BLANK = 50;

/** The smallest box around all samples, or null for no ink. */
export function boundingBox(strokes: readonly Stroke[]): Box | null {
  let box: Box | null = null;
  for (const stroke of strokes) {
    for (const { x, y } of stroke) {
      box ??= { left: x, top: y, right: x, bottom: y };
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      if (y > box.bottom) box.bottom = y;
    }
  }
  return box;
}

/** Whether there is too little ink for anybody to read: nothing, or a mere touch. */
export function isNearBlank(strokes: readonly Stroke[]): boolean {
  const box = boundingBox(strokes);
  return box === null || Math.max(box.right - box.left, box.bottom - box.top) < NEAR_BLANK;
}

/** Strokes from plain point lists, scaled and centred so that their larger side takes `size` paper units. */
export function strokesFromPoints(
  lists: readonly (readonly (readonly [number, number])[])[],
  size = 0.68 * PAPER,
): Stroke[] {
  const raw = lists.map((points) => points.map(([x, y], i) => ({ x, y, pressure: 0.5, time: i * 12 })));
  const box = boundingBox(raw);
  if (!box) return [];
  const scale = size / Math.max(box.right - box.left, box.bottom - box.top, 1e-6);
  const middleX = (box.left + box.right) / 2;
  const middleY = (box.top + box.bottom) / 2;
  return raw.map((stroke) =>
    stroke.map((s) => ({ ...s, x: (s.x - middleX) * scale, y: (s.y - middleY) * scale })),
  );
}
