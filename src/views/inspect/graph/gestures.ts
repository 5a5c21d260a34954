/** What fingers, mouse and wheel ask for; places are in CSS px from the element's corner. */
export interface Gestures {
  /** False when there is nothing more to see that way; the page may then scroll. */
  pan(dx: number, dy: number): boolean;
  zoom(factor: number, x: number, y: number): void;
  press(x: number, y: number): void;
  activate(x: number, y: number): void;
}

/** Movement below this many px is a press, not a drag. */
const STILL = 5;
const LINE = 18;

/** Listens to an element for drags, pinches, wheels and presses. */
export function listen(element: HTMLElement, gestures: Gestures): () => void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let start = { x: 0, y: 0 };
  const leave = new AbortController();
  const on = { signal: leave.signal };

  function place(event: MouseEvent): { x: number; y: number } {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, place(event));
      if (fingers.size === 1) [moved, start] = [0, place(event)];
    },
    on,
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const [was, is] = [distance(before, other), distance(now, other)];
        if (was > 0) gestures.zoom(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
        gestures.pan((before.x - now.x) / 2, (before.y - now.y) / 2);
        moved = Infinity;
      } else {
        moved = Math.max(moved, distance(now, start));
        if (moved > STILL) gestures.pan(before.x - now.x, before.y - now.y);
      }
      fingers.set(event.pointerId, now);
    },
    on,
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      if (!fingers.delete(event.pointerId) || moved > STILL) return;
      const { x, y } = place(event);
      gestures.press(x, y);
    },
    on,
  );
  element.addEventListener('pointercancel', (event) => fingers.delete(event.pointerId), on);
  element.addEventListener(
    'dblclick',
    (event) => {
      const { x, y } = place(event);
      gestures.activate(x, y);
    },
    on,
  );
  element.addEventListener(
    'wheel',
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        const { x, y } = place(event);
        gestures.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * unit)) / 160), x, y);
        event.preventDefault();
        return;
      }
      const [dx, dy] =
        event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      if (gestures.pan(dx * unit, dy * unit)) event.preventDefault();
    },
    { ...on, passive: false },
  );
  // Safari zooms the page by a pinch on the trackpad.
  element.addEventListener('gesturestart', (event) => event.preventDefault(), { ...on, passive: false });
  return () => leave.abort();
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
