import type { Dim, Shape } from '../../core/shape';
import { broadcast, fixedCount } from '../dims';
import { op, type Site } from '../op';

export default op({
  type: 'Einsum',
  since: 12,
  says: 'Products of tensors summed over the axes that an equation of letters leaves out.',
  inputs: [1, Infinity],
  requires: ['equation'],
  infer(site) {
    const { dtype } = site.input(0);
    const sizes = sizesOf(site);
    return [
      { dtype, shape: sizes && Array.from(outputOf(site)).flatMap((axis) => sizes.get(axis) ?? [null]) },
    ];
  },
  macs(site) {
    const sizes = sizesOf(site);
    return sizes && fixedCount([...sizes.values()].flat());
  },
});

/** What an ellipsis stands for is kept under this letter. */
const REST = '.';

function equationOf(site: Site): string[] {
  return site.string('equation', '').replaceAll(' ', '').replaceAll('...', REST).split('->');
}

/** The letters of the result: those behind the arrow, else all that occur once, in order. */
function outputOf(site: Site): string {
  const [inputs = '', output] = equationOf(site);
  if (output !== undefined) return output;
  const letters = Array.from(inputs).filter((letter) => letter !== ',' && letter !== REST);
  const single = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return (inputs.includes(REST) ? REST : '') + single.sort().join('');
}

/** The size of every letter; `null` where an input's rank is unknown or is not what the equation says. */
function sizesOf(site: Site): Map<string, readonly Dim[]> | null {
  const sizes = new Map<string, readonly Dim[]>();
  const [inputs = ''] = equationOf(site);
  for (const [at, term] of inputs.split(',').entries()) {
    const { shape } = site.input(at);
    const rest = (shape?.length ?? 0) - term.replace(REST, '').length;
    if (shape === null || rest < 0 || (rest > 0 && !term.includes(REST))) return null;
    let axis = 0;
    for (const letter of term) {
      const dims = shape.slice(axis, axis + (letter === REST ? rest : 1));
      axis += dims.length;
      sizes.set(letter, joined(sizes.get(letter) ?? null, dims));
    }
  }
  return sizes;
}

function joined(before: Shape, dims: readonly Dim[]): readonly Dim[] {
  return before === null ? dims : (broadcast(before, dims) ?? dims);
}
