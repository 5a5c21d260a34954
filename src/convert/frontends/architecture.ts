import type { NamedTensor, SourceText } from '../../core/checkpoint';
import type { Frontend } from './frontend';
import { translate } from './source/translate';

/** Architectures that people keep weights of, written as they write them: `models/architectures/<family>.py`. */
const architectures = Object.entries(
  import.meta.glob<string>('../../../models/architectures/*.py', {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
).map(([path, text]) => ({ name: path.replace(/^.*\//, ''), text, keys: keysIn(text) }));

/** Weights alone, of an architecture whose tensors have names of their own: its source is ours. */
export const architecture: Frontend = {
  id: 'architecture',
  label: 'Known architecture',
  declines: ({ checkpoint }) => {
    if (checkpoint.module !== null || checkpoint.format === 'lean') return 'it is no state dict';
    return sourcesFor(checkpoint.tensors).length > 0
      ? null
      : 'no known architecture has tensors of these names';
  },
  translate: (request, freedom) => translate(request, freedom, sourcesFor(request.checkpoint.tensors)),
};

/** The architectures whose telling names are all there, behind whatever prefix. */
function sourcesFor(tensors: readonly NamedTensor[]): SourceText[] {
  const names = tensors.map(({ name }) => name);
  return architectures.filter(({ keys }) => {
    const [first = ''] = keys;
    const prefixes = names.flatMap((name) => (name.endsWith(first) ? [name.slice(0, -first.length)] : []));
    return prefixes.some((prefix) => keys.every((key) => names.includes(prefix + key)));
  });
}

/** The names that tell an architecture, as its source lists them: `KEYS = ["lstm.weight_ih_l0"]`. */
function keysIn(text: string): string[] {
  const [, list = ''] = /^KEYS = \[([^\]]*)\]/m.exec(text) ?? [];
  return Array.from(list.matchAll(/"([^"]+)"/g), ([, key = '']) => key);
}
