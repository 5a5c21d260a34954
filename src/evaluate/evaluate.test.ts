import { describe, expect, test } from 'vitest';
import type { PortFacts } from '../core/facts';
import type { Shape } from '../core/shape';
import { chooseReader, readDigits } from './choose-reader';
import { evaluateClassification } from './classification';
import { encodeInk, INK_PIXELS, readerCandidates, type DigitReader, type Run } from './digit-reader';
import { label, scalings } from './scaling';
import { decodeScores } from './scores';

const port = (name: string, shape: Shape, dtype = 'float32'): PortFacts => ({ name, dtype, shape });
const scores = port('y', ['batch', 10]);
const reader = readerCandidates([port('x', ['n', 784])], [scores])[0] as DigitReader;

describe('what reads digits', () => {
  test.each<[Shape, DigitReader['dims'], DigitReader['batch']]>([
    [[1, 1, 28, 28], [1, 1, 28, 28], 1],
    [['batch', 1, 28, 28], [null, 1, 28, 28], null],
    [[64, 1, 28, 28], [64, 1, 28, 28], 64],
    [[-1, 28, 28, 1], [null, 28, 28, 1], null],
    [[1, 28, 28, 1], [1, 28, 28, 1], 1],
    [[null, 784], [null, 784], null],
    [[1, 784], [1, 784], 1],
    [[784], [784], 1],
    [[28, 28], [28, 28], 1],
    [['n', 28, 28], [null, 28, 28], null],
    [['n', 'c', 28, 28], [null, 1, 28, 28], null],
  ])('an input of %j', (shape, dims, batch) => {
    const candidates = readerCandidates([port('x', shape)], [port('y', [batch ?? 'n', 10])]);
    expect(candidates[0]).toMatchObject({
      input: 'x',
      output: 'y',
      dims,
      batch,
      classes: 10,
      scaling: 'unit',
    });
  });

  test('bytes are handed over as bytes', () => {
    const candidates = readerCandidates(
      [port('x', [1, 28, 28], 'uint8')],
      [port('y', [1, 10])],
    ) as DigitReader[];
    expect(new Set(candidates.map(({ scaling }) => scaling))).toEqual(new Set(['bytes', 'bytes-inverted']));
  });

  test.each<[PortFacts[], PortFacts[], string]>([
    [
      [port('images', [1, 3, 416, 416])],
      [port('boxes', [1, 3549, 85])],
      'takes an image of 3 × 416 × 416 and gives 3549 × 85 numbers; it is no digit reader',
    ],
    [
      [port('x', ['n', 784])],
      [port('mean', [])],
      'takes 784 numbers and gives one number (mean); it is no digit reader',
    ],
    [[], [scores], 'takes no input and gives 10 numbers; it is no digit reader'],
    [
      [port('x', ['n', 784]), port('y', ['n', 10])],
      [port('accuracy', [])],
      'takes 784 numbers and 10 numbers and gives one number (accuracy); it is no digit reader',
    ],
    [
      [port('text', ['n'], 'string')],
      [port('label', ['n'], 'int64')],
      'takes one string each and gives one int64 each; it is no digit reader',
    ],
    [
      [port('x', [1, 1, 28, 28])],
      [port('a', [1, 10]), port('b', [1, 10])],
      'takes an image of 1 × 28 × 28 and gives 10 numbers and 10 numbers; it is no digit reader',
    ],
  ])('not %#', (inputs, outputs, reason) => {
    expect(readerCandidates(inputs, outputs)).toBe(reason);
  });
});

test('ink is scaled, turned and padded to a fixed batch', () => {
  const ink = new Float32Array(INK_PIXELS);
  ink[1] = 1;
  const given = encodeInk(ink, 1, {
    ...reader,
    dims: [4, 784],
    batch: 4,
    scaling: 'bytes-inverted',
    transposed: true,
  });
  expect(given.dims).toEqual([4, 784]);
  expect([given.data[0], given.data[28], given.data[784]]).toEqual([255, 0, 255]);
  expect(given.data).toHaveLength(4 * 784);
});

test('scalings are named as people write them', () => {
  expect(label('normalised')).toBe('(x − 0.1307) / 0.3081');
  expect(new Set(scalings.map(({ id }) => id)).size).toBe(scalings.length);
});

