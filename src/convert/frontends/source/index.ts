import type { SourceText } from '../../../core/checkpoint';
import type { Request } from '../../request';
import type { Frontend } from '../frontend';
import { withoutSource } from './network';
import { translate } from './translate';

/**
 * Weights with the Python that computes with them: its class is made and its `forward` evaluated on tensors without
 * elements.
 */
export const source: Frontend = {
  id: 'source',
  label: 'PyTorch source',
  declines: (request) => {
    const { format, module } = request.checkpoint;
    if (format === 'torchscript' || format === 'torch-export') return 'it is a program already';
    if (format === 'lean') return 'it is no checkpoint of PyTorch';
    const sources = sourcesOf(request);
    if (!module) return sources.length > 0 ? null : 'no Python came with it';
    const missing = withoutSource(module, sources);
    return missing.length === 0 ? null : `no Python came with it that defines ${missing.join(', ')}`;
  },
  translate: (request, freedom) => translate(request, freedom, sourcesOf(request)),
};

/** Python that came with the checkpoint, and what lies in it. */
function sourcesOf({ checkpoint, files }: Request): SourceText[] {
  const python = files.filter(({ name }) => name.endsWith('.py'));
  const code = checkpoint.entries.get('model_code');
  return [
    ...python,
    ...checkpoint.sources,
    ...(typeof code === 'string' ? [{ name: 'model_code.py', text: code }] : []),
  ];
}
