import { expect, test } from 'vitest';
import { supportOf } from './support';

test('where an operator runs depends on the operator set', () => {
  expect(supportOf('Conv', 13)).toEqual({ wasm: { kind: 'runs' }, webgpu: { kind: 'runs' } });
  expect(supportOf('QuantizeLinear', 13)?.webgpu).toMatchObject({ kind: 'falls back' });
  expect(supportOf('Scatter', 9)?.wasm).toEqual({ kind: 'runs' });
  expect(supportOf('Scatter', 13)?.wasm).toMatchObject({ kind: 'cannot' });
});

test('other domains are known whatever the operator set', () => {
  expect(supportOf('com.microsoft::MatMulNBits', 11)?.webgpu).toEqual({ kind: 'runs' });
});

test('nothing is said of what nobody tried, or of operator sets before those that were', () => {
  expect(supportOf('Mystery', 13)).toBeNull();
  expect(supportOf('Scatter', 7)).toBeNull();
});
