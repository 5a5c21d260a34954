import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { attachPad } from './pad';
import type { Sample } from './stroke';

/** An element of 200 x 100 pixels at (10, 20) that knows only what a pad needs. */
class Element extends EventTarget {
  getBoundingClientRect() {
    return { left: 10, top: 20, width: 200, height: 100 };
  }
  setPointerCapture() {
    // Nothing to capture here.
  }
}

interface Pointer {
  x?: number;
  y?: number;
  time?: number;
  id?: number;
  type?: string;
  size?: number;
  coalesced?: [number, number, number][];
}

function pointer(
  name: string,
  { x = 110, y = 70, time = 0, id = 1, type = 'mouse', size = 1, coalesced = [] }: Pointer,
) {
  const event = new Event(name, { cancelable: true });
  const own = (each: [number, number, number]) => ({
    clientX: each[0],
    clientY: each[1],
    timeStamp: each[2],
    pressure: 0,
  });
  return Object.defineProperties(event, {
    ...Object.fromEntries(
      Object.entries({
        ...{
          clientX: x,
          clientY: y,
          timeStamp: time,
          pointerId: id,
          pointerType: type,
          width: size,
          height: size,
        },
        ...{ button: 0, pressure: 0, getCoalescedEvents: () => coalesced.map(own) },
      }).map(([key, value]) => [key, { value }]),
    ),
  });
}

function setUp() {
  const element = new Element();
  const strokes: Sample[][] = [];
  const log: string[] = [];
  const detach = attachPad(element as unknown as HTMLElement, {
    start: (sample) => {
      strokes.push([sample]);
      log.push('start');
    },
    move: (samples) => strokes.at(-1)?.push(...samples),
    end: () => log.push('end'),
    cancel: () => log.push('cancel'),
  });
  const send = (name: string, how: Pointer = {}) => element.dispatchEvent(pointer(name, how));
  return { element, send, strokes, log, detach };
}

describe('A pad', () => {
  it('gives paper units from the middle, the shorter side being 1000', () => {
    const { send, strokes } = setUp();
    send('pointerdown', { x: 110, y: 70 });
    send('pointermove', { x: 160, y: 20, time: 5 });
    expect(strokes[0]?.map(({ x, y, time }) => [x, y, time])).toEqual([
      [0, 0, 0],
      [500, -500, 5],
    ]);
  });

  it('keeps every coalesced sample', () => {
    const { send, strokes } = setUp();
    send('pointerdown');
    send('pointermove', {
      coalesced: [
        [111, 70, 1],
        [112, 70, 2],
        [113, 70, 3],
      ],
      time: 3,
    });
    send('pointermove', {
      coalesced: [
        [114, 70, 4],
        [115, 70, 5],
      ],
      time: 5,
    });
    expect(strokes[0]?.map(({ time }) => time)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('takes raw updates once, although moves repeat them, and moves that no raw update brought', () => {
    const { send, strokes } = setUp();
    send('pointerdown');
    send('pointerrawupdate', { coalesced: [[111, 70, 1]], time: 1 });
    send('pointerrawupdate', { coalesced: [[112, 70, 2]], time: 2 });
    send('pointermove', {
      coalesced: [
        [111, 70, 1],
        [112, 70, 2],
        [113, 70, 3],
      ],
      time: 3,
    });
    send('pointerup', { x: 113, y: 70, time: 4 });
    expect(strokes[0]?.map(({ time }) => time)).toEqual([0, 1, 2, 3]);
  });

  it('takes every sample of a device that sends several in one millisecond', () => {
    const { send, strokes } = setUp();
    send('pointerdown');
    send('pointerrawupdate', { coalesced: [[111, 70, 1]], time: 1 });
    send('pointerrawupdate', { coalesced: [[112, 70, 1]], time: 1 });
    send('pointermove', {
      coalesced: [
        [111, 70, 1],
        [112, 70, 1],
        [113, 70, 1],
        [114, 70, 2],
      ],
      time: 2,
    });
    expect(strokes[0]?.map(({ x }) => x)).toEqual([0, 10, 20, 30, 40]);
  });

  it('takes a sample once that a move brings before its raw update', () => {
    const { send, strokes } = setUp();
    send('pointerdown');
    send('pointermove', {
      coalesced: [
        [111, 70, 1],
        [112, 70, 2],
      ],
      time: 2,
    });
    send('pointerrawupdate', { coalesced: [[112, 70, 2]], time: 2 });
    expect(strokes[0]?.map(({ time }) => time)).toEqual([0, 1, 2]);
  });

  it('listens to raw updates only while a stroke is drawn', () => {
    const { element, send } = setUp();
    const heard = () => getEventListeners(element, 'pointerrawupdate').length;
    expect(heard()).toBe(0);
    send('pointerdown');
    expect(heard()).toBe(1);
    send('pointerup');
    expect(heard()).toBe(0);
  });

  it('ends where the pointer was lifted', () => {
    const { send, strokes, log } = setUp();
    send('pointerdown');
    send('pointerup', { x: 150, y: 70, time: 9 });
    expect(strokes[0]?.at(-1)?.x).toBe(400);
    expect(log).toEqual(['start', 'end']);
  });

  it('ignores a second finger and a palm', () => {
    const { send, strokes, log } = setUp();
    send('pointerdown', { type: 'touch', size: 90 });
    expect(strokes).toHaveLength(0);
    send('pointerdown', { type: 'touch', id: 1, size: 20 });
    send('pointerdown', { type: 'touch', id: 2, size: 20 });
    send('pointermove', { type: 'touch', id: 2, x: 0, y: 0 });
    send('pointerup', { type: 'touch', id: 1 });
    expect(strokes).toHaveLength(1);
    expect(strokes[0]).toHaveLength(1);
    expect(log).toEqual(['start', 'end']);
  });

  it('drops what a palm began when the pen comes down, and ignores touches after it', () => {
    const { send, strokes, log } = setUp();
    send('pointerdown', { type: 'touch', id: 1, size: 30 });
    send('pointerdown', { type: 'pen', id: 2, time: 40 });
    send('pointerup', { type: 'pen', id: 2, time: 60 });
    send('pointerdown', { type: 'touch', id: 3, size: 20, time: 900 });
    expect(log).toEqual(['start', 'cancel', 'start', 'end']);
    expect(strokes).toHaveLength(2);
  });

  it('listens no more once detached', () => {
    const { send, strokes, detach } = setUp();
    detach();
    send('pointerdown');
    expect(strokes).toHaveLength(0);
  });
});