test.each([
  ['logits', [2, 0, 1]],
  ['log-softmax', [2, 0, 1].map((x) => x - Math.log(Math.exp(2) + 1 + Math.E))],
  ['probabilities', [2, 0, 1].map((x) => Math.exp(x) / (Math.exp(2) + 1 + Math.E))],
])('%s become probabilities', (_, row) => {
  const [given] = decodeScores(Float32Array.from(row), [1, 3], { ...reader, classes: 3 });
  expect(given?.[0]).toBeCloseTo(0.6652, 3);
  expect(given?.[1]).toBeCloseTo(0.09, 3);
});

test('the scaling a model was trained on is found', async () => {
  // Answers the digit whose pixel is brightest, but only in inputs from -1 to 1.
  const run: Run = (feeds) => {
    const { data, dims } = feeds['x'] as { data: Float32Array; dims: number[] };
    const count = dims[0] ?? 0;
    const rows = Array.from({ length: count * 10 }, (_, at) => {
      const row = data.subarray(Math.floor(at / 10) * 784, (Math.floor(at / 10) + 1) * 784);
      return row[783] === -1 ? (row[at % 10] ?? 0) : (row[9 - (at % 10)] ?? 0);
    });
    return Promise.resolve({
      y: { dtype: 'float32' as const, dims: [count, 10], data: Float32Array.from(rows) },
    });
  };
  const labels = [3, 1, 4, 1, 5, 9, 2, 6];
  const ink = new Float32Array(labels.length * INK_PIXELS);
  for (const [at, digit] of labels.entries()) ink[at * INK_PIXELS + digit] = 1;
  const candidates = readerCandidates([port('x', ['n', 784])], [scores]) as DigitReader[];
  const { reader: best, said, tried } = await chooseReader(run, candidates, ink, labels);
  expect(best).toMatchObject({ scaling: 'symmetric', transposed: false, scores: 'logits' });
  expect(said).toMatchObject({ right: 8, of: 8 });
  expect(tried).toHaveLength(candidates.length);
  const read = await readDigits(run, best, ink);
  expect(read.map((row) => row.indexOf(Math.max(...row)))).toEqual(labels);
});

test('neighbours on the first hundred samples are told apart by the rest', async () => {
  // Paper at 0 answers wrong where pixel 20 is inked, paper at -1 where pixel 21 is, all other paper always.
  const run: Run = (feeds) => {
    const { data, dims } = feeds['x'] as { data: Float32Array; dims: number[] };
    const count = dims[0] ?? 0;
    const rows = Array.from({ length: count }, (_, digit) => {
      const row = data.subarray(digit * INK_PIXELS, (digit + 1) * INK_PIXELS);
      const paper = row[INK_PIXELS - 1] ?? 0;
      const trap = paper === 0 ? row[20] : paper === -1 ? row[21] : Infinity;
      const isRight = (trap ?? 0) <= paper;
      return [...row.subarray(0, 10)].map((value) => (isRight ? value : 0));
    });
    return Promise.resolve({
      y: { dtype: 'float32' as const, dims: [count, 10], data: Float32Array.from(rows.flat()) },
    });
  };
  const labels = Array.from({ length: 200 }, (_, at) => at % 10);
  const ink = new Float32Array(labels.length * INK_PIXELS);
  for (const [at, digit] of labels.entries()) ink[at * INK_PIXELS + digit] = 1;
  ink[7 * INK_PIXELS + 21] = 1;
  for (const at of [101, 151, 199]) ink[at * INK_PIXELS + 20] = 1;
  const candidates = readerCandidates([port('x', ['n', 784])], [scores]) as DigitReader[];
  const { reader: best, said, tried } = await chooseReader(run, candidates, ink, labels);
  expect(best.scaling).toBe('symmetric');
  expect(said).toMatchObject({ right: 99, of: 100 });
  expect(tried[0]).toMatchObject({ right: 100, of: 100, reader: { scaling: 'unit' } });
});

test('figures of a classifier, by hand', () => {
  const rows = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.4, 0.6],
    [0.3, 0.7],
  ].map((row) => Float32Array.from(row));
  const figures = evaluateClassification([0, 1, 1, 1], rows);
  expect(figures).toMatchObject({
    count: 4,
    accuracy: 0.75,
    confusion: [
      [1, 0],
      [1, 2],
    ],
  });
  expect(figures.perClass[0]).toMatchObject({ count: 1, precision: 0.5, recall: 1 });
  expect(figures.perClass[1]?.f1).toBeCloseTo(0.8);
  expect(figures.ece).toBeCloseTo((0.1 + 0.8 + 0.4 + 0.3) / 4);
});
