import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline } from './deadline';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('comes once, when it was last put off to', () => {
  const then = vi.fn();
  const rest = new Deadline(then);
  for (let at = 0; at < 100; at += 1) {
    rest.set(250);
    vi.advanceTimersByTime(8);
  }
  vi.advanceTimersByTime(241);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(then).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(then).toHaveBeenCalledTimes(1);
  rest.set(250);
  vi.advanceTimersByTime(250);
  expect(then).toHaveBeenCalledTimes(2);
});

test('comes sooner where it is set sooner', () => {
  const then = vi.fn();
  const patience = new Deadline(then);
  patience.set(120_000);
  patience.set(30_000);
  vi.advanceTimersByTime(29_999);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(then).toHaveBeenCalledTimes(1);
});

test('sets one timer for many times it is put off', () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const rest = new Deadline(() => undefined);
  for (let at = 0; at < 30; at += 1) {
    rest.set(250);
    vi.advanceTimersByTime(4);
    rest.callOff();
    vi.advanceTimersByTime(4);
  }
  expect(set).toHaveBeenCalledTimes(1);
  set.mockRestore();
});

test('what is called off does not come', () => {
  const then = vi.fn();
  const rest = new Deadline(then);
  rest.set(250);
  rest.callOff();
  vi.advanceTimersByTime(1000);
  expect(then).not.toHaveBeenCalled();
});
