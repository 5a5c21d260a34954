import { expect, test } from 'vitest';
import { parseProfile } from './profile';

const kernel = (name: string, dur: number) =>
  `{"cat" : "Node","dur" :${dur},"ph" : "X","name" :"${name}_kernel_time","args" : {"op_name" : "Conv"}},`;

test('takes the median of each node’s kernel times, in the order they ran', () => {
  const said = [
    '[',
    '{"cat" : "Session","dur" :9,"ph" : "X","name" :"model_run","args" : {}},',
    kernel('first', 8000),
    kernel('second', 100),
    kernel('first', 2000),
    kernel('first', 3000),
    'something else\n]',
  ];
  expect(parseProfile(said)).toEqual([
    { name: 'first', operator: 'Conv', ms: 3 },
    { name: 'second', operator: 'Conv', ms: 0.1 },
  ]);
});
