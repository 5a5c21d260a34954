import type { OptimizerFacts, Value } from '../../core/checkpoint';
import { asKind, itemsOf } from '../pickle/values';
import { keyText, namedTensors } from './walk';

/** Whether a value is the state dict of a `torch.optim.Optimizer`, or a list of such. */
export function isOptimizer(value: Value): boolean {
  return optimizerDicts(value).length > 0;
}

function optimizerDicts(value: Value) {
  const dicts = (asKind(value, 'list')?.items ?? [value]).map((one) => asKind(one, 'dict'));
  return dicts
    .filter((dict) => dict !== null)
    .filter(({ entries }) => entries.has('param_groups') && entries.has('state'));
}

/** What the optimizers under an entry of a checkpoint keep. */
export function describeOptimizers(entry: string, value: Value): OptimizerFacts[] {
  return optimizerDicts(value).map(({ entries }) => {
    const groups = (itemsOf(entries.get('param_groups')) ?? [])
      .map((group) => asKind(group, 'dict'))
      .filter((group) => group !== null)
      .map((group) => new Map([...group.entries].map(([key, one]) => [keyText(key), one])));
    const state = asKind(entries.get('state'), 'dict');
    const [first] = [...(state?.entries.values() ?? [])].map((one) => asKind(one, 'dict'));
    const kept = new Set([...(first?.entries.keys() ?? []), ...(groups[0]?.keys() ?? [])].map(keyText));
    const step = first?.entries.get('step');
    return {
      entry,
      algorithm: algorithms.find(([, keys]) => keys.some((key) => kept.has(key)))?.[0] ?? null,
      groups,
      step: typeof step === 'number' ? step : null,
      tensors: namedTensors(entries.get('state') ?? null),
    };
  });
}

/** What an optimizer of PyTorch keeps for each parameter, or is set with, that the others do not; in order of asking. */
const algorithms: readonly (readonly [string, readonly string[]])[] = [
  ['Adamax', ['exp_inf']],
  ['NAdam', ['mu_product', 'momentum_decay']],
  ['Adam or AdamW', ['exp_avg_sq', 'amsgrad']],
  ['Adadelta', ['acc_delta', 'rho']],
  ['Rprop', ['prev', 'etas']],
  ['RMSprop', ['square_avg', 'centered']],
  ['Adagrad', ['lr_decay']],
  ['LBFGS', ['old_dirs', 'history_size']],
  ['SGD', ['momentum_buffer', 'nesterov']],
  ['Lion or RAdam', ['exp_avg', 'betas']],
];
