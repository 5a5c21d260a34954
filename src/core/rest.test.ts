import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rest } from './rest';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('is over once nothing was heard for its time, and only then', () => {
  const then = vi.fn();
  const rest = new Rest(250, then);
  for (let at = 0; at < 100; at += 1) {
    rest.heard();
    vi.advanceTimersByTime(8);
  }
  vi.advanceTimersByTime(241);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(then).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(then).toHaveBeenCalledTimes(1);
  rest.heard();
  vi.advanceTimersByTime(250);
  expect(then).toHaveBeenCalledTimes(2);
});

test('sets one timer for many things that are heard', () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const rest = new Rest(250, () => undefined);
  for (let at = 0; at < 30; at += 1) {
    rest.heard();
    vi.advanceTimersByTime(8);
  }
  expect(set).toHaveBeenCalledTimes(1);
  set.mockRestore();
});

test('what is forgotten is not called', () => {
  const then = vi.fn();
  const rest = new Rest(250, then);
  rest.heard();
  rest.forget();
  vi.advanceTimersByTime(1000);
  expect(then).not.toHaveBeenCalled();
});
