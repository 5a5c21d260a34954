/** Turns pointer events on an element into strokes in paper units; the only DOM in this folder. */
import { PAPER, type Sample } from './stroke';

/** What a pad tells its owner; every sample the device reported arrives once, in order. */
export interface PadListener {
  start(sample: Sample): void;
  move(samples: Sample[]): void;
  end(): void;
  /** The stroke in progress was not meant: a palm, or the system took the pointer away. */
  cancel(): void;
}

/** Contacts wider than this many CSS pixels are palms, not fingertips. */
const PALM_PX = 70;
/** After a pen was seen, touches are taken for the hand that holds it for this long. */
const PEN_OWNS_MS = 30_000;

/**
 * Listens on `element` until the returned function is called.
 *
 * One pointer draws at a time: a second finger, a palm, and any touch while a pen is in use are ignored. Where the
 * browser has `pointerrawupdate` samples come as the device sends them instead of once a frame, so that an answer
 * can be ready within the frame that shows the ink.
 */
export function attachPad(element: HTMLElement, listener: PadListener): () => void {
  let drawing: Drawing | null = null;
  let penSeenAt = -Infinity;

  const isRejected = (event: PointerEvent): boolean => {
    if (event.pointerType !== 'touch') return event.pointerType === 'mouse' && event.button !== 0;
    return Math.max(event.width, event.height) > PALM_PX || event.timeStamp - penSeenAt < PEN_OWNS_MS;
  };

  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'pen') {
      penSeenAt = event.timeStamp;
      // The palm often lands before the pen: what it began is not a stroke.
      if (drawing && drawing.id !== event.pointerId) stop(() => listener.cancel());
    }
    if (drawing || isRejected(event)) return;
    try {
      element.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is already up again: the stroke will end with the next event.
    }
    drawing = {
      ...{ id: event.pointerId, began: event.timeStamp, newest: [event], raw: new AbortController() },
      rect: element.getBoundingClientRect(),
    };
    const { signal } = drawing.raw;
    element.addEventListener('pointerrawupdate', (raw) => move(raw as PointerEvent), { signal });
    listener.start(toSample(event, drawing));
  };

  const move = (event: PointerEvent): void => {
    if (drawing?.id !== event.pointerId) return;
    const coalesced = event.getCoalescedEvents();
    add(drawing, coalesced.length > 0 ? coalesced : [event]);
  };

  /** Raw updates and `pointermove` bring the same samples, sometimes the one first, sometimes the other. */
  const add = (stroke: Drawing, events: readonly PointerEvent[]): void => {
    const fresh = events.filter((each) => isNew(each, stroke.newest));
    const last = fresh.at(-1);
    if (!last) return;
    stroke.newest = [...stroke.newest, ...fresh].filter(({ timeStamp }) => timeStamp === last.timeStamp);
    listener.move(fresh.map((each) => toSample(each, stroke)));
  };

  const up = (event: PointerEvent): void => {
    if (drawing?.id !== event.pointerId) return;
    const last = drawing.newest.at(-1);
    if (event.clientX !== last?.clientX || event.clientY !== last.clientY) add(drawing, [event]);
    stop(() => listener.end());
  };

  const cancel = (event: PointerEvent): void => {
    if (drawing?.id === event.pointerId) stop(() => listener.cancel());
  };

  const stop = (tell: () => void): void => {
    drawing?.raw.abort();
    drawing = null;
    tell();
  };

  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', cancel, { signal });
  for (const type of ['contextmenu', 'selectstart', 'dragstart', 'touchstart']) {
    element.addEventListener(type, (event) => event.preventDefault(), { signal, passive: false });
  }
  return () => {
    drawing?.raw.abort();
    controller.abort();
  };
}

/** The stroke in progress; the paper does not move while one draws on it. */
interface Drawing {
  id: number;
  began: number;
  /** What was taken last, and all before it of the same millisecond. */
  newest: readonly PointerEvent[];
  /** Ends the listening to `pointerrawupdate`. */
  raw: AbortController;
  rect: DOMRect;
}

/** Whether an event is later than those, or another of their millisecond. */
function isNew({ timeStamp, clientX, clientY }: PointerEvent, newest: readonly PointerEvent[]): boolean {
  const since = newest[0]?.timeStamp ?? -Infinity;
  if (timeStamp !== since) return timeStamp > since;
  return !newest.some((known) => known.clientX === clientX && known.clientY === clientY);
}

function toSample(event: PointerEvent, { began, rect }: Drawing): Sample {
  const unit = PAPER / Math.min(rect.width, rect.height);
  return {
    x: (event.clientX - rect.left - rect.width / 2) * unit,
    y: (event.clientY - rect.top - rect.height / 2) * unit,
    pressure: event.pressure || 0.5,
    time: event.timeStamp - began,
  };
}
