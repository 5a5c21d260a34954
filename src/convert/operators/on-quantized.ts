import { dequantized, requantized } from '../parts/quantize';
import type { Tape } from '../tape/tape';
import { Tensor, type Quantized } from '../tape/tensor';
import type { Result } from './aten';

/** The length of a step, and the unsigned byte that zero is. */
interface Steps {
  scale: number;
  zeroPoint: number;
}

type Read = (tape: Tape, args: Record<string, unknown>) => Result;

/** Operators that only move elements, which steps are as well. */
const moving = new Set(
  [
    ...['view', 'reshape', 'flatten', 'squeeze', 'unsqueeze', 'transpose', 'permute', 'contiguous', 'clone'],
    ...['select', 'slice', 'expand', 'chunk', 'split', 'detach', 'dropout', 't'],
  ].map((name) => `aten::${name}`),
);

/** Operators whose result has the steps of their first argument. */
const keeping = new Set(
  [
    ...[
      'relu',
      'relu6',
      'leaky_relu',
      'hardtanh',
      'clamp',
      'max_pool1d',
      'max_pool2d',
      'adaptive_avg_pool2d',
    ],
    ...['avg_pool2d', 'mean', 'upsample_nearest2d', 'upsample_bilinear2d', 'cat', 'stack'],
  ].map((name) => `aten::${name}`),
);

/** Operators whose result has steps of its own, whatever those of its argument. */
const bounded = new Map<string, Steps>([
  ['aten::sigmoid', { scale: 1 / 256, zeroPoint: 0 }],
  ['aten::hardsigmoid', { scale: 1 / 256, zeroPoint: 0 }],
  ['aten::tanh', { scale: 2 / 256, zeroPoint: 128 }],
]);

/** Operators that read the steps themselves. */
const aware = new Set([
  'aten::dequantize',
  'aten::int_repr',
  'aten::q_scale',
  'aten::q_zero_point',
  'aten::size',
]);

/** Whether an argument holds steps of a scale. */
export function isQuantized(args: Readonly<Record<string, unknown>>): boolean {
  return tensorsIn(args).some(({ quantized }) => quantized !== null);
}

/** An operator on the numbers that quantized arguments stand for; its result is quantized again where torch does so. */
export function onQuantized(name: string, read: Read): Read {
  if (aware.has(name)) return read;
  return (tape, args) => {
    const quantized = tensorsIn(args).find((tensor) => tensor.quantized)?.quantized ?? null;
    const dtype = tensorsIn(args).find((tensor) => tensor.quantized)?.dtype ?? 'uint8';
    if (moving.has(name) && quantized?.axis === null) return marked(read(tape, args), quantized);
    const widen = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(widen);
      return value instanceof Tensor && value.quantized ? dequantized(tape, value) : value;
    };
    const result = read(
      tape,
      Object.fromEntries(Object.entries(args).map(([key, value]) => [key, widen(value)])),
    );
    const steps = bounded.get(name);
    if (quantized !== null && steps) return again(tape, result, quantizedBy(steps, dtype), dtype);
    if (!keeping.has(name) || quantized === null) return result;
    return again(tape, result, quantized, dtype);
  };
}

/** Zero lies 128 steps lower where bytes have signs. */
function quantizedBy({ scale, zeroPoint }: Steps, dtype: Tensor['dtype']): Quantized {
  return { scales: [scale], zeroPoints: [dtype === 'int8' ? zeroPoint - 128 : zeroPoint], axis: null };
}

function again(tape: Tape, result: Result, quantized: Quantized, dtype: Tensor['dtype']): Result {
  if (result instanceof Tensor) return requantized(tape, result, quantized, dtype);
  if (!Array.isArray(result)) return result;
  return result.map((one: unknown) =>
    one instanceof Tensor ? requantized(tape, one, quantized, dtype) : null,
  );
}

function marked(result: Result, quantized: Quantized): Result {
  for (const one of [result].flat()) if (one instanceof Tensor) one.quantized = quantized;
  return result;
}

function tensorsIn(args: Readonly<Record<string, unknown>>): Tensor[] {
  return Object.values(args)
    .flat()
    .filter((value) => value instanceof Tensor);
}
