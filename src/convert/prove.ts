import { compareOutputs, feedsFrom } from '../evaluate/proof';
import { knownOf } from '../ir/known';
import type { Model } from '../ir/model';
import type { Proof } from './request';

/**
 * The largest difference between what a model gives and what was recorded; infinite where dtypes or sizes differ.
 * Throws what running it throws, and `run_input_missing`.
 */
export async function prove(model: Model, proof: Proof): Promise<{ maxAbsError: number; notes: string[] }> {
  const { graph } = model;
  const constants = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs
    .filter(({ name }) => !constants.has(name))
    .map(({ name, type }) => ({ name, dtype: knownOf(type).dtype }));
  const found = await proof.run(model, feedsFrom(inputs, proof.inputs));
  const names = graph.outputs.map(({ name }) => name);
  const compared = compareOutputs(names, found, proof.outputs);
  if (compared.length === 0)
    return { maxAbsError: Infinity, notes: ['No recorded output belongs to one of the model.'] };
  const maxAbsError = Math.max(...compared.map(({ difference }) => difference));
  const notes = compared.flatMap(({ name, reason }) =>
    reason === null ? [] : [`The output ${name} ${reason}.`],
  );
  if (maxAbsError > proof.tolerance && notes.length === 0) {
    const apart = maxAbsError.toExponential(1);
    notes.push(`It differs from the recorded outputs by up to ${apart}; ${proof.tolerance} is accepted.`);
  }
  return { maxAbsError, notes };
}
