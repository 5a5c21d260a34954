import type { Result } from './aten';
import { dequantized, requantized } from './quantize';
import type { Tape } from './tape';
import { Tensor, type Quantized } from './tensor';

type Read = (tape: Tape, args: Record<string, unknown>) => Result;

/** Operators whose result has the steps of their first argument: they move elements or choose among them. */
const keeping = new Set(
  [
    ...['view', 'reshape', 'flatten', 'squeeze', 'unsqueeze', 'transpose', 'permute', 'contiguous', 'clone'],
    ...[
      'select',
      'slice',
      'expand',
      'chunk',
      'split',
      'relu',
      'max_pool1d',
      'max_pool2d',
      'adaptive_avg_pool2d',
    ],
    ...[
      'avg_pool2d',
      'mean',
      'upsample_nearest2d',
      'upsample_bilinear2d',
      'hardtanh',
      'clamp',
      'detach',
      'dropout',
    ],
    ...['cat', 'stack', 'leaky_relu', 'relu6'],
  ].map((name) => `aten::${name}`),
);

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
    const widen = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(widen);
      return value instanceof Tensor && value.quantized ? dequantized(tape, value) : value;
    };
    const result = read(
      tape,
      Object.fromEntries(Object.entries(args).map(([key, value]) => [key, widen(value)])),
    );
    if (!keeping.has(name) || quantized === null) return result;
    return again(tape, result, quantized, dtype);
  };
}

function again(tape: Tape, result: Result, quantized: Quantized, dtype: Tensor['dtype']): Result {
  if (result instanceof Tensor) return requantized(tape, result, quantized, dtype);
  if (!Array.isArray(result)) return result;
  return result.map((one: unknown) =>
    one instanceof Tensor ? requantized(tape, one, quantized, dtype) : null,
  );
}

function tensorsIn(args: Readonly<Record<string, unknown>>): Tensor[] {
  return Object.values(args)
    .flat()
    .filter((value) => value instanceof Tensor);
}
