import { expect, test } from 'vitest';
import { faultOfExample, parseExample, printExample } from './example';

const read = (text: string) => {
  const example = parseExample('x', text);
  return example && printExample(example);
};

test('inputs are read as people write them', () => {
  expect(parseExample('x', ' int64[batch, 7] ')).toEqual({ name: 'x', dtype: 'int64', dims: ['batch', 7] });
  expect(parseExample('x', '[1,3]')).toEqual({ name: 'x', dtype: 'float32', dims: [1, 3] });
  expect(parseExample('x', 'float32[]')).toEqual({ name: 'x', dtype: 'float32', dims: [] });
});

test('sizes without brackets and without a type are read too', () => {
  for (const loose of [
    '1x3x224x224',
    '1,3,224,224',
    '[1, 3, 224, 224]',
    '1 × 3 × 224 × 224',
    '(1, 3, 224, 224)',
  ]) {
    expect(read(loose)).toBe('float32[1,3,224,224]');
  }
  expect(read('batch,3,224,224')).toBe('float32[batch,3,224,224]');
  expect(read('batchx3x224x224')).toBe('float32[batch,3,224,224]');
  expect(read('1x3x8x24x24')).toBe('float32[1,3,8,24,24]');
  expect(read('int64 1x7')).toBe('int64[1,7]');
  expect(read('bool 2, 7')).toBe('bool[2,7]');
  expect(read('(4,)')).toBe('float32[4]');
});

test('what is no input says why', () => {
  expect(faultOfExample('float32[batch,3]')).toBeNull();
  expect(faultOfExample('hello')).toBe('“hello” alone is no list of sizes');
  expect(faultOfExample('224')).toBe('“224” alone is no list of sizes');
  expect(faultOfExample('float33[1]')).toBe('“float33” is no type of numbers; float32, int64 and bool are');
  expect(faultOfExample('[1,-2]')).toBe('“-2” is neither a whole number nor a name');
  expect(faultOfExample('1.5x3')).toBe('“1.5x3” is neither a whole number nor a name');
  expect(faultOfExample('[1,3')).toBe('its brackets do not open and close around one list of sizes');
  for (const wrong of ['float32', 'hello world', '1,2]', '[[1]]', ''])
    expect(parseExample('x', wrong)).toBeNull();
});
