import { expect, test } from 'vitest';
import { callAten, Gap, Tape } from '../src/convert';
import { FixedSize } from '../src/convert/tape/meeting';
import { parseExample } from '../src/core/example';

/** A 3-d convolution from 3 channels to 8, of an input as somebody writes it. */
function convolve(sizes: string): () => unknown {
  const tape = new Tape({ opset: 17 });
  const weight = tape.input('weight', 'float32', [8, 3, 3, 3, 3]);
  const x = tape.input('x', 'float32', parseExample('x', sizes)?.dims ?? []);
  const ones = [1n, 1n, 1n];
  return () => tape.scope('model', () => callAten(tape, 'aten::conv3d', [x, weight, null, ones, ones]));
}

test('a convolution says how many dimensions it takes, where its input has others', () => {
  expect(convolve('batch,3,224,224')).toThrow(
    'the convolution takes 5 dimensions: a batch, 3 channels and three sizes; its input has 4: batch × 3 × 224 × 224',
  );
  expect(convolve('1,3')).toThrow(Gap);
  expect(convolve('1,3')).toThrow('its input has 2: 1 × 3');
});

test('one sample without a batch is taken', () => {
  expect(convolve('3,8,24,24')).not.toThrow();
});

test('a size left free where the channels are may be tried again as their number', () => {
  expect(convolve('n,3,24,24')).toThrow(FixedSize);
});

test('a convolution says how many channels it takes, where its input has others', () => {
  expect(convolve('2,8,3,24,24')).toThrow('takes 3 channels; its input has 8: 2 × 8 × 3 × 24 × 24');
});
