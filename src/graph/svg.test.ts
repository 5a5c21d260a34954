import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeChain, makeGraph } from '../../tests/bench/made-graphs';
import { arrange } from './arrange';
import { drawSvg, escapeXml } from './svg';

describe('svg', () => {
  const palette = {
    ...{ paper: '#fff', sheet: '#fff', ink: '#000', faint: '#555', line: '#ccc', edge: '#aaa', wash: '#eee' },
    ...{ focus: '#00f', cost: '#fa0' },
    kinds: Object.fromEntries(
      ['product', 'activation', 'norm', 'pool', 'maths', 'shape', 'convert', 'control', 'other'].map(
        (kind) => [kind, '#123'],
      ),
    ) as never,
  };
  const style = { title: 'a', palette, measure: 'kind', font: 'serif' } as const;

  test('strangers’ text stays text', () => {
    expect(escapeXml(`<a href="x">&'\u0000\ud800</a>`)).toBe(
      '&#60;a href=&#34;x&#34;&#62;&#38;&#39;\ufffd\ufffd&#60;/a&#62;',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']|&(?!#\d+;)/.test(escapeXml(text))),
    );
  });

  test('a picture is one file that asks for nothing, whatever its names', () => {
    const evil = makeGraph([
      { name: '</text><script>x</script>', operator: '"><image href="http://x"/>', inputs: ['image'] },
    ]);
    const svg = drawSvg(arrange(evil, []), { ...style, title: ']]>' });
    expect(svg).not.toMatch(/<script|<image|href="/);
    expect(svg.match(/<text /g)?.length).toBeGreaterThan(4);
  });

  test('costs are shades of one pigment', () => {
    const chain = arrange(makeChain(12), []);
    expect(drawSvg(chain, { ...style, measure: 'macs' }).match(/fill-opacity/g)).toHaveLength(3);
    expect(drawSvg(chain, style)).not.toContain('fill-opacity');
  });
});
