import { expect, test } from 'vitest';
import { toNumbers } from './numbers';

const bytes = (...codes: number[]) => Uint8Array.from(codes);

test('reads the small floats of the ONNX specification', () => {
  expect(toNumbers('float8e4m3fn', bytes(0x38, 0x7e, 0x01, 0x7f, 0xb8), 5)).toEqual(
    Float32Array.of(1, 448, 2 ** -9, NaN, -1),
  );
  expect(toNumbers('float8e4m3fnuz', bytes(0x40, 0x7f, 0x80), 3)).toEqual(Float32Array.of(1, 240, NaN));
  expect(toNumbers('float8e5m2', bytes(0x3c, 0x7b, 0x7c, 0xfc, 0x7e), 5)).toEqual(
    Float32Array.of(1, 57344, Infinity, -Infinity, NaN),
  );
  expect(toNumbers('float8e5m2fnuz', bytes(0x40, 0x7f, 0x80), 3)).toEqual(Float32Array.of(1, 57344, NaN));
  expect(toNumbers('float8e8m0', bytes(127, 128, 255), 3)).toEqual(Float32Array.of(1, 2, NaN));
});

test('unpacks elements narrower than a byte, the lowest bits first', () => {
  expect(toNumbers('int4', bytes(0xf7, 0x08), 3)).toEqual(Float32Array.of(7, -1, -8));
  expect(toNumbers('uint4', bytes(0xf7), 2)).toEqual(Float32Array.of(7, 15));
  expect(toNumbers('int2', bytes(0b11_10_01_00), 4)).toEqual(Float32Array.of(0, 1, -2, -1));
  expect(toNumbers('float4e2m1', bytes(0x72, 0x01), 3)).toEqual(Float32Array.of(1, 6, 0.5));
});

test('rounds 64-bit integers, and refuses what are no numbers', () => {
  expect(toNumbers('int64', BigInt64Array.of(-5n, 2n ** 53n), 2)).toEqual(Float64Array.of(-5, 2 ** 53));
  expect(toNumbers('complex64', Float32Array.of(1, 2), 1)).toBeNull();
});
