import { encodeDrawing } from '../../ink/share';
import type { Ink } from '../../state/ink.svelte';
import type { Route } from '../../state/route.svelte';

/** Browsers allow some 100 changes of the address in 30 s; a short pause after each change keeps below. */
const AFTER_MS = 150;

/** Keeps the drawing in the address while the Draw screen is shown; returns how to stop. */
export function shareInk(ink: Ink, route: Route): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = ink.onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!ink.isDrawing) route.keep('ink', ink.isEmpty ? null : encodeDrawing(ink.strokes));
    }, AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
