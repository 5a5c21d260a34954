import { describe, expect, it } from 'vitest';
import type { Sample } from '../ink/stroke';
import { Ink } from './ink.svelte';

const at = (x: number, y = 0): Sample => ({ x, y, pressure: 0.5, time: 0 });

function stroke(ink: Ink, ...samples: Sample[]) {
  const [first, ...rest] = samples;
  if (first) ink.start(first);
  ink.extend(rest);
  ink.finish();
}

describe('The ink on the paper', () => {
  it('takes back a stroke, and after a clear the whole drawing', () => {
    const ink = new Ink();
    stroke(ink, at(0), at(100));
    stroke(ink, at(0, 50), at(100, 50));
    ink.undo();
    expect(ink.strokes).toHaveLength(1);
    stroke(ink, at(0, 50), at(100, 50));
    ink.clear();
    expect(ink.isEmpty).toBe(true);
    ink.undo();
    expect(ink.strokes).toHaveLength(2);
  });

  it('tells its listeners of every growth at once, and counts it', () => {
    const ink = new Ink();
    const seen: number[] = [];
    const stop = ink.onChange(() => seen.push(ink.strokes.flat().length));
    ink.start(at(0));
    ink.extend([at(1), at(2)]);
    ink.finish();
    stop();
    ink.clear();
    expect(seen).toEqual([1, 3, 3]);
    expect(ink.version).toBe(4);
  });

  it('loses a cancelled stroke and nothing else', () => {
    const ink = new Ink();
    stroke(ink, at(0), at(100));
    ink.start(at(5));
    ink.cancel();
    expect(ink.strokes).toHaveLength(1);
  });

  it('renders what the model sees once a version', () => {
    const ink = new Ink();
    stroke(ink, at(0), at(100, 300));
    expect(ink.pixels()).toBe(ink.pixels());
    const before = ink.pixels();
    stroke(ink, at(300), at(300, 300));
    expect(ink.pixels()).not.toBe(before);
  });
});
