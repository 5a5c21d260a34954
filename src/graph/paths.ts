import type { Picture } from './picture';

/** Everything that a box depends on and everything that depends on it, as 0 or 1. */
export interface Paths {
  boxes: Uint8Array;
  links: Uint8Array;
}

/** The ways from a box up to the inputs and down to the outputs; the box itself is on them. */
export function findPaths({ boxes, links }: Picture, box: number): Paths {
  const paths: Paths = { boxes: new Uint8Array(boxes.length), links: new Uint8Array(links.from.length) };
  const { incoming, outgoing } = linksOf(links, boxes.length);
  for (const [next, other] of [
    [incoming, links.from],
    [outgoing, links.to],
  ] as const) {
    const seen = new Uint8Array(boxes.length);
    const stack = [box];
    seen[box] = 1;
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      paths.boxes[current] = 1;
      for (const link of next[current] ?? []) {
        paths.links[link] = 1;
        const end = other[link] ?? 0;
        if (seen[end]) continue;
        seen[end] = 1;
        stack.push(end);
      }
    }
  }
  return paths;
}

/** The links that end at and begin at each box. */
function linksOf(
  { from, to }: Picture['links'],
  boxes: number,
): { incoming: readonly number[][]; outgoing: readonly number[][] } {
  const incoming: number[][] = Array.from({ length: boxes }, () => []);
  const outgoing: number[][] = Array.from({ length: boxes }, () => []);
  from.forEach((box, link) => outgoing[box]?.push(link));
  to.forEach((box, link) => incoming[box]?.push(link));
  return { incoming, outgoing };
}
