import type { SourceText } from '../../../core/checkpoint';
import { createPython, type Value } from '../../../python';
import { examplesOf, freed } from '../../examples';
import type { Request } from '../../request';
import { Tape } from '../../tape';
import { torchModules } from '../../torch/modules';
import type { Frontend } from '../frontend';
import { foundGap, outputsIn } from '../programs';
import { argumentsOf, assigned, forwardOf, missingInputs } from './inputs';
import { constructed } from './constructed';
import { openPickled } from './network';

/**
 * Weights with the Python that computes with them: its class is made and its `forward` evaluated on tensors without
 * elements.
 */
export const source: Frontend = {
  id: 'source',
  label: 'PyTorch source',
  declines: (request) => {
    const { format } = request.checkpoint;
    if (format === 'torchscript' || format === 'torch-export') return 'it is a program already';
    if (format === 'lean') return 'it is no checkpoint of PyTorch';
    return sourcesOf(request).length > 0 || request.checkpoint.module ? null : 'no Python came with it';
  },
  async translate(request, freedom) {
    const { checkpoint, opset, read } = request;
    const tape = new Tape({ opset });
    const sources = sourcesOf(request).map(({ name, text }) => ({ file: name, text }));
    const python = createPython({ sources, modules: torchModules(tape) });
    try {
      const network = checkpoint.module
        ? await openPickled(python, tape, checkpoint.module, read)
        : await constructed(
            python,
            tape,
            request,
            sources.map(({ file }) => file),
          );
      const parameters = python.run((machine) => forwardOf(machine, network));
      const settings = new Map<string, Value>();
      const given = assigned(parameters, freed(examplesOf(request), freedom));
      const questions = missingInputs(parameters, given, settings);
      if (questions.length > 0) return { kind: 'questions', questions };
      const result = python.run((machine) => {
        machine.callMethod(network, '_name', []);
        const args = argumentsOf(tape, parameters, given, settings);
        return machine.call(network, [], args);
      });
      return { kind: 'recorded', tape, outputs: outputsIn(result) };
    } catch (thrown) {
      return { kind: 'gaps', gaps: [foundGap(thrown, checkpoint.file)] };
    }
  },
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
