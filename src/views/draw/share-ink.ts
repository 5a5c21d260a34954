import { encodeDrawing } from '../../ink/share';
import type { Ink } from '../../state/ink.svelte';
import type { Route } from '../../state/route.svelte';

/** Browsers allow some 100 changes of the address in 30 s: at most one in this time. */
const BETWEEN_MS = 350;

/** Keeps the drawing in the address while the Draw screen is shown; returns how to stop. */
export function shareInk(ink: Ink, route: Route): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keptAt = -Infinity;
  const keep = () => {
    keptAt = performance.now();
    route.keep('ink', ink.isEmpty ? null : encodeDrawing(ink.strokes));
  };
  const stop = ink.onChange(() => {
    clearTimeout(timer);
    if (!ink.isDrawing) timer = setTimeout(keep, Math.max(0, keptAt + BETWEEN_MS - performance.now()));
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
