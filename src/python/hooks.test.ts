import { describe, expect, it } from 'vitest';
import { call, symbolic, Symbolic, x } from '../../tests/python/symbolic';
import type { Hooks, Loop, Machine, Value } from '.';

describe('A branch that only the model decides', () => {
  /** Takes both sides and shows what they gave. */
  const both: Hooks = {
    branch: ({ condition, then, otherwise }) => {
      const [a, b] = [then(), otherwise()];
      const names = new Set([...a.assigned.keys(), ...b.assigned.keys()]);
      const merge = (left: Value | undefined, right: Value | undefined) =>
        new Symbolic(`if(${condition.repr({} as Machine)}, ${symbolic(left)}, ${symbolic(right)})`);
      return {
        ended: a.ended,
        value: a.ended === 'falls' && a.value === null ? null : merge(a.value, b.value),
        assigned: new Map(
          [...names].map((name) => [name, merge(a.assigned.get(name), b.assigned.get(name))]),
        ),
      };
    },
  };

  it('is run on both sides, each from what was before', () => {
    const text = 'def f(x):\n  y = x\n  if x > 0:\n    y = y + 1\n  else:\n    y = y - 1\n  return y * 2\n';
    expect(symbolic(call(text, 'f', [x()], both))).toBe('(if((x > 0), (x + 1), (x - 1)) * 2)');
  });

  it('takes along what follows when a side returns', () => {
    const text = 'def f(x):\n  if x > 0:\n    return x\n  x = x * 2\n  return -x\n';
    expect(symbolic(call(text, 'f', [x()], both))).toBe('if((x > 0), x, (-(x * 2)))');
    const nested = 'def f(x):\n  if True:\n    if x > 0:\n      return x\n    x = x * 2\n  return -x\n';
    expect(symbolic(call(nested, 'f', [x()], both))).toBe('if((x > 0), x, (-(x * 2)))');
  });

  it('may be an expression', () => {
    expect(symbolic(call('def f(x):\n  return x if x > 0 else -x\n', 'f', [x()], both))).toBe(
      'if((x > 0), x, (-x))',
    );
    expect(symbolic(call('def f(x):\n  return x and 5\n', 'f', [x()], both))).toBe('if(x, 5, x)');
    expect(symbolic(call('def f(x):\n  return not x\n', 'f', [x()], both))).toBe('(not x)');
  });

  it('may raise on a side', () => {
    const seen: string[] = [];
    const hooks: Hooks = {
      branch: ({ then, otherwise }) => {
        seen.push(then().ended);
        return otherwise();
      },
    };
    const text = 'def f(x):\n  if x < 0:\n    raise ValueError("no")\n  return x\n';
    expect(symbolic(call(text, 'f', [x()], hooks))).toBe('x');
    expect(seen).toEqual(['raises']);
  });

  it('may not change what was there before', () => {
    for (const change of [
      'self.a = 1',
      'l.append(1)',
      'd["k"] = 1',
      'g = 1',
      'n = 1',
      'del l[0]',
      's.add(1)',
      'l.extend([1])',
    ]) {
      const text = `
g = 0
class C: pass
def f(x):
  self, l, d, s, n = C(), [0], {}, set(), 0
  def inner():
    global g
    nonlocal n
    ${change}
  if x > 0:
    inner()
`;
      expect(() => call(text, 'f', [x()], both), change).toThrow(
        'in a branch that only running the model decides',
      );
    }
    const inside =
      'def f(x):\n  if x > 0:\n    l = []\n    l.append(x)\n    y = l[0]\n  else:\n    y = x\n  return y\n';
    expect(symbolic(call(inside, 'f', [x()], both))).toBe('if((x > 0), x, x)');
  });
});

describe('A loop of unknown length', () => {
  it('is run once for whoever asks, from any values', () => {
    let asked: Loop | null = null;
    const hooks: Hooks = {
      loop: (loop) => {
        asked = loop;
        const { assigned, again } = loop.round(new Map([['y', new Symbolic('y0')]]), new Symbolic('item'));
        return new Map([['y', new Symbolic(`loop(${symbolic(assigned.get('y'))}, ${symbolic(again)})`)]]);
      },
    };
    const text = 'def f(x):\n  y = x\n  while y > 0:\n    y = y - 1\n  return y\n';
    expect(symbolic(call(text, 'f', [x()], hooks))).toBe('loop((y0 - 1), ((y0 - 1) > 0))');
    expect(asked).toMatchObject({ kind: 'while', file: 'net.py', line: 3 });
    const each = 'def f(x):\n  y = x\n  for i in x:\n    y = y + i\n  return y\n';
    expect(symbolic(call(each, 'f', [new Symbolic('endless')], hooks))).toBe('loop((y0 + item), True)');
  });
});
