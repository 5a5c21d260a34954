import type { Area } from '../../../graph/grid';

/** What of a picture is seen: the point of it at the view's corner, and CSS px a px. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const SCALES = { least: 0.02, most: 3, readable: 0.8 };
/** Left free around what is brought into view; below it stands the sentence about it. */
const MARGIN = { around: 48, below: 130 };

/** Everything in view, no larger than life. */
export function fit(picture: Size, view: Size): Camera {
  const scale = clampScale(Math.min(1, view.width / picture.width, view.height / picture.height));
  return {
    scale,
    x: (picture.width - view.width / scale) / 2,
    y: (picture.height - view.height / scale) / 2,
  };
}

/** Where one begins to read: everything when that is legible, else the top, as wide as fits and legible. */
export function begin(picture: Size & { boxes: readonly Area[] }, view: Size): Camera {
  const whole = fit(picture, view);
  if (whole.scale >= SCALES.readable) return whole;
  const scale = Math.max(SCALES.readable, Math.min(1, view.width / picture.width));
  const [first] = picture.boxes;
  const middle = first ? first.x + first.width / 2 : picture.width / 2;
  return keepNear({ scale, x: middle - view.width / scale / 2, y: 0 }, picture, view);
}

/** The same view, zoomed about a point of the screen. */
export function zoomAt({ x, y, scale }: Camera, factor: number, atX: number, atY: number): Camera {
  const next = clampScale(scale * factor);
  return { scale: next, x: x + atX / scale - atX / next, y: y + atY / scale - atY / next };
}

/** The same point of the picture in the middle of a view of another size. */
export function recentre({ x, y, scale }: Camera, before: Size, view: Size): Camera {
  return {
    scale,
    x: x + (before.width - view.width) / scale / 2,
    y: y + (before.height - view.height) / scale / 2,
  };
}

/** Moved no further than needed to show an area; unmoved when it is seen. */
export function bring(camera: Camera, area: Area, view: Size): Camera {
  const scale = Math.max(camera.scale, SCALES.readable);
  const from =
    scale === camera.scale ? camera : zoomAt(camera, scale / camera.scale, view.width / 2, view.height / 2);
  const margin = Math.min(MARGIN.around, view.width / 6, view.height / 6) / scale;
  const below = Math.min(MARGIN.below, view.height / 3) / scale;
  return {
    scale,
    x: slide(from.x, view.width / scale, area.x - margin, area.x + area.width + margin),
    y: slide(from.y, view.height / scale, area.y - margin, area.y + area.height + below),
  };
}

/** No further from the picture than half a view: it cannot get lost. */
export function keepNear(camera: Camera, picture: Size, view: Size): Camera {
  const { scale } = camera;
  return {
    scale,
    x: within(camera.x, picture.width, view.width / scale),
    y: within(camera.y, picture.height, view.height / scale),
  };
}

function within(start: number, length: number, seen: number): number {
  if (length <= seen) return (length - seen) / 2;
  return Math.min(length - 0.75 * seen, Math.max(-0.25 * seen, start));
}

function slide(start: number, seen: number, from: number, to: number): number {
  if (to - from > seen) return (from + to - seen) / 2;
  return Math.min(from, Math.max(start, to - seen));
}

function clampScale(scale: number): number {
  return Math.min(SCALES.most, Math.max(SCALES.least, scale));
}
