import { describe, expect, test } from 'vitest';
import { diamond } from '../../tests/graphs';
import { arrange } from './arrange';
import { findPaths } from './paths';
import type { Picture } from './picture';
import { stepFrom } from './walk';

describe('finding one’s way', () => {
  const picture = arrange(diamond, []);
  const idOf = (box: number, from: Picture = picture) => from.boxes[box]?.id;
  const boxOf = (id: string) => picture.boxes.findIndex((box) => box.id === id);

  test('paths lead to the inputs and outputs', () => {
    const { boxes, links } = findPaths(picture, boxOf('n1'));
    expect(picture.boxes.filter((_, i) => boxes[i]).map(({ id }) => id)).toEqual([
      'i/image',
      'n0',
      'n1',
      'n3',
      'o/d',
    ]);
    expect(links.reduce((sum, lit) => sum + lit, 0)).toBe(4);
  });

  test('arrow keys walk along edges and beside', () => {
    expect(idOf(stepFrom(picture, boxOf('i/image'), 'down'))).toBe('n0');
    expect(idOf(stepFrom(picture, boxOf('n3'), 'down'))).toBe('o/d');
    expect(idOf(stepFrom(picture, boxOf('n0'), 'up'))).toBe('i/image');
    const aside = stepFrom(picture, boxOf('n1'), 'right');
    const back = aside < 0 ? stepFrom(picture, boxOf('n1'), 'left') : aside;
    expect(idOf(back)).toBe('n2');
    expect(stepFrom(picture, boxOf('i/image'), 'up')).toBe(-1);
    expect(idOf(stepFrom(picture, -1, 'down'))).toBe('i/image');
  });
});
