import type { Known, Site } from './op';

/** The class of each row and the score of every class, as the classifiers of ai.onnx.ml give them. */
export function classified(site: Site): Known[] {
  const { attributes } = site.node;
  const words = attributes.get('classlabels_strings');
  const numbers = attributes.get('classlabels_ints') ?? attributes.get('classlabels_int64s');
  const labels = words?.kind === 'strings' || numbers?.kind !== 'ints' ? words : numbers;
  const count = labels?.kind === 'strings' || labels?.kind === 'ints' ? labels.value.length : null;
  const { shape } = site.input(0);
  const rows = shape?.length === 1 ? 1 : (shape?.[0] ?? null);
  return [
    { dtype: words?.kind === 'strings' && words.value.length > 0 ? 'string' : 'int64', shape: [rows] },
    { dtype: 'float32', shape: [rows, count] },
  ];
}
