import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { damage, denseModel, dice, readDamaged } from '../../../tests/fuzz/reader';
import { createJob } from '../../core/job';
import { describe as words } from '../../core/describe';
import { AppError, toProblem } from '../../core/problem';
import { encodeExternal, encodeOnnx, readOnnx } from '.';

const job = createJob();
let bytes = new Uint8Array();

beforeAll(async () => {
  bytes = new Uint8Array(await (await encodeOnnx(denseModel())).arrayBuffer());
});

test('any beginning of a file is read or ends in a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
      const { outcome } = await readDamaged(bytes.slice(0, length));
      expect(['read', 'file_truncated', 'file_damaged', 'file_empty']).toContain(outcome);
    }),
    { numRuns: 300 },
  );
});

test('any damage ends in facts or a problem, soon', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { ms } = await readDamaged(damage(bytes, dice(seed)));
      expect(ms).toBeLessThan(1000);
    }),
    { numRuns: 300 },
  );
});

describe('what is wrong is said with its place and numbers', () => {
  const failure = async (file: Blob): Promise<AppError> => {
    try {
      await readOnnx(file, { name: 'm.onnx' }, job);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
    throw new Error('It was read.');
  };

  test('a file that ends inside a weight', async () => {
    const error = await failure(new Blob([bytes.slice(0, bytes.indexOf(0x77) + 2000)]));
    expect(error.code).toBe('file_truncated');
    expect(words(toProblem(error)).text).toMatch(
      /In m\.onnx, the graph, tensor w needs 2\D400 bytes; [\d\D]+ are left\./,
    );
  });

  test('an empty file', async () => {
    expect((await failure(new Blob([]))).code).toBe('file_empty');
  });

  test('a file beyond the limit of protobuf is refused before it is read', async () => {
    const huge = { size: 2 ** 31, slice: () => expect.fail('it was read') } as unknown as Blob;
    expect((await failure(huge)).code).toBe('file_too_large');
  });

  test('subgraphs without end', async () => {
    let nested = new Uint8Array(0);
    for (let level = 0; level < 400; level++) {
      for (const field of [6, 5, 1]) nested = message(field, nested);
    }
    const error = await failure(new Blob([message(7, nested)]));
    expect(error.message).toMatch(/nests more than 80 levels deep/);
  });

  test('groups, which no exporter writes', async () => {
    expect((await failure(new Blob([Uint8Array.of(8, 8, 0x3b, 0x3c)]))).message).toMatch(/wire type 3/);
  });

  test('numbers that no size is and JavaScript cannot hold', async () => {
    // A weight whose only dimension is 2⁵³, in the graph.
    const dims = (size: bigint) => message(7, message(5, Uint8Array.of(0x08, ...varint(size), 0x10, 1)));
    const error = await failure(new Blob([dims(2n ** 53n)]));
    expect(error).toMatchObject({
      code: 'file_damaged',
      detail: { reason: 'has the number 9007199254740992' },
    });
    const { graph } = await readOnnx(new Blob([dims(2n ** 53n - 1n)]), { name: 'm.onnx' }, job);
    expect(graph.initializers[0]?.dims).toEqual([2 ** 53 - 1]);
  });

  test.each([
    ['offset', '9007199254740992'],
    ['offset', '-1'],
    ['length', 'many'],
  ])('elements elsewhere at the %s %s', async (key, value) => {
    const text = (field: number, words: string) => message(field, new TextEncoder().encode(words));
    const entry = message(13, Uint8Array.of(...text(1, key), ...text(2, value)));
    const weight = Uint8Array.of(0x08, 4, 0x10, 1, 0x70, 1, ...entry);
    const error = await failure(new Blob([message(7, message(5, weight))]));
    expect(error).toMatchObject({
      code: 'file_damaged',
      detail: { reason: expect.stringContaining('impossible place of another file') as string },
    });
  });

  test('no graph', async () => {
    const error = await failure(new Blob([Uint8Array.of(8, 8)]));
    expect(words(toProblem(error)).text).toMatch(/the model: has no graph/);
  });
});

test('external weights are found by base name, and missed only when they are needed', async () => {
  const { graph, data } = await encodeExternal(denseModel(), 'folder/weights.bin');
  const alone = await readOnnx(graph, { name: 'm.onnx' }, job);
  await expect(async () => encodeOnnx(alone)).rejects.toMatchObject({
    code: 'file_external_missing',
    detail: { file: 'm.onnx', locations: ['folder/weights.bin'] },
  });
  const external = new Map([['elsewhere/weights.bin', data]]);
  const together = await readOnnx(graph, { name: 'm.onnx', external }, job);
  const whole = await encodeOnnx(together);
  expect(whole.size).toBe((await encodeOnnx(await readOnnx(whole, { name: 'm.onnx' }, job))).size);
});

test('external weights that are too short say which tensor needs more', async () => {
  const { graph, data } = await encodeExternal(denseModel(), 'w.bin');
  const external = new Map([['w.bin', data.slice(0, 100)]]);
  const model = await readOnnx(graph, { name: 'm.onnx', external }, job);
  await expect(async () => encodeOnnx(model)).rejects.toMatchObject({ code: 'file_external_short' });
});

test('the same model gives the same bytes', async () => {
  const again = new Uint8Array(await (await encodeOnnx(denseModel())).arrayBuffer());
  expect(again).toEqual(bytes);
});

/** A field of bytes. */
function message(field: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([field * 8 + 2, ...varint(BigInt(content.length)), ...content]);
}

function varint(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)];
}
