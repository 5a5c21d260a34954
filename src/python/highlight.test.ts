import { expect, test } from 'vitest';
import { highlight } from './highlight';

test('keywords, definitions, texts, numbers and comments are told apart', () => {
  const text =
    "class Net(Module):\n  # size\n  def forward(self, x):\n    return x + 1.5 if x is not None else 'no'\n";
  expect(highlight(text).map(({ from, to, ink }) => `${ink} ${text.slice(from, to)}`)).toEqual([
    'keyword class',
    'name Net',
    'comment # size',
    'keyword def',
    'name forward',
    'keyword return',
    'number 1.5',
    'keyword if',
    'keyword is',
    'keyword not',
    'keyword None',
    'keyword else',
    "text 'no'",
  ]);
});

test('what is no Python, and what is very long, is shown plain or in part', () => {
  expect(highlight('}{ def (')).toEqual(expect.arrayContaining([{ from: 3, to: 6, ink: 'keyword' }]));
  expect(highlight('x = 1\n'.repeat(50_000))).toEqual([]);
});
