import { expect, test } from 'vitest';
import { parseSchema } from './schema';

test('a schema gives names, types and defaults', () => {
  const schema = parseSchema(
    'aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  );
  expect(schema).toMatchObject({ name: 'aten::mean', overload: 'dim', isView: false });
  expect(schema.parameters.map(({ name, otherwise, isKeyword }) => [name, otherwise, isKeyword])).toEqual([
    ['self', null, false],
    ['dim', null, false],
    ['keepdim', 'False', false],
    ['dtype', 'None', true],
  ]);
  expect(schema.parameters[1]?.type).toEqual({
    base: 'int',
    isOptional: true,
    list: { length: 1, ofOptional: false },
  });
});

test('a list may be of optional elements', () => {
  const { parameters } = parseSchema('aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor');
  expect(parameters[1]?.type).toEqual({
    base: 'Tensor',
    isOptional: false,
    list: { length: null, ofOptional: true },
  });
});

test.each([
  ['aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)', true],
  ['aten::chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]', true],
  ['aten::cat(Tensor[] tensors, int dim=0) -> Tensor', false],
])('%s says whether it gives a view', (text, expected) => {
  const schema = parseSchema(text);
  expect(schema.isView).toBe(expected);
  expect(schema.parameters[0]?.type.base).toBe('Tensor');
});

test('a default may be a text or a list', () => {
  const { parameters } = parseSchema(
    "aten::x(Tensor self, str mode='a b', int[2] dims=[0,1], *, MemoryFormat? memory_format=None) -> Tensor",
  );
  expect(parameters.map(({ otherwise }) => otherwise)).toEqual([null, "'a b'", '[0,1]', 'None']);
});
