/** Calls `paint` in the next frame, once however often it is asked; the returned function forgets it. */
export function onceAFrame(paint: () => void): { ask: () => void; forget: () => void } {
  let frame = 0;
  return {
    ask: () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        paint();
      });
    },
    forget: () => cancelAnimationFrame(frame),
  };
}
