import type { Box, Picture } from './picture';

export type Way = 'up' | 'down' | 'left' | 'right';

/**
 * The box one arrow key away: up to a producer, down to a consumer, left and right to what stands beside; -1 where
 * there is none.
 */
export function stepFrom({ boxes, links }: Picture, box: number, way: Way): number {
  const here = boxes[box];
  if (!here) return boxes.length > 0 ? 0 : -1;
  const candidates: number[] = [];
  if (way === 'up') links.to.forEach((to, link) => to === box && candidates.push(links.from[link] ?? -1));
  else if (way === 'down')
    links.from.forEach((from, link) => from === box && candidates.push(links.to[link] ?? -1));
  else boxes.forEach((other, i) => isBeside(here, other, way) && candidates.push(i));
  let nearest = -1;
  let least = Infinity;
  for (const candidate of candidates) {
    const other = boxes[candidate];
    const far = other ? distance(here, other, way) : Infinity;
    if (far < least) [nearest, least] = [candidate, far];
  }
  return nearest;
}

function isBeside(here: Box, other: Box, way: Way): boolean {
  if (other.y + other.height <= here.y || other.y >= here.y + here.height) return false;
  return way === 'left' ? other.x + other.width <= here.x : other.x >= here.x + here.width;
}

/** Along an edge the straightest way is the nearest; beside, the closest box. */
function distance(here: Box, other: Box, way: Way): number {
  const aside = Math.abs(here.x + here.width / 2 - other.x - other.width / 2);
  const away = Math.abs(here.y + here.height / 2 - other.y - other.height / 2);
  return way === 'up' || way === 'down' ? away + 0.5 * aside : aside + away;
}
